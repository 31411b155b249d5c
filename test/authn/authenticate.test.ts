import { beforeEach, describe, expect, test } from 'vitest'
import { createAuthenticator } from '../../src/authn/authenticate.ts'
import { type AccessTokenClaims, createKeyring, createSigningKey, signAccessToken } from '../../src/authn/jwt/index.ts'
import type { Principal } from '../../src/authn/principal.ts'
import type { SignedRequest } from '../../src/authn/sigv4/index.ts'
import { updateAccessKey } from '../../src/iam/access-keys/update-access-key.ts'
import { getSessionToken } from '../../src/iam/sts/get-session-token.ts'
import { createCredentialSource } from '../../src/store/credential-source.ts'
import {
  bearerRequest,
  type Credentials,
  codedError,
  type Installation,
  openInstallation,
  plainRequest,
  PUBLIC_ORIGIN,
  signedRequest,
} from '../support/signing-in.ts'
import { callAs } from '../support/call.ts'

const MINUTE = 60_000
const INVALID_TOKEN = {
  code: 'InvalidClientTokenId',
  httpStatus: 403,
  message: 'The security token included in the request is invalid',
}
const INVALID_KEY = { ...INVALID_TOKEN, message: 'The security token included in the request is invalid.' }
const EXPIRED = {
  code: 'ExpiredToken',
  httpStatus: 403,
  message: 'The security token included in the request is expired',
}
const WRONG_SIGNATURE = {
  code: 'SignatureDoesNotMatch',
  httpStatus: 403,
  message:
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
}

let installation: Installation
let key: Credentials & { readonly id: string }

beforeEach(async () => {
  installation = await openInstallation()
  const [first] = installation.alice.accessKeys
  key = { id: first!.id, accessKeyId: first!.id, secretAccessKey: first!.secretAccessKey }
})

const refusal = (request: SignedRequest) => codedError(() => installation.authenticator.authenticate(request))
const now = () => installation.services.clock()
const withHeader = (request: SignedRequest, name: string, change: (value: string) => string): SignedRequest => ({
  ...request,
  rawHeaders: request.rawHeaders.map((value, at) =>
    at % 2 === 1 && request.rawHeaders[at - 1]!.toLowerCase() === name ? change(value) : value,
  ),
})
const temporary = async (): Promise<Credentials> =>
  await getSessionToken(installation.callOf(await installation.signed(key)), { durationSeconds: 900 })
const arnFor = async (headers: Readonly<Record<string, string>>, method = 'POST') =>
  (await installation.authenticator.authenticate(plainRequest(headers, method)))?.arn

test('a request without credentials has no caller, which is no error', async () => {
  expect(await installation.authenticator.authenticate(plainRequest())).toBeNull()
})

describe('a long-term key', () => {
  test.each([false, true])('is its owner (presigned: %s)', async (presigned) => {
    const request = await signedRequest(key, now(), { presigned, region: 'eu-central-1', service: 'sts' })
    expect(await installation.authenticator.authenticate(request)).toEqual({
      kind: 'user',
      accountId: '123456789012',
      id: installation.alice.id,
      name: 'Alice',
      path: '/staff/',
      arn: 'arn:aws:iam::123456789012:user/staff/Alice',
      credential: 'ACCESS_KEY',
      accessKeyId: key.id,
      sessionId: null,
      issuedAt: null,
      expiresAt: null,
      mfaAuthenticatedAt: null,
      sourceIdentity: null,
      passwordResetPending: false,
      signedFor: { region: 'eu-central-1', service: 'sts' },
      epoch: 0n,
    } satisfies Principal)
  })

  test("of the root user is the account's root", async () => {
    const { id, secretAccessKey } = await installation.account.createTestAccessKey(installation.account.root.id)
    expect(await installation.signed({ accessKeyId: id, secretAccessKey })).toMatchObject({
      kind: 'root',
      id: '123456789012',
      name: null,
      arn: 'arn:aws:iam::123456789012:root',
    })
  })

  test('is reported as used exactly when its signature was right', async () => {
    const used: unknown[] = []
    const authenticator = createAuthenticator({
      ...installation.options,
      onKeyUsed: ({ accessKeyId }, at) => used.push([accessKeyId, at]),
    })
    await codedError(async () =>
      authenticator.authenticate(await signedRequest({ ...key, secretAccessKey: 'no' }, now())),
    )
    const session = await temporary()
    await authenticator.authenticate(await signedRequest(session, now()))
    expect(used).toEqual([])
    await authenticator.authenticate(await signedRequest(key, now()))
    expect(used).toEqual([[key.id, now()]])
  })
})

