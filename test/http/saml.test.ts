import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConsoleFiles } from '../../src/http/console.ts'
import { makeRole } from '../access/roles/role-setup.ts'
import { registerSaml, trustInSaml } from '../access/saml/saml-setup.ts'
import { type Account, type Ask, at, type Installation, openInstallation, PUBLIC_URL } from '../support/installation.ts'
import { openSamlProvider, type SamlProvider } from '../support/saml-provider.ts'

const CONSOLE: ConsoleFiles = {
  index: { type: 'text/html', etag: 'W/"1"', identity: Buffer.from('the console') },
  assets: new Map(),
  pages: new Set(['dashboard', 'users']),
}
const NAVIGATION = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'cross-site' }

let installation: Installation
let account: Account
let provider: SamlProvider
let providerArn: string
let reader: string
let other: string

beforeAll(async () => {
  installation = await openInstallation({ console: CONSOLE, logLevel: 'info' })
  account = await installation.openAccount()
  provider = openSamlProvider()
  providerArn = await registerSaml(account, provider)
  const trust = trustInSaml(providerArn, { StringEquals: { 'saml:aud': `${PUBLIC_URL}/saml` } })
  const allow = [{ action: 'iam:ListUsers' }]
  reader = (await makeRole(account, { roleName: 'Reader', trust, allow })).arn
  other = (await makeRole(account, { roleName: 'Other', trust, allow })).arn
})
afterAll(() => installation.stop())

const responseFor = (...roles: readonly string[]) =>
  provider.response(installation.clock(), {
    recipient: `${PUBLIC_URL}/saml`,
    audience: `${PUBLIC_URL}/saml`,
    attributes: { Role: roles.map((role) => `${role},${providerArn}`) },
  })

/** Posts a form as a browser does: `fetch` says of itself that it is none. */
function post(
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = NAVIGATION,
  type = 'application/x-www-form-urlencoded',
): Promise<Response> {
  const body = String(new URLSearchParams(fields))
  return new Promise((resolve, reject) => {
    const sent = request(
      `${installation.url}/saml`,
      { method: 'POST', headers: { ...headers, 'content-type': type }, agent: false },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => {
          const told = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)])
          resolve(new Response(Buffer.concat(chunks), { status: answer.statusCode ?? 0, headers: told }))
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

const codeOf = async (answer: Response): Promise<unknown> => {
  const { errors } = Object(await answer.json())
  return errors[0].extensions.code
}

const asksIn = (answer: Response): Ask =>
  installation.asks(fetch, {
    cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
    'sec-fetch-site': 'same-origin',
  })

describe('a response of an identity provider', () => {
  test('signs the browser that posts it in as the role, once, and the trail says how', async () => {
    const SAMLResponse = responseFor(reader)
    installation.clock.advance(1000)
    const answer = await post({ SAMLResponse, RelayState: `${PUBLIC_URL}/users` })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${PUBLIC_URL}/users`])
    expect(answer.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict/)
    const seen = await asksIn(answer)('{ viewer { arn } users { edges { node { name } } } }')
    expect(seen.errors).toEqual([])
    expect(at(seen, 'viewer.arn')).toMatch(/:assumed-role\/Reader\//)
    const trail = await account.trail()
    expect(trail.filter(({ action }) => action === 'sts:AssumeRoleWithSAML')).toMatchObject([{ result: 'SUCCESS' }])
    expect(trail.find(({ action }) => action === 'signin:ConsoleLogin')).toMatchObject({
      principalArn: expect.stringMatching(/:assumed-role\/Reader\//),
      detail: { samlProvider: providerArn },
    })
    const again = await post({ SAMLResponse })
    expect([again.status, await codeOf(again), again.headers.get('set-cookie')]).toEqual([
      400,
      'InvalidIdentityToken',
      null,
    ])
    expect(installation.logged()).not.toContain(SAMLResponse.slice(0, 200))
  })

  test('with several roles asks which, keeps nothing, and goes on with the one that is chosen', async () => {
    const SAMLResponse = responseFor(reader, other)
    const asked = await post({ SAMLResponse, RelayState: '"><script>' })
    expect([asked.status, asked.headers.get('set-cookie')]).toEqual([200, null])
    expect(asked.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    const page = await asked.text()
    for (const arn of [reader, other]) expect(page).toContain(`name="roleArn" value="${arn}"`)
    expect(page).toContain(`value="${SAMLResponse}"`)
    expect(page).not.toContain('<script')

    const chosen = await post({ SAMLResponse, RelayState: '"><script>', roleArn: other })
    expect([chosen.status, chosen.headers.get('location')]).toEqual([303, `${PUBLIC_URL}/`])
    expect(at(await asksIn(chosen)('{ viewer { arn } }'), 'viewer.arn')).toMatch(/:assumed-role\/Other\//)
  })

  test('offers roles only when it is good', async () => {
    const forged = openSamlProvider().response(installation.clock(), {
      recipient: `${PUBLIC_URL}/saml`,
      audience: `${PUBLIC_URL}/saml`,
      attributes: { Role: [reader, other].map((role) => `${role},${providerArn}`) },
    })
    expect(await codeOf(await post({ SAMLResponse: forged }))).toBe('InvalidIdentityToken')
    expect(await codeOf(await post({ SAMLResponse: forged, roleArn: reader }))).toBe('InvalidIdentityToken')
    expect((await account.trail()).slice(-2)).toMatchObject(
      [1, 2].map(() => ({ action: 'sts:AssumeRoleWithSAML', errorCode: 'InvalidIdentityToken' })),
    )
  })

  test('opens no role that it does not name', async () => {
    const answer = await post({ SAMLResponse: responseFor(reader), roleArn: other })
    expect([answer.status, await codeOf(answer), answer.headers.get('set-cookie')]).toEqual([403, 'AccessDenied', null])
  })

  test.each([
    ['https://evil.example/', '/'],
    ['//evil.example', '/'],
    ['a word of the provider', '/'],
    ['/dashboard', '/dashboard'],
  ])('with the RelayState %j leads to %s', async (RelayState, destination) => {
    const answer = await post({ SAMLResponse: responseFor(reader), RelayState })
    expect(answer.headers.get('location')).toBe(`${PUBLIC_URL}${destination}`)
  })

  test.each([
    ['no response', {}, NAVIGATION, 'ValidationError'],
    ['an empty response', { SAMLResponse: '' }, NAVIGATION, 'ValidationError'],
    ['what is no base64', { SAMLResponse: '<xml>' }, NAVIGATION, 'InvalidIdentityToken'],
    ['a response that is too long', { SAMLResponse: 'A'.repeat(100_004) }, NAVIGATION, 'ValidationError'],
    ['a request of a script', { SAMLResponse: 'AAAA' }, { ...NAVIGATION, 'sec-fetch-mode': 'cors' }, 'BadRequest'],
    ['a frame', { SAMLResponse: 'AAAA' }, { ...NAVIGATION, 'sec-fetch-dest': 'iframe' }, 'BadRequest'],
  ])('is refused: %s', async (_what, fields, headers, code) => {
    const answer = await post(fields, headers)
    expect([answer.status, await codeOf(answer)]).toEqual([400, code])
  })

  test('is taken as a form alone, and posted', async () => {
    expect((await post({ SAMLResponse: 'AAAA' }, NAVIGATION, 'text/plain')).status).toBe(415)
    expect((await fetch(`${installation.url}/saml`)).status).toBe(405)
  })
})
