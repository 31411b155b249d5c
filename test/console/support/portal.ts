import path from 'node:path'
import { generateSync } from 'otplib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { z } from 'zod'
import { createSigningFetch } from '../../../src/client/index.ts'
import { readConsole } from '../../../src/http/console.ts'
import { PACKAGE_ROOT } from '../../../src/store/migrations-folder.ts'
import { ACCOUNT_ID, ROOT_PASSWORD, startApplication } from '../../http/serve-application.ts'
import type { TestDatabase } from '../../support/database.ts'
import { type TestClock, testClock } from '../../support/services.ts'
import { launchChromium } from './chromium.ts'
import { createWindows, type WindowOptions } from './windows.ts'

type Served = Awaited<ReturnType<typeof startApplication>>

export const PASSWORD = 'A-password-of-the-tests-1'
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { accessToken expiresAt } }`
/** Cookies end by the clock of the browser itself, which no test can set: ours stands later. */
const START = '2031-01-15T12:00:00Z'

export interface TestPerson {
  readonly name: string
  readonly path?: string
  /** Inline policies: name to document. */
  readonly policies?: Readonly<Record<string, object>>
  readonly passwordResetRequired?: boolean
}

/** The pages of a test that failed, for who has nothing but the report. */
async function whatIsShown(pages: readonly Page[]): Promise<string[]> {
  return await Promise.all(
    pages.map(async (page) => {
      const text = await page.evaluate(() => document.body.innerText).catch(String)
      return `${page.url()} shows: ${text.replaceAll(/\s+/g, ' ').slice(0, 800)}`
    }),
  )
}

interface PortalOptions {
  readonly clock?: TestClock
  /** Windows stay as they are from test to test, and time stands: for many looks at pages. */
  readonly keepOpen?: boolean
  /** Another database than that of the worker. */
  readonly database?: () => Promise<TestDatabase>
}

/** One server and one browser for the tests of a file; each test has windows that know nothing of others, unless they are kept open. */
export function usePortal({ clock = testClock(START), keepOpen = false, database }: PortalOptions = {}) {
  let browser: Browser
  let served: Served
  let faults: string[] = []
  let rootToken: string | undefined
  const windows = createWindows({ browser: () => browser, origin: () => served.url, prepare: watchFaults })

  beforeAll(async () => {
    const files = readConsole(path.join(PACKAGE_ROOT, 'dist/console'))
    if (files === null) throw new Error('The console is not built: node scripts/build.mjs')
    const own = await database?.()
    const started = await Promise.all([
      launchChromium(),
      startApplication({ clock, console: files, ...(own !== undefined && { database: own }) }),
    ])
    browser = started[0]
    served = started[1]
  })

  afterEach(async ({ task }) => {
    const shown = task.result?.state === 'fail' ? await whatIsShown(windows.pages()) : []
    const found = faults
    faults = []
    rootToken = undefined
    if (!keepOpen) {
      await windows.putAllBack()
      served.clock.advance(3600_000)
    }
    // As a message, which reports keep; they leave out what was compared.
    if (shown.length > 0) throw new Error([...shown, ...found].join('\n'))
    expect(found, 'what the browser complained about').toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  /** Anything odd in a window fails the test. */
  function watchFaults(context: BrowserContext): void {
    context.on('weberror', (error) => void faults.push(`error in the page: ${error.error().message}`))
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      if (protocol.startsWith('http') && origin !== served.url) faults.push(`asked another host: ${request.url()}`)
    })
    context.on('console', (message) => {
      if (/content security policy|refused to/i.test(message.text())) faults.push(message.text())
    })
  }

  /** A browser window without cookies, whose clock stands at the server's time. */
  async function openWindow(options: WindowOptions) {
    const window = await windows.open({
      baseURL: served.url,
      locale: 'en-US',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      viewport: { width: 1440, height: 900 },
      ...options,
    })
    await window.context.clock.setFixedTime(served.clock())
    return window
  }

  async function open(address: string, options: WindowOptions = {}): Promise<Page> {
    const { page } = await openWindow(options)
    await page.goto(address)
    return page
  }

  async function ask(query: string, variables: object = {}, token?: string): Promise<Record<string, unknown>> {
    const response = await fetch(`${served.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    })
    const { data, errors } = await response.json()
    if (errors) throw new Error(JSON.stringify(errors))
    return data
  }

  async function tokenFor(input: object): Promise<string> {
    const { signIn } = await ask(SIGN_IN, { input })
    return z.object({ accessToken: z.string() }).parse(signIn).accessToken
  }

  /** What the browser of somebody who signs in keeps. */
  async function cookieFor(input: object): Promise<string> {
    const response = await fetch(`${served.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ query: SIGN_IN, variables: { input } }),
    })
    const [value] = response.headers
      .getSetCookie()
      .flatMap((cookie) => /^latchkey-session-4000=([^;]+)/.exec(cookie)?.[1] ?? [])
    if (value === undefined) throw new Error(`no cookie: ${await response.text()}`)
    return value
  }

  /** An operation as the root user, past the console. One session for a test, as long as it holds: passwords are slow on purpose. */
  async function asRoot(query: string, variables: object = {}): Promise<Record<string, unknown>> {
    const signedIn = rootToken !== undefined
    rootToken ??= await tokenFor({ rootEmail: 'root@example.com', password: ROOT_PASSWORD })
    try {
      return await ask(query, variables, rootToken)
    } catch (error) {
      if (!signedIn || !/"(ExpiredToken|InvalidClientTokenId)"/.test(String(error))) throw error
      rootToken = undefined
      return await asRoot(query, variables)
    }
  }

  /** A user with the password of the tests. */
  async function createPerson({ name, path = '/', policies = {}, passwordResetRequired = false }: TestPerson) {
    const puts = Object.entries(policies).map(([policyName, document]) => ({
      userName: name,
      policyName,
      policyDocument: JSON.stringify(document),
    }))
    const parameters = puts.map((_put, n) => `$p${n}: PutUserPolicyInput!`)
    await asRoot(
      `mutation ($user: CreateUserInput!, $profile: CreateLoginProfileInput!${parameters.map((text) => `, ${text}`).join('')}) {
        createUser(input: $user) { __typename }
        createLoginProfile(input: $profile) { __typename }
        ${puts.map((_put, n) => `p${n}: putUserPolicy(input: $p${n}) { __typename }`).join('\n')}
      }`,
      {
        user: { userName: name, path },
        profile: { userName: name, password: PASSWORD, passwordResetRequired },
        ...Object.fromEntries(puts.map((put, n) => [`p${n}`, put])),
      },
    )
  }

  /** A user who cannot sign in. */
  async function createUser(userName: string, path = '/'): Promise<void> {
    await asRoot('mutation ($input: CreateUserInput!) { createUser(input: $input) { __typename } }', {
      input: { userName, path },
    })
  }

  /** A key of a user, made past the console. */
  async function createKey(userName: string, description?: string) {
    const { createAccessKey } = await asRoot(
      'mutation ($input: CreateAccessKeyInput!) { createAccessKey(input: $input) { accessKey { accessKeyId } secretAccessKey } }',
      { input: { userName, ...(description !== undefined && { description }) } },
    )
    const made = z.object({ accessKey: z.object({ accessKeyId: z.string() }), secretAccessKey: z.string() })
    const { accessKey, secretAccessKey } = made.parse(createAccessKey)
    return { accessKeyId: accessKey.accessKeyId, secretAccessKey }
  }

  async function deactivateKey(userName: string, accessKeyId: string): Promise<void> {
    await asRoot('mutation ($input: UpdateAccessKeyInput!) { updateAccessKey(input: $input) { __typename } }', {
      input: { userName, accessKeyId, status: 'INACTIVE' },
    })
  }

  /** What the API answers somebody who signs with the key: the caller's ARN, or the code of the error. */
  async function callerOf(accessKeyId: string, secretAccessKey: string): Promise<unknown> {
    const send = createSigningFetch({ accessKeyId, secretAccessKey, now: served.clock })
    const response = await send(`${served.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ viewer { arn } }' }),
    })
    const { data, errors } = await response.json()
    return errors?.[0]?.extensions.code ?? data.viewer.arn
  }

  /** Gives a person an MFA device; `code` is the one that the device shows now, each good for once. */
  async function enableMfa(name: string): Promise<{ readonly code: () => string }> {
    const { createVirtualMfaDevice } = await asRoot(
      `mutation ($name: String!) {
        createVirtualMfaDevice(input: { virtualMfaDeviceName: $name }) { mfaDevice { serialNumber } base32StringSeed }
      }`,
      { name },
    )
    const made = z
      .object({ mfaDevice: z.object({ serialNumber: z.string() }), base32StringSeed: z.string() })
      .parse(createVirtualMfaDevice)
    const codeAt = (time: Date) => generateSync({ secret: made.base32StringSeed, epoch: time.getTime() / 1000 })
    const now = served.clock()
    await asRoot('mutation ($input: EnableMfaDeviceInput!) { enableMfaDevice(input: $input) { __typename } }', {
      input: {
        userName: name,
        serialNumber: made.mfaDevice.serialNumber,
        authenticationCode1: codeAt(new Date(now.getTime() - 30_000)),
        authenticationCode2: codeAt(now),
      },
    })
    served.clock.advance(60_000)
    return { code: () => codeAt(served.clock()) }
  }

  /** A page of a person who signed in before, as the cookie says; the root user is `root`. */
  async function openAs(name: string, address: string, options: WindowOptions = {}): Promise<Page> {
    const { context, page } = await openWindow(options)
    const value = await cookieFor(
      name === 'root'
        ? { rootEmail: 'root@example.com', password: ROOT_PASSWORD }
        : { account: ACCOUNT_ID, userName: name, password: PASSWORD },
    )
    await context.addCookies([
      { name: 'latchkey-session-4000', value, url: served.url, httpOnly: true, sameSite: 'Strict' },
    ])
    await page.goto(address)
    return page
  }

  return {
    open,
    openAs,
    asRoot,
    createPerson,
    createUser,
    createKey,
    deactivateKey,
    callerOf,
    enableMfa,
    get url() {
      return served.url
    },
    get served() {
      return served
    },
  }
}