describe("refusals have AWS's code, status and text", () => {
  const authorization = 'authorization'

  test('1: a bad escape in the query', async () => {
    const request = { ...(await signedRequest(key, now())), url: '/graphql?a=%zz' }
    expect(await refusal(request)).toMatchObject({ code: 'MalformedQueryString', httpStatus: 400 })
  })

  test('3: a signature in the header and one in the query, or beside a bearer token', async () => {
    const nothing = { code: 'SignatureDoesNotMatch', httpStatus: 403, message: '' }
    const header = await signedRequest(key, now())
    const presigned = await signedRequest(key, now(), { presigned: true })
    expect(await refusal({ ...header, url: presigned.url })).toEqual(nothing)
    const { accessToken } = await installation.signIn()
    expect(await refusal({ ...bearerRequest(accessToken), url: presigned.url })).toEqual(nothing)
  })

  test('4: another scheme', async () => {
    expect(await refusal(plainRequest({ authorization: 'Basic YTpi' }))).toEqual({
      code: 'IncompleteSignature',
      httpStatus: 400,
      message: "Unsupported AWS 'algorithm': 'Basic'.",
    })
  })

  test.each<[string, (header: string) => string, string, number, string]>([
    ['5: a component without =', (h) => `${h}, x`, 'IncompleteSignature', 400, "'x' not a valid key=value pair"],
    [
      '6: no signature',
      (h) => h.replace(/, Signature=.*/, ''),
      'IncompleteSignature',
      400,
      "Authorization header requires 'Signature' parameter.",
    ],
    [
      '7: the host is not signed',
      (h) => h.replace(';host', ''),
      'SignatureDoesNotMatch',
      403,
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    ],
    [
      '10: a credential of four parts',
      (h) => h.replace('/aws4_request', ''),
      'IncompleteSignature',
      400,
      'Credential must have exactly 5 slash-delimited elements',
    ],
    [
      '11: another service',
      (h) => h.replace('/iam/', '/s3/'),
      'SignatureDoesNotMatch',
      403,
      "Credential should be scoped to correct service: 'iam'. ",
    ],
  ])('%s', async (_, change, code, httpStatus, message) => {
    const request = withHeader(await signedRequest(key, now()), authorization, change)
    expect(await refusal(request)).toEqual({ code, httpStatus, message: expect.stringContaining(message) })
  })

  test('8: a date that is none', async () => {
    const request = withHeader(await signedRequest(key, now()), 'x-amz-date', () => 'yesterday')
    expect(await refusal(request)).toEqual({
      code: 'IncompleteSignature',
      httpStatus: 400,
      message: "Date must be in ISO-8601 'basic format'. Got 'yesterday'. See http://en.wikipedia.org/wiki/ISO_8601",
    })
  })

  test.each([
    [-16, 'Signature expired: '],
    [16, 'Signature not yet current: '],
  ])('9: signed %d minutes off by the clock that was passed in', async (minutes, text) => {
    const request = await signedRequest(key, new Date(now().getTime() + minutes * MINUTE))
    expect(await refusal(request)).toEqual({
      code: 'SignatureDoesNotMatch',
      httpStatus: 403,
      message: expect.stringContaining(text),
    })
  })

  test('12: a session token beside a long-term key, none beside a temporary one, or one that is not its own', async () => {
    const session = await temporary()
    const other = await temporary()
    const attempts: Credentials[] = [
      { ...key, sessionToken: session.sessionToken },
      { ...session, sessionToken: undefined },
      { ...session, sessionToken: 'bm90IGEgdG9rZW4=' },
      { ...session, sessionToken: other.sessionToken },
    ]
    for (const attempt of attempts) expect(await refusal(await signedRequest(attempt, now()))).toEqual(INVALID_TOKEN)
  })

  test('13: temporary credentials after their end, and not a moment before', async () => {
    const session = await temporary()
    installation.services.clock.advance(15 * MINUTE - 1)
    expect(await installation.signed(session)).toMatchObject({
      credential: 'SESSION',
      accessKeyId: session.accessKeyId,
    })
    installation.services.clock.advance(1)
    expect(await refusal(await signedRequest(session, now()))).toEqual(EXPIRED)
  })

  test('14: a key that is unknown, deleted, inactive or no key at all, told apart by nothing', async () => {
    const unknown = 'AKIARZPUZDIKFABCDEF2'
    expect(await refusal(await signedRequest({ ...key, accessKeyId: unknown }, now()))).toEqual(INVALID_KEY)
    for (const accessKeyId of ['x', "AKIA'--", '%00AKIARZPUZDIKFABCD'])
      expect(await refusal(await signedRequest({ ...key, accessKeyId }, now()))).toEqual(INVALID_KEY)
    await installation.db.accessKey.updateMany({ where: { id: key.id }, data: { status: 'INACTIVE' } })
    expect(await refusal(await signedRequest(key, now()))).toEqual(INVALID_KEY)
    await installation.db.accessKey.deleteMany({ where: { id: key.id } })
    expect(await refusal(await signedRequest(key, now()))).toEqual(INVALID_KEY)
  })

  test('15: a wrong secret, of a long-term key and of temporary credentials', async () => {
    const session = await temporary()
    for (const credentials of [key, session])
      expect(await refusal(await signedRequest({ ...credentials, secretAccessKey: 'wrong' }, now()))).toEqual(
        WRONG_SIGNATURE,
      )
  })

  test('of several faults the first in this order answers', async () => {
    const session = await temporary()
    const late = new Date(now().getTime() - 16 * MINUTE)
    // 9 before 12, 12 before 14, 13 before 14, 14 before 15.
    const unknown = { ...key, accessKeyId: 'AKIARZPUZDIKFABCDEF2', secretAccessKey: 'wrong' }
    expect(await refusal(await signedRequest({ ...unknown, sessionToken: 'x' }, late))).toMatchObject({
      message: expect.stringContaining('Signature expired'),
    })
    expect(await refusal(await signedRequest({ ...unknown, sessionToken: 'x' }, now()))).toEqual(INVALID_TOKEN)
    expect(await refusal(await signedRequest(unknown, now()))).toEqual(INVALID_KEY)
    await installation.db.accessKey.updateMany({ where: { id: key.id }, data: { status: 'INACTIVE' } })
    expect(await refusal(await signedRequest({ ...session, secretAccessKey: 'wrong' }, now()))).toEqual(INVALID_KEY)
    installation.services.clock.advance(16 * MINUTE)
    expect(await refusal(await signedRequest({ ...session, secretAccessKey: 'wrong' }, now()))).toEqual(EXPIRED)
  })
})

