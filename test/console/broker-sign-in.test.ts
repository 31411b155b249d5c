import { createServer as createHttpServer } from 'node:http'
import { connect, createServer, type Server } from 'node:net'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createBearerFetch, createSigningFetch } from '../../src/client/index.ts'
import { readConsole } from '../../src/http/console.ts'
import { PACKAGE_ROOT } from '../../src/store/migrations-folder.ts'
import { trustOf } from '../access/roles/role-setup.ts'
import { ACCOUNT_ID, ROOT_PASSWORD, startApplication } from '../http/serve-application.ts'
import { policyOf } from '../support/installation.ts'
import { testClock } from '../support/services.ts'
import { shell } from './pages/shell.ts'
import { launchChromium } from './support/chromium.ts'

/** Cookies end by the clock of the browser itself, which no test can set: ours stands later. */
const clock = testClock('2031-01-15T12:00:00Z')

test('a person comes from the page of a broker into the console, works there as the role, and signs out', async () => {
  const url = await startServer()
  const address = await signInAddress(url)
  const browser = await launchChromium()
  onTestFinished(() => browser.close())
  const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1440, height: 900 } })
  page.setDefaultTimeout(20_000)
  await page.clock.setFixedTime(clock())
  await page.goto(await brokersPage(address))
  await page.getByRole('link', { name: 'The console' }).click()
  await page.getByRole('link', { name: 'broker', exact: true }).waitFor()
  expect(page.url()).toBe(`${url}/users`)
  await shell(page).openMenu('Guest/jane')
  expect(await shell(page).item('My security credentials').count()).toBe(0)
  await shell(page).item('Sign out').click()
  await page.getByText('A person with a user name in an account.').waitFor()
  expect((await page.goto(address))?.status()).toBe(403)
})

/** The server at the address that it takes for its public one, which has to be known before it listens. */
async function startServer(): Promise<string> {
  let target = 0
  const gate = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    const end = () => {
      near.destroy()
      far.destroy()
    }
    near.on('error', end).pipe(far).on('error', end).pipe(near)
  })
  const publicUrl = `http://127.0.0.1:${await portOf(gate)}`
  const files = readConsole(path.join(PACKAGE_ROOT, 'dist/console'))
  if (files === null) throw new Error('The console is not built: node scripts/build.mjs')
  const served = await startApplication({ clock, console: files, publicUrl })
  onTestFinished(served.close)
  target = Number(new URL(served.url).port)
  return publicUrl
}

/** The page of a broker, on a site of its own, where a person clicks. */
async function brokersPage(address: string): Promise<string> {
  const link = `<!doctype html><a href="${address.replaceAll('&', '&amp;')}">The console</a>`
  const server = createHttpServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(link),
  )
  return `http://localhost:${await portOf(server)}/`
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, resolve))
  onTestFinished(() => void server.close())
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('no port was bound')
  return bound.port
}

/** What a broker makes for a person: a session of a role, a token for it, and the address that brings the person in. */
async function signInAddress(url: string): Promise<string> {
  const { signIn } = await post(
    url,
    `mutation { signIn(input: { rootEmail: "root@example.com", password: "${ROOT_PASSWORD}" }) { accessToken } }`,
  )
  const { createAccessKey } = await post(
    url,
    `mutation ($assume: PolicyDocument!, $read: PolicyDocument!, $trust: PolicyDocument!) {
      createUser(input: { userName: "broker" }) { __typename }
      putUserPolicy(input: { userName: "broker", policyName: "p", policyDocument: $assume }) { __typename }
      createRole(input: { roleName: "Guest", assumeRolePolicyDocument: $trust }) { __typename }
      putRolePolicy(input: { roleName: "Guest", policyName: "p", policyDocument: $read }) { __typename }
      createAccessKey(input: { userName: "broker" }) { accessKey { accessKeyId } secretAccessKey }
    }`,
    {
      assume: policyOf([{ action: 'sts:AssumeRole' }]),
      read: policyOf([{ action: 'iam:*' }]),
      trust: trustOf({ who: ACCOUNT_ID }),
    },
    createBearerFetch({ accessToken: signIn.accessToken }),
  )
  const { accessKey, secretAccessKey } = createAccessKey
  const { assumeRole } = await post(
    url,
    `mutation {
      assumeRole(input: { roleArn: "arn:aws:iam::${ACCOUNT_ID}:role/Guest", roleSessionName: "jane" }) {
        accessKeyId secretAccessKey sessionToken
      }
    }`,
    {},
    createSigningFetch({ accessKeyId: accessKey.accessKeyId, secretAccessKey, now: clock }),
  )
  const { accessKeyId: sessionId, secretAccessKey: sessionKey, sessionToken } = assumeRole
  const body = new URLSearchParams({
    Action: 'getSigninToken',
    Session: JSON.stringify({ sessionId, sessionKey, sessionToken }),
  })
  const { SigninToken } = await (await fetch(`${url}/federation`, { method: 'POST', body })).json()
  const login = { Action: 'login', Issuer: 'https://broker.example.com', Destination: `${url}/users`, SigninToken }
  return `${url}/federation?${String(new URLSearchParams(login))}`
}

async function post(url: string, query: string, variables: object = {}, send: typeof fetch = fetch) {
  const response = await send(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = await response.json()
  if (errors) throw new Error(JSON.stringify(errors))
  return data
}
