import { createServer } from 'node:http'
import path from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConsole } from '../../src/http/console.ts'
import { PACKAGE_ROOT } from '../../src/store/migrations-folder.ts'
import { ROOT_PASSWORD, startApplication } from '../http/serve-application.ts'
import { testClock } from '../support/services.ts'
import { tlsProxy } from '../support/tls-proxy.ts'
import { shell } from './pages/shell.ts'
import { signInPage } from './pages/sign-in.ts'
import { launchChromium } from './support/chromium.ts'

/** Cookies end by the clock of the browser itself, which no test can set: ours stands later. */
const clock = testClock('2031-01-15T12:00:00Z')
const OURS = 'iam.example.test'
const SIBLING = 'blog.example.test'
const GOOD = 'planted'
/** Several loads of the console and as many sign-ins, perhaps on a busy machine. */
const PATIENCE_MS = 180_000

let browser: Browser
let closers: (() => unknown)[] = []
beforeAll(async () => {
  browser = await launchChromium(['--host-resolver-rules=MAP *.example.test 127.0.0.1'])
})
afterAll(async () => {
  await browser?.close()
  for (const close of closers) await close()
  closers = []
})

/** Our server under a name, over TLS when asked, and a page of a sibling subdomain that a hostile person runs. */
async function world(scheme: 'http' | 'https') {
  const files = readConsole(path.join(PACKAGE_ROOT, 'dist/console'))
  let handler: Parameters<typeof createServer>[1]
  const inner = createServer((...exchange) => handler?.(...exchange))
  await new Promise<void>((resolve) => inner.listen(0, '127.0.0.1', resolve))
  const bound = inner.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  const proxy = scheme === 'https' ? await tlsProxy(port) : null
  const url = `${scheme}://${OURS}:${proxy?.port ?? port}`
  const served = await startApplication({ clock, console: files, publicUrl: url })
  handler = served.application.handler
  const hostile = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<p>blog'))
  await new Promise<void>((resolve) => hostile.listen(0, '127.0.0.1', resolve))
  const hostileAddress = hostile.address()
  const hostilePort = typeof hostileAddress === 'object' && hostileAddress !== null ? hostileAddress.port : 0
  const hostileProxy = scheme === 'https' ? await tlsProxy(hostilePort) : null
  closers.push(
    served.close,
    () => inner.close(),
    () => hostile.close(),
    () => proxy?.close(),
    () => hostileProxy?.close(),
  )
  closers.push(
    () => inner.closeAllConnections(),
    () => hostile.closeAllConnections(),
  )
  const sibling = `${scheme}://${SIBLING}:${hostileProxy?.port ?? hostilePort}`
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-US', reducedMotion: 'reduce' })
  context.setDefaultTimeout(60_000)
  await context.clock.setFixedTime(clock())
  closers.unshift(() => context.close())
  return { served, url, sibling, context }
}

/** What the script of the sibling's page writes into the jar of the browser. */
async function plant(context: BrowserContext, sibling: string, cookies: readonly string[]): Promise<void> {
  const page = await context.newPage()
  await page.goto(sibling)
  await page.evaluate((written) => written.forEach((cookie) => void (document.cookie = cookie)), cookies)
  await page.close()
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await signInPage(page).chooseRoot('root@example.com', ROOT_PASSWORD)
  await shell(page).isAt('Dashboard')
}

const jar = async (context: BrowserContext, url: string) =>
  (await context.cookies(`${url}/graphql`)).map(({ name, value, domain, path: at }) => ({
    name,
    domain,
    path: at,
    planted: value.includes(GOOD),
  }))

test('over https the session is bound to the host: a sibling subdomain can plant nothing that counts', {
  timeout: PATIENCE_MS,
}, async () => {
  const { url, sibling, context } = await world('https')
  const name = '__Host-latchkey-session'
  const places = ['Path=/; Domain=example.test', 'Path=/graphql; Domain=example.test']
  await plant(context, sibling, [
    ...places.map((place) => `${name}=${GOOD}; Secure; ${place}`),
    `theme=a,${name}=${GOOD}; Secure; ${places[0]}`,
  ])
  const page = await context.newPage()
  await signIn(page, url)
  expect((await jar(context, url)).filter(({ name: of }) => of === name)).toEqual([
    { name, domain: OURS, path: '/', planted: false },
  ])
  await plant(
    context,
    sibling,
    places.map((place) => `${name}=${GOOD}; Secure; ${place}`),
  )
  await page.goto(url)
  await shell(page).isAt('Dashboard')
})

test('over http what a sibling subdomain plants ends a session at worst, and signing in works beside it', {
  timeout: PATIENCE_MS,
}, async () => {
  const { url, sibling, context } = await world('http')
  const name = `latchkey-session-${new URL(url).port}`
  const cookies = ['Path=/; Domain=example.test', 'Path=/graphql; Domain=example.test'].map(
    (place) => `${name}=${GOOD}; ${place}`,
  )
  const page = await context.newPage()
  for (const before of [[], cookies]) {
    await plant(context, sibling, before)
    await signIn(page, url)
    expect(await jar(context, url)).toEqual([{ name, domain: OURS, path: '/', planted: false }])
    await plant(context, sibling, cookies)
    expect(await jar(context, url)).toHaveLength(3)
    await page.goto(url)
    await page.getByRole('radio', { name: 'Root user' }).waitFor()
    expect(await jar(context, url)).toEqual([])
  }
})