describe('temporary credentials', () => {
  test('are the user that made them, as a signature and as a bearer token', async () => {
    const call = installation.callOf(await installation.signed(key))
    const session = await getSessionToken(call, { durationSeconds: 900 })
    const expected = {
      arn: installation.alice.arn,
      credential: 'SESSION',
      accessKeyId: session.accessKeyId,
      sessionId: session.accessKeyId,
      issuedAt: now(),
      expiresAt: new Date(now().getTime() + 15 * MINUTE),
      mfaAuthenticatedAt: null,
    }
    expect(await installation.signed(session)).toMatchObject(expected)
    expect(await installation.bearer(session.accessToken)).toMatchObject({ ...expected, signedFor: null })
  })

  test('end with the key that made them, in both forms', async () => {
    const call = installation.callOf(await installation.signed(key))
    const session = await getSessionToken(call, {})
    for (const change of [
      () => installation.db.accessKey.updateMany({ where: { id: key.id }, data: { status: 'INACTIVE' } }),
      () => installation.db.accessKey.deleteMany({ where: { id: key.id } }),
    ]) {
      await change()
      expect(await refusal(await signedRequest(session, now()))).toEqual(INVALID_KEY)
      expect(await refusal(bearerRequest(session.accessToken))).toEqual(INVALID_KEY)
    }
  })
})

describe('a bearer token', () => {
  test('is refused as expired when it was good once, also after it was seen good', async () => {
    const { accessToken } = await installation.signIn()
    await installation.bearer(accessToken)
    installation.services.clock.advance(12 * 60 * MINUTE)
    expect(await refusal(bearerRequest(accessToken))).toEqual(EXPIRED)
  })

  test('is refused without a reason for everything else', async () => {
    const { principal } = await installation.signIn()
    const { signingKey, tokenSeals } = installation.issuer
    const key = await signingKey(now())
    const signed = (claims: AccessTokenClaims, by = key) => signAccessToken(by, claims, tokenSeals)
    const claims = {
      iss: installation.issuer.issuer,
      aud: installation.issuer.audience,
      sub: principal.id,
      jti: principal.sessionId!,
      iat: principal.issuedAt!.getTime() / 1000,
      exp: principal.expiresAt!.getTime() / 1000,
      account: principal.accountId,
      kind: 'user',
      credential: 'PASSWORD',
    } as const
    expect(await installation.bearer(signed(claims))).toEqual(principal)
    const tokens = [
      '',
      'nonsense',
      signed({ ...claims, iss: 'https://elsewhere.example' }),
      signed({ ...claims, aud: 'another' }),
      signed({ ...claims, jti: 'no-such-session' }),
      signed({ ...claims, sub: installation.bob.id }),
      signed({ ...claims, sub: 'AIDANOBODY' }),
      // A row says all of this, too.
      signed({ ...claims, iat: claims.iat - 1 }),
      signed({ ...claims, mfa_time: claims.iat }),
      signed({ ...claims, kind: 'root' }),
      signed({ ...claims, credential: 'ACCESS_KEY_SIGN_IN', issuing_key: key.kid }),
      signed({ ...claims, credential: 'ACCESS_KEY_SIGN_IN', issuing_key: installation.alice.accessKeys[0]!.id }),
      signed({ ...claims, issuing_key: installation.alice.accessKeys[0]!.id }),
      // Who has the RSA key alone.
      signAccessToken(key, claims, { ...tokenSeals, keys: new Map([['test', new Uint8Array(32)]]) }),
      signed(claims, await createSigningKey(now())),
    ]
    for (const token of tokens) expect(await refusal(bearerRequest(token))).toEqual(INVALID_KEY)
  })

  test('of a key that another process made is accepted once the keys were loaded anew', async () => {
    const { accessToken } = await installation.signIn()
    const asked: string[] = []
    const authenticator = createAuthenticator({
      ...installation.options,
      keyring: () => createKeyring([]),
      reloadKeyring: async (kid) => {
        asked.push(kid)
        return installation.options.keyring()
      },
    })
    expect(await authenticator.authenticate(bearerRequest(accessToken))).toMatchObject({ name: 'Alice' })
    expect(asked).toEqual([(await installation.issuer.signingKey(now())).kid])
  })
})

describe("the browser's cookie", () => {
  const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' }
  let cookie: string
  beforeEach(async () => {
    cookie = `theme=dark; __Host-latchkey-session=${(await installation.signIn()).accessToken}`
  })

  test.each([
    ['the browser says that our own page asks', SAME_ORIGIN, 'POST'],
    ['a browser without fetch metadata names our origin', { origin: PUBLIC_ORIGIN }, 'POST'],
    ['a page is only read', { ...SAME_ORIGIN, 'content-type': '' }, 'GET'],
  ] as const)('counts when %s', async (_, headers, method) => {
    expect(await arnFor({ cookie, ...headers }, method)).toBe(installation.alice.arn)
  })

  test.each<[string, Record<string, string>]>([
    ['nothing says who asks', {}],
    ['another site asks', { 'sec-fetch-site': 'cross-site' }],
    ['another port or subdomain asks', { 'sec-fetch-site': 'same-site' }],
    ['the address bar asks', { 'sec-fetch-site': 'none' }],
    ['another origin asks', { origin: 'https://evil.example' }],
    ['fetch metadata contradict the origin', { 'sec-fetch-site': 'cross-site', origin: PUBLIC_ORIGIN }],
    ['it is what a form could send', { ...SAME_ORIGIN, 'content-type': 'text/plain' }],
    ['the type only begins like JSON', { ...SAME_ORIGIN, 'content-type': 'application/jsonish' }],
  ])('is ignored when %s', async (_, headers) => {
    expect(await arnFor({ cookie, ...headers })).toBeUndefined()
  })

  test('counts as none when it is stale or wrong, so that one can sign in again', async () => {
    expect(await arnFor({ cookie: '__Host-latchkey-session=nonsense', ...SAME_ORIGIN })).toBeUndefined()
    await installation.db.session.updateMany({ data: { revokedAt: now() } })
    expect(await arnFor({ cookie, ...SAME_ORIGIN })).toBeUndefined()
    installation.services.clock.advance(13 * 60 * MINUTE)
    expect(await arnFor({ cookie, ...SAME_ORIGIN })).toBeUndefined()
  })

  test('yields to any other credential', async () => {
    const [bobsKey] = installation.bob.accessKeys
    const request = await signedRequest({ ...bobsKey!, accessKeyId: bobsKey!.id }, now())
    const rawHeaders = [...request.rawHeaders, 'cookie', cookie, 'sec-fetch-site', 'same-origin']
    expect(await installation.authenticator.authenticate({ ...request, rawHeaders })).toMatchObject({ name: 'Bob' })
  })
})

