import { connect } from 'node:net'
import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSigningFetch } from '../../src/client/index.ts'
import { type Account, type Installation, keyOf, openInstallation } from '../support/installation.ts'
import { IAM, type Send, sender, STS, type Wire, wireOf } from './clients.ts'

const GET_USERS = `Action=ListUsers&${IAM}`
const WHO_AM_I = `Action=GetCallerIdentity&${STS}`

let installation: Installation
let account: Account
let root: Send
beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
  root = sender(installation, account.rootKey)
})
afterAll(() => installation.stop())

const told = ({ status, text }: Wire) => [status, text('Code'), text('Message')]

async function post(body: string, headers: Readonly<Record<string, string>>): Promise<Wire> {
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  return wireOf(await fetch(installation.url, { method: 'POST', body, headers: { ...type, ...headers } }))
}

/** The address of a presigned request, as SDKs make them. */
async function presigned(query: string, service: string): Promise<string> {
  const { accessKeyId, secretAccessKey } = keyOf(account.rootKey)
  const signer = new SignatureV4({
    service,
    region: 'us-east-1',
    sha256: Sha256,
    credentials: { accessKeyId, secretAccessKey },
  })
  const url = new URL(installation.url)
  const request = await signer.presign(
    {
      method: 'GET',
      protocol: 'http:',
      hostname: url.hostname,
      path: '/',
      headers: { host: url.host },
      query: Object.fromEntries(new URLSearchParams(query)),
    },
    { signingDate: installation.clock() },
  )
  const signed = Object.entries(request.query ?? {}).map(([name, value]) => [name, String(value)])
  return `${installation.url}/?${new URLSearchParams(signed).toString()}`
}

describe('a request is refused', () => {
  test('without a signature', async () => {
    const wire = await post(GET_USERS, {})
    expect(told(wire)).toEqual([403, 'MissingAuthenticationToken', 'Request is missing Authentication Token'])
    expect(wire.xml).toContain('xmlns="https://iam.amazonaws.com/doc/2010-05-08/"')
  })

  test('with a bearer token instead of a signature', async () => {
    const wire = await post(GET_USERS, { authorization: 'Bearer abc' })
    expect(told(wire)).toEqual([400, 'IncompleteSignature', "Unsupported AWS 'algorithm': 'Bearer'."])
  })

  test('with the cookie of a browser instead of a signature', async () => {
    const headers = { cookie: 'latchkey-session-4000=abc', 'sec-fetch-site': 'same-origin' }
    expect(told(await wireOf(await fetch(`${installation.url}/?${GET_USERS}`, { headers })))[1]).toBe(
      'MissingAuthenticationToken',
    )
  })

  test.each([
    [GET_USERS, 'sts', 'iam'],
    [WHO_AM_I, 'iam', 'sts'],
    [GET_USERS, 's3', 'iam'],
  ])('with %s signed for %s', async (body, service, right) => {
    expect(told(await root(body, { service }))).toEqual([
      403,
      'SignatureDoesNotMatch',
      `Credential should be scoped to correct service: '${right}'. `,
    ])
  })

  test('with two signatures, without a word', async () => {
    const send = createSigningFetch({ ...keyOf(account.rootKey), now: installation.clock })
    const wire = await wireOf(await send(await presigned(GET_USERS, 'iam'), { method: 'GET' }))
    expect(told(wire)).toEqual([403, 'SignatureDoesNotMatch', undefined])
  })

  test('with a body that is not the signed one', async () => {
    const send = createSigningFetch({
      ...keyOf(account.rootKey),
      now: installation.clock,
      fetch: (url, init) => fetch(url, { ...init, body: GET_USERS }),
    })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const wire = await wireOf(
      await send(installation.url, { method: 'POST', body: `${GET_USERS}&MaxItems=1`, headers }),
    )
    expect(told(wire).slice(0, 2)).toEqual([403, 'SignatureDoesNotMatch'])
  })

  test('with a key that nobody has, in the same words as with one that is inactive', async () => {
    const missing = sender(installation, { id: 'AKIAQAAAAAAAAAAAAAAA', secretAccessKey: 'x' })
    const user = await account.user({ name: 'idle' })
    const inactive = await account.createTestAccessKey(user.id, { status: 'INACTIVE' })
    const refused = [403, 'InvalidClientTokenId', 'The security token included in the request is invalid.']
    expect(told(await missing(GET_USERS))).toEqual(refused)
    expect(told(await sender(installation, inactive)(GET_USERS))).toEqual(refused)
  })

  test('with temporary credentials without their token', async () => {
    const wire = await root(`Action=GetSessionToken&${STS}`, { service: 'sts' })
    const [id, secretAccessKey] = [wire.text('AccessKeyId') ?? '', wire.text('SecretAccessKey') ?? '']
    expect(told(await sender(installation, { id, secretAccessKey })(WHO_AM_I, { service: 'sts' }))).toEqual([
      403,
      'InvalidClientTokenId',
      'The security token included in the request is invalid',
    ])
    const sessionToken = (wire.text('SessionToken') ?? '').replaceAll('&#xD;', '')
    expect(
      (await sender(installation, { id, secretAccessKey })(WHO_AM_I, { service: 'sts', sessionToken })).status,
    ).toBe(200)
  })
})

describe('a request is accepted', () => {
  test('with a region that is not ours', async () => {
    expect((await root(WHO_AM_I, { service: 'sts', region: 'eu-central-1' })).text('Account')).toBe(account.accountId)
  })

  test('by GET with everything in a presigned address, also when a browser opens it', async () => {
    const address = await presigned(WHO_AM_I, 'sts')
    const wire = await wireOf(await fetch(address, { headers: { accept: 'text/html' }, redirect: 'manual' }))
    expect([wire.status, wire.text('Account')]).toEqual([200, account.accountId])
  })
})

/** What comes back for bytes that no HTTP client would send. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(installation.url).port), '127.0.0.1', () => socket.end(text))
    let answer = ''
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString()
    })
    socket.once('close', () => resolve(answer))
    socket.once('error', reject)
  })
}

describe('smuggling', () => {
  test.each([
    ['two lengths', 'Content-Length: 4\r\nContent-Length: 40\r\n\r\nAction=x'],
    ['a length and chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nPOST / HTTP/1.1\r\n\r\n'],
    ['chunks that are none', 'Transfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['a header with a blank before its colon', 'Content-Length : 4\r\n\r\nA=bc'],
  ])('by %s is a bad request, once', async (_what, rest) => {
    const answer = await raw(`POST / HTTP/1.1\r\nHost: localhost\r\n${rest}`)
    expect(answer.match(/^HTTP\/1\.1 \d+/gm)).toEqual(['HTTP/1.1 400'])
  })
})
