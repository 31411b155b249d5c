import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { generateSync } from 'otplib'
import { type Authenticator, type AuthenticatorOptions, createAuthenticator } from '../../src/authn/authenticate.ts'
import { createKeyring, createSigningKey, serializeSigningKey } from '../../src/authn/jwt/index.ts'
import { hashPassword } from '../../src/authn/password/index.ts'
import type { Principal } from '../../src/authn/principal.ts'
import type { SessionKeyring } from '../../src/authn/session-token/index.ts'
import type { SignedRequest } from '../../src/authn/sigv4/index.ts'
import type { User } from '../../src/generated/prisma/client.ts'
import type { IssuingCall, RequestInfo } from '../../src/iam/call.ts'
import type { CredentialIssuer } from '../../src/iam/credential-issuer.ts'
import { createVirtualMfaDevice } from '../../src/iam/mfa/create-virtual-mfa-device.ts'
import { enableMfaDevice } from '../../src/iam/mfa/enable-mfa-device.ts'
import type { BrowserCall } from '../../src/iam/sessions/leave-session.ts'
import { signIn } from '../../src/iam/sessions/sign-in.ts'
import type { SignInInput } from '../../src/iam/sessions/sign-in-subject.ts'
import { createCredentialSource } from '../../src/store/credential-source.ts'
import { callAs, testCall } from './call.ts'
import { freshDatabase } from './database.ts'
import { seedAccount } from './seed-account.ts'
import { testServices } from './services.ts'

export const PASSWORD = 'Correct-Horse-7'
export const PUBLIC_ORIGIN = 'https://iam.example.com'
export const HOME = '198.51.100.20'
export const ELSEWHERE = '203.0.113.99'

const signingKey = createSigningKey(new Date('2026-01-01T00:00:00Z'))
const tokenSeals = { currentKeyId: 'test', keys: new Map([['test', new Uint8Array(32).fill(9)]]) }
const sessionKeyring: SessionKeyring = { currentKeyId: 'test', keys: new Map([['test', new Uint8Array(32).fill(7)]]) }
/** The least work that argon2 can do: these tests are not about its strength. */
const passwordHash = hashPassword(PASSWORD, { memoryCost: 8, timeCost: 1, parallelism: 1 })

export type Installation = Awaited<ReturnType<typeof openInstallation>>

/** An account with its root, Alice who has a password and a key, and the whole of authentication on a real database. */
export async function openInstallation() {
  const { db, pool } = await freshDatabase()
  const services = testServices({ db })
  const account = await seedAccount(services, { alias: 'example', rootEmail: 'root@example.com' })
  const alice = await account.createTestUser({ name: 'Alice', path: '/staff/', passwordHash: await passwordHash })
  const bob = await account.createTestUser({ name: 'Bob', passwordHash: await passwordHash })
  await db.loginProfile.create({
    data: {
      accountId: account.accountId,
      userId: account.root.id,
      passwordHash: await passwordHash,
      createdAt: services.clock(),
      passwordChangedAt: services.clock(),
    },
  })

  const key = await signingKey
  const { kid: id, publicKey, createdAt, signsFrom } = serializeSigningKey(key)
  // Authentication asks whether it is there; it is read by nobody here.
  const unread = { privateKey: new Uint8Array(1), sealedBy: 'nobody' }
  await db.signingKey.create({ data: { id, publicKey, ...unread, createdAt, signsFrom } })
  const issuer: CredentialIssuer = {
    issuer: PUBLIC_ORIGIN,
    audience: 'latchkey',
    signingKey: async () => key,
    tokenSeals,
    sessionKeyring,
  }
  /** What calls of operations that begin sessions have beside: no browser sends a cookie along. */
  const beside = { issuer, cookieSession: async () => null }
  const options: AuthenticatorOptions = {
    credentials: createCredentialSource({ pool, secrets: services.secrets }),
    keyring: () => createKeyring([key]),
    tokenSeals,
    sessionKeyring,
    clock: services.clock,
    issuer: issuer.issuer,
    audience: issuer.audience,
    publicOrigin: PUBLIC_ORIGIN,
  }
  const authenticator = createAuthenticator(options)

  return {
    services,
    db,
    pool,
    account,
    alice,
    bob,
    issuer,
    options,
    authenticator,

    signIn: (input: Partial<SignInInput> = {}, request: Partial<RequestInfo> = {}) =>
      signIn(
        { ...services, request: requestInfo(request), ...beside },
        { account: 'example', userName: 'Alice', password: PASSWORD, ...input },
      ),

    /** Who a bearer token makes the caller. */
    bearer: (token: string) => mustBeSomebody(authenticator, bearerRequest(token)),
    signed: async (credentials: Credentials) =>
      mustBeSomebody(authenticator, await signedRequest(credentials, services.clock())),

    callOf: (principal: Principal, request: Partial<RequestInfo> = {}): IssuingCall & BrowserCall => ({
      ...testCall({
        services,
        principal,
        request: requestInfo(request),
        reauthorize: async () => (await authenticator.reauthenticate(principal)).epoch,
      }),
      ...beside,
    }),

    /** A device that is enabled for the user; the clock moves on, so that the next code is a new one. */
    async enrol(user: User, name: string) {
      const created = await createVirtualMfaDevice(await callAs(services, account.root), { virtualMfaDeviceName: name })
      const serialNumber = `arn:aws:iam::${account.accountId}:mfa/${name}`
      const seed = created.base32StringSeed
      const code = (steps = 0) => totp(seed, services.clock(), steps)
      const call = await callAs(services, user.root ? user : account.root)
      await enableMfaDevice(call, {
        userName: user.root ? null : user.name,
        serialNumber,
        authenticationCode1: code(-1),
        authenticationCode2: code(),
      })
      services.clock.advance(60_000)
      return { serialNumber, seed, code }
    },
  }
}