test('authentication costs one statement, whatever the credential', async () => {
  const session = await temporary()
  const { accessToken } = await installation.signIn()
  let statements = 0
  const pool = new Proxy(installation.pool, {
    get(target, property) {
      if (property === 'query') statements++
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const credentials = createCredentialSource({ pool, secrets: installation.services.secrets })
  const authenticator = createAuthenticator({ ...installation.options, credentials })
  const cookie = { cookie: `__Host-latchkey-session=${accessToken}`, 'sec-fetch-site': 'same-origin' }
  const requests = [
    await signedRequest(key, now()),
    await signedRequest(session, now()),
    bearerRequest(accessToken),
    plainRequest(cookie),
  ]
  for (const request of requests) {
    statements = 0
    expect(await authenticator.authenticate(request)).not.toBeNull()
    expect(statements).toBe(1)
  }
})

describe('authenticating again', () => {
  test('answers the caller as it is now, with the present epoch', async () => {
    const principal = await installation.signed(key)
    await installation.db.user.updateMany({
      where: { id: installation.alice.id },
      data: { name: 'Alicia', nameKey: 'alicia' },
    })
    await installation.db.account.updateMany({ data: { policyEpoch: 7n } })
    const again = await installation.authenticator.reauthenticate(principal)
    expect(again).toMatchObject({ name: 'Alicia', epoch: 7n, signedFor: principal.signedFor })
    expect(await installation.authenticator.reauthenticate(again)).toEqual(again)
  })

  test('refuses a key that was deactivated meanwhile, and all that it made', async () => {
    const session = await temporary()
    const principals = [
      await installation.signed(key),
      await installation.signed(session),
      await installation.authenticator.authenticate(bearerRequest((await installation.signIn()).accessToken)),
    ]
    const call = await callAs(installation.services, installation.account.root)
    await updateAccessKey(call, { userName: 'Alice', accessKeyId: key.id, status: 'INACTIVE' })
    for (const principal of principals.slice(0, 2))
      expect(await codedError(() => installation.authenticator.reauthenticate(principal!))).toEqual(INVALID_KEY)
    // A password session does not hang on the key.
    expect(await installation.authenticator.reauthenticate(principals[2]!)).toMatchObject({ name: 'Alice', epoch: 1n })
  })

  test('a change that was decided before the key was deactivated is not made', async () => {
    const principal = await installation.signed(key)
    const call = installation.callOf(principal)
    const other = await installation.account.createTestAccessKey(installation.alice.id)
    const rootCall = await callAs(installation.services, installation.account.root)
    await updateAccessKey(rootCall, { userName: 'Alice', accessKeyId: key.id, status: 'INACTIVE' })
    expect(await codedError(() => updateAccessKey(call, { accessKeyId: other.id, status: 'INACTIVE' }))).toEqual(
      INVALID_KEY,
    )
    expect((await installation.db.accessKey.findFirstOrThrow({ where: { id: other.id } })).status).toBe('ACTIVE')
  })

  test('serves a principal that signing in has just made, and otherwise only those that it has authenticated', async () => {
    const signedIn = await installation.signIn()
    expect(await installation.authenticator.reauthenticate(signedIn.principal)).toEqual(signedIn.principal)
    await installation.db.session.updateMany({ data: { revokedAt: now() } })
    expect(await codedError(() => installation.authenticator.reauthenticate(signedIn.principal))).toEqual(INVALID_KEY)
    const principal = await installation.signed(key)
    await expect(installation.authenticator.reauthenticate({ ...principal, kind: 'root' })).rejects.toThrow(TypeError)
  })
})
