import { connect } from 'node:net'
import * as fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { SERVICES } from '../support/aws-services.ts'
import type { Parameter, Parameters } from '../../src/aws-query/parameters.ts'
import { type Send, sender, STS, type Wire } from '../aws-query/clients.ts'
import { type Account, type Installation, openInstallation } from '../support/installation.ts'

/** What arguments are refused for is decided before the database is asked; what PostgreSQL takes otherwise shows in fewer. */
const RUNS = process.env.TEST_DATABASE_URL === undefined ? 150 : 50
const TIMEOUT = 300_000
/** Far more than an answer takes; a socket that is silent for so long is one that hangs. */
const SILENCE = 60_000

let installation: Installation
let account: Account
let send: Send
beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
  send = sender(installation, account.rootKey)
})
afterAll(() => installation.stop())

/** Whatever was sent, the next request is answered. */
afterEach(async () => {
  const { status, text } = await send(`Action=GetCallerIdentity&${STS}`, { service: 'sts' })
  expect([status, text('Account')]).toEqual([200, account.accountId])
})

/** An answer of the protocol: a result, or an error that says that the sender is at fault and how. */
function expectAnswer({ status, xml, text }: Wire): void {
  if (status === 200) {
    expect(xml).toMatch(/^<[A-Za-z]+Response xmlns=/)
    return
  }
  expect([status, xml]).toEqual([expect.toSatisfy((is: number) => is >= 400 && is < 500), expect.any(String)])
  expect([text('Code'), text('Type')]).toEqual([expect.stringMatching(/^[A-Za-z]+$/), 'Sender'])
}

/** Dotted names that a parameter has on the wire, with numbers that a list should have and some that it should not. */
function namesOf(parameters: Parameters, prefix: string): fc.Arbitrary<string>[] {
  return Object.entries(parameters).flatMap(([name, parameter]) => namesIn(parameter, fc.constant(`${prefix}${name}`)))
}
function namesIn(parameter: Parameter, name: fc.Arbitrary<string>): fc.Arbitrary<string>[] {
  if (parameter.kind === 'list') {
    const member = fc.tuple(name, NUMBER).map(([list, number]) => `${list}.member.${number}`)
    return [name, ...namesIn(parameter.of, member)]
  }
  if (parameter.kind === 'structure')
    return Object.entries(parameter.members).flatMap(([of, inner]) =>
      namesIn(
        inner,
        name.map((whole) => `${whole}.${of}`),
      ),
    )
  return [name]
}
const NUMBER = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }).map(String) },
  fc.constantFrom('0', '-1', '00', '01', '1.5', '999999999', '1000000000', '99999999999999999999', 'x', '', '1e9'),
)

const VALUE = fc.oneof(
  fc.constantFrom(
    '',
    'alice',
    '*',
    '0',
    '-1',
    '1001',
    'true',
    'Inactive',
    '/',
    'arn:aws:iam::aws:policy/IAMFullAccess',
  ),
  fc.constantFrom(
    '{"Version":"2012-10-17","Statement":[]}',
    '__proto__',
    'constructor',
    '\u0000',
    '\uD83D\uDE00',
    '${x}',
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => Buffer.from(text).toString()),
)

/** A form for some action: its own parameters, others, twice, and with faults of writing. */
const FORM = fc
  .constantFrom(...SERVICES.flatMap((service) => service.operations.map((operation) => ({ service, operation }))))
  .chain(({ service, operation: { name, parameters = {} } }) =>
    fc
      .tuple(
        fc.array(
          fc.tuple(
            fc.oneof(
              { weight: 4, arbitrary: fc.oneof(fc.constant('MaxItems'), ...namesOf(parameters, '')) },
              fc.constantFrom(
                'Action',
                'Version',
                'Marker',
                '__proto__',
                'constructor.prototype',
                'Tags.entry.1',
                '.',
                'a..b',
              ),
              fc.string({ unit: 'grapheme', maxLength: 12 }),
            ),
            VALUE.map(encodeURIComponent),
          ),
          { maxLength: 12 },
        ),
        fc.boolean(),
      )
      .map(([pairs, first]) => {
        const action = `Action=${name}&Version=${service.version}`
        const rest = pairs.map(([key, value]) => `${encodeURIComponent(key)}=${value}`)
        return { service: service.name, body: (first ? [action, ...rest] : [...rest, action]).join('&') }
      }),
  )

describe('a signed request', () => {
  test(
    'with any parameters is carried out or refused',
    async () => {
      await fc.assert(
        fc.asyncProperty(FORM, async ({ service, body }) => expectAnswer(await send(body, { service }))),
        { numRuns: RUNS * 2 },
      )
    },
    TIMEOUT,
  )

  test(
    'that was cut, or has a byte too many, is carried out or refused',
    async () => {
      const fault = fc.constantFrom('%', '%2', '%zz', '&', '=', '%00', '%ff', '\u00ff', ';', '\r\n', '+')
      await fc.assert(
        fc.asyncProperty(
          FORM,
          fc.double({ min: 0, max: 1, noNaN: true }),
          fault,
          fc.boolean(),
          async (form, at, by, cut) => {
            const { service, body } = form
            const place = Math.floor(body.length * at)
            const bytes = Buffer.from(`${body.slice(0, place)}${by}${cut ? '' : body.slice(place)}`, 'latin1')
            expectAnswer(await send(bytes, { service }))
          },
        ),
        { numRuns: RUNS },
      )
    },
    TIMEOUT,
  )

  test(
    'of any bytes under any type is refused',
    async () => {
      const type = fc.oneof(
        fc.constantFrom(
          'application/x-www-form-urlencoded',
          'application/json',
          'application/x-amz-json-1.1',
          'text/xml',
        ),
        fc.constantFrom(
          'multipart/form-data; boundary=x',
          'application/x-www-form-urlencoded; charset=utf-16',
          '',
          ';',
        ),
      )
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), type, async (body, contentType) => {
          const wire = await send(body, { type: contentType })
          expectAnswer(wire)
          expect(wire.status).not.toBe(200)
        }),
        { numRuns: RUNS },
      )
    },
    TIMEOUT,
  )

  test.each([
    ['one long name', `Action=GetUser&Version=2010-05-08&${'a.'.repeat(4_990_000)}`],
    ['nothing between its separators', '&'.repeat(9_999_999)],
    ['as many parameters as there is room for', 'a=1&'.repeat(2_499_999)],
    [
      'a list as long as there is room for',
      `Action=UntagUser&Version=2010-05-08&${'TagKeys.member.1=&'.repeat(500_000)}`,
    ],
    ['escapes only', `Action=GetUser&Version=2010-05-08&UserName=${'%41'.repeat(3_300_000)}`],
    [
      'a policy without an end',
      `Action=CreatePolicy&Version=2010-05-08&PolicyName=p&PolicyDocument=${'['.repeat(9_900_000)}`,
    ],
  ])(
    'of ten million bytes with %s is carried out or refused',
    async (_what, body) => {
      expectAnswer(await send(body))
    },
    TIMEOUT,
  )
})

/** What comes back for bytes that no HTTP client would send; the sender says that it is done, or just stays. */
function raw(bytes: string, ends: boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(installation.url).port), '127.0.0.1')
    let answer = ''
    socket.setTimeout(SILENCE, () => socket.destroy(new Error(`There was no end after ${answer}`)))
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1')
    })
    socket.once('close', () => resolve(answer))
    // A server that has refused may close while the rest is still being sent.
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(answer) : reject(error),
    )
    if (ends) socket.end(bytes, 'latin1')
    else socket.write(bytes, 'latin1')
  })
}

const statusesOf = (answer: string) => [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))

describe('bytes on a socket', () => {
  const BODY = 'Action=GetCallerIdentity&Version=2011-06-15'
  const HEADERS = [
    'Host: localhost',
    'Host: iam.amazonaws.com',
    'Authorization: AWS4-HMAC-SHA256 Credential=AKIAQAAAAAAAAAAAAAAA/20260115/us-east-1/sts/aws4_request, SignedHeaders=host;x-amz-date, Signature=00',
    'Authorization: Bearer x',
    'Authorization:',
    'X-Amz-Date: 20260115T120000Z',
    'X-Amz-Date: 20990115T120000Z',
    'X-Amz-Security-Token: x',
    `Content-Length: ${BODY.length}`,
    'Content-Length: 0',
    'Content-Length: -1',
    'Content-Length: 99999999999999999999',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: identity, chunked',
    'Transfer-Encoding: xchunked',
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Type: text/plain',
    'Content-Encoding: gzip',
    'Expect: 100-continue',
    'Expect: something',
    'Upgrade: websocket',
    'Connection: close, upgrade',
    'X-Forwarded-For: 127.0.0.1',
    ' folded: yes',
    'Bad Name: x',
    'Nul: a\u0000b',
  ]

  test(
    'with headers of all kinds, twice and in any order, are refused, at most once each',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.constantFrom(...HEADERS), { maxLength: 10 }), async (headers) => {
          const statuses = statusesOf(await raw(`POST / HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${BODY}`, true))
          // Nobody has signed: there is no result, and no fault of the server.
          expect(statuses.every((status) => status === 100 || (status >= 400 && status < 500))).toBe(true)
          expect(statuses.filter((status) => status !== 100).length).toBeLessThanOrEqual(2)
        }),
        { numRuns: RUNS * 2 },
      )
    },
    TIMEOUT,
  )

  test.each([
    ['two hosts', 'Host: localhost\r\nHost: iam.amazonaws.com\r\n'],
    ['two authorizations', 'Host: localhost\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n'],
    ['no host', ''],
  ])('with %s are refused once', async (_what, headers) => {
    const answer = await raw(
      `POST / HTTP/1.1\r\n${headers}Connection: close\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`,
      false,
    )
    expect(statusesOf(answer)).toEqual([expect.toSatisfy((status: number) => status === 400 || status === 403)])
  })

  test(
    'in chunks, of which there are too many, are refused',
    async () => {
      const chunk = `100000\r\n${'a'.repeat(0x100000)}\r\n`
      const head = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n'
      const answer = await raw(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(12)}0\r\n\r\n`, false)
      expect(statusesOf(answer)).toEqual([413])
      expect(answer).toContain('<Code>PayloadTooLarge</Code>')
    },
    TIMEOUT,
  )
})
