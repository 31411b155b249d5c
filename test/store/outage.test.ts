import { expect, test } from 'vitest'
import { createOutageWatch } from '../../src/store/outage-watch.ts'
import { OutageError, outageOf } from '../../src/store/outage.ts'
import { askedOnce } from '../../src/store/asked-once.ts'
import { createSlots } from '../../src/store/slots.ts'

function coded(code: string, message = 'said by PostgreSQL'): Error {
  return Object.assign(new Error(message), { code })
}

test.each([
  ['a refused connection', coded('ECONNREFUSED'), 'away'],
  [
    'a host with two addresses that both refuse',
    new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]),
    'away',
  ],
  ['a connection that was reset', coded('ECONNRESET'), 'away'],
  ['a connection that ended', new Error('Connection terminated unexpectedly'), 'away'],
  ['a pool that got none', new Error('timeout exceeded when trying to connect'), 'away'],
  ['a server that is shut down', coded('57P01'), 'away'],
  ['a server that is starting', coded('57P03'), 'away'],
  ['a database that was dropped', coded('3D000'), 'away'],
  ['a protocol error of a connection', coded('08P01'), 'away'],
  ['as many connections as there may be', coded('53300'), 'busy'],
  ['a statement that took too long', coded('57014'), 'busy'],
  ['a lock that was not given', coded('55P03'), 'busy'],
  ['a deadlock', coded('40P01'), 'busy'],
  ['a transaction for which Prisma found no time', coded('P2028'), 'busy'],
  ['a full disk', coded('53100'), 'cannot-write'],
  ['a server that only reads', coded('25006'), 'cannot-write'],
  ['a file that is gone', coded('58P01'), 'damaged'],
  [
    'an adapter that keeps the kind only',
    Object.assign(new Error('x'), { cause: { kind: 'ConnectionClosed' } }),
    'away',
  ],
  ['an adapter that keeps the code', Object.assign(new Error('x'), { cause: { originalCode: '57P01' } }), 'away'],
])('%s is an outage', (_name, error, kind) => {
  expect(outageOf(error)?.kind).toBe(kind)
})

test.each([
  ['a row that is there already', coded('23505')],
  ['a column that is not', coded('42703')],
  ['a value that does not fit', coded('22P02')],
  ['a file of ours that is missing', coded('ENOENT')],
  ['a mistake of ours', new TypeError('x is undefined')],
  ['something that is no error', 'timeout expired'],
])('%s is none', (_name, error) => {
  expect(outageOf(error)).toBeNull()
})

test('an outage is logged once and then every ten seconds, with how many failed and what to do', async () => {
  const lines: [object, string][] = []
  let now = 0
  const watch = createOutageWatch({ info() {}, warn: (...line) => void lines.push(line) }, () => now)
  const fail = () => watch.guard(() => Promise.reject(coded('ECONNREFUSED')))
  for (let n = 0; n < 50; n++) await expect(fail()).rejects.toThrow(OutageError)
  now = 10_000
  await expect(fail()).rejects.toThrow(OutageError)
  expect(lines).toEqual([
    [
      expect.objectContaining({ outage: 'away', failures: 1, remedy: expect.stringContaining('PostgreSQL') }),
      expect.any(String),
    ],
    [expect.objectContaining({ outage: 'away', failures: 50 }), expect.any(String)],
  ])
})

test('a COMMIT without an answer is not called failed', async () => {
  const watch = createOutageWatch({ info() {}, warn() {} })
  const commit = watch.guard(() => Promise.reject(coded('ECONNRESET')), true)
  await expect(commit).rejects.toThrow('it may or may not have been made')
  const refused = watch.guard(() => Promise.reject(coded('53100')), true)
  await expect(refused).rejects.toThrow('cannot be written')
})

test('readiness that many ask for asks the database once, and says no when it is silent', async () => {
  let asked = 0
  const ready = askedOnce(() => {
    asked++
    return new Promise(() => {})
  }, 5)
  const answers = await Promise.allSettled([ready(), ready(), ready()])
  expect([asked, ...answers.map(({ status }) => status)]).toEqual([1, 'rejected', 'rejected', 'rejected'])
  await expect(ready()).rejects.toThrow(OutageError)
  expect(asked).toBe(1)
})

test('slots are given in the order of asking, and one that is given back twice counts once', async () => {
  const slots = createSlots(1)
  const order: string[] = []
  const first = await slots.take()
  const second = slots.take().then((release) => (order.push('second'), release))
  const third = slots.take().then((release) => (order.push('third'), release))
  first()
  first()
  const release = await second
  expect(order).toEqual(['second'])
  release()
  await third
  expect(order).toEqual(['second', 'third'])
})