export function requestInfo(changes: Partial<RequestInfo> = {}): RequestInfo {
  const id = '11111111-2222-4333-8444-555555555555'
  return { id, sourceIp: HOME, userAgent: 'a test', referer: null, secureTransport: true, ...changes }
}

/** The code that a device with this seed shows `steps` after `at`. */
export function totp(seed: string, at: Date, steps = 0): string {
  return generateSync({ secret: seed, strategy: 'totp', epoch: Math.floor(at.getTime() / 1000) + steps * 30 })
}

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** A GraphQL request signed by the AWS SDK's own signer. */
export async function signedRequest(
  credentials: Credentials,
  at: Date,
  { presigned = false, service = 'iam', region = 'us-east-1' } = {},
): Promise<SignedRequest> {
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256, applyChecksum: false })
  const body = Buffer.from('{"query":"{viewer{arn}}"}')
  const headers = { host: 'iam.example.com', 'content-type': 'application/json' }
  const plain = {
    method: 'POST',
    protocol: 'https:',
    hostname: headers.host,
    path: '/graphql',
    query: {},
    headers,
    body,
  }
  const signed = presigned
    ? await signer.presign(plain, { signingDate: at })
    : await signer.sign(plain, { signingDate: at })
  const query = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  )
  const url = query.length === 0 ? '/graphql' : `/graphql?${query.join('&')}`
  return { method: 'POST', url, rawHeaders: Object.entries(signed.headers).flat(), body }
}

export function bearerRequest(token: string): SignedRequest {
  return plainRequest({ authorization: `Bearer ${token}` })
}

export function plainRequest(headers: Readonly<Record<string, string>> = {}, method = 'POST'): SignedRequest {
  const all = { host: 'iam.example.com', 'content-type': 'application/json', ...headers }
  return { method, url: '/graphql', rawHeaders: Object.entries(all).flat(), body: Buffer.from('{}') }
}

async function mustBeSomebody(authenticator: Authenticator, request: SignedRequest): Promise<Principal> {
  const principal = await authenticator.authenticate(request)
  if (principal === null) throw new Error('Nobody was authenticated.')
  return principal
}

/** Code, status, message and details of the coded error that the work throws. */
export async function codedError(work: () => unknown) {
  try {
    await work()
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'httpStatus' in error) {
      const details = 'details' in error && error.details !== undefined ? { details: error.details } : {}
      return { code: error.code, httpStatus: error.httpStatus, message: error.message, ...details }
    }
    throw error
  }
  throw new Error('It was not refused.')
}

/** How work ended: `done`, the code of its error, or what else it threw. */
export const settled = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )
