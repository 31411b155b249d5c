import { beforeEach, describe, expect, test } from 'vitest'
import { type Bucket, bucket } from '../../../src/iam/throttle/limits.ts'
import { forget, refund, reserve } from '../../../src/iam/throttle/reserve.ts'
import { addressGroup } from '../../../src/budget/address-group.ts'
import { freshDatabase } from '../../support/database.ts'
import { type TestServices, testServices } from '../../support/services.ts'

let services: TestServices
beforeEach(async () => {
  services = testServices(await freshDatabase())
})

const of = (id: string, attempts = 3, seconds = 60): Bucket => ({ id, attempts, seconds })
const tryIt = (...buckets: Bucket[]) =>
  reserve(services, buckets).then(
    () => 'counted',
    (error: unknown) => (error instanceof Error && 'details' in error ? error.details : error),
  )
const counts = async () =>
  Object.fromEntries((await services.db.throttle.findMany()).map((row) => [row.bucket, row.count]))

describe('a counter', () => {
  test('lets exactly so many attempts through in one window, and opens with the next', async () => {
    for (let n = 0; n < 3; n++) expect(await tryIt(of('a'))).toBe('counted')
    expect(await tryIt(of('a'))).toEqual({ retryAfterSeconds: 60 })
    services.clock.advance(59_001)
    expect(await tryIt(of('a'))).toEqual({ retryAfterSeconds: 1 })
    services.clock.advance(999)
    expect(await tryIt(of('a'))).toBe('counted')
    expect(await counts()).toEqual({ a: 1 })
  })

  test('lets exactly so many parallel attempts through', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => tryIt(of('a'), of('b', 50))))
    expect(outcomes.filter((outcome) => outcome === 'counted')).toHaveLength(3)
  })

  test('shared in different orders by parallel attempts does not deadlock them', async () => {
    const [a, b, c] = [of('a', 1000), of('b', 1000), of('c', 1000)]
    const orders = [
      [a, b, c],
      [c, b, a],
      [b, c],
      [c, a],
    ]
    const work = Array.from({ length: 40 }, async (_, n) => {
      const buckets = orders[n % 4]!
      await reserve(services, buckets)
      if (n % 2 === 0) await refund(services, buckets.toReversed())
    })
    await Promise.all(work)
    expect(await counts()).toEqual({ a: 20, b: 10, c: 20 })
  })

  test('that is full refuses the attempt for all, and it counts nowhere', async () => {
    const full = of('full', 1)
    await reserve(services, [full])
    expect(await tryIt(of('other'), full)).toEqual({ retryAfterSeconds: 60 })
    expect(await counts()).toEqual({ full: 1, other: 0 })
  })

  test('tells the longest of several waits', async () => {
    const [short, long] = [of('short', 0, 10), of('long', 0, 100)]
    expect(await tryIt(short, long)).toEqual({ retryAfterSeconds: 100 })
  })

  test('gets back what succeeded, and never goes below nothing', async () => {
    for (let n = 0; n < 10; n++) {
      await reserve(services, [of('a')])
      await refund(services, [of('a')])
    }
    await refund(services, [of('a'), of('never-seen')])
    expect(await counts()).toEqual({ a: 0 })
    await forget(services, [of('a')])
    expect(await counts()).toEqual({})
  })
})

test('rows that ran out are removed by those who come later', async () => {
  for (let n = 0; n < 30; n++) await reserve(services, [of(`old-${n}`)])
  services.clock.advance(60_000)
  await reserve(services, [of('new-1', 3, 600)])
  expect(await services.db.throttle.count()).toBe(11)
  await reserve(services, [of('new-2', 3, 600)])
  expect(Object.keys(await counts()).toSorted()).toEqual(['new-1', 'new-2'])
})

test('a bucket is named by a hash that depends on every part and on where the parts end', () => {
  const ids = [
    bucket('signInUser', 'ab', 'c'),
    bucket('signInUser', 'a', 'bc'),
    bucket('signInUser', 'abc'),
    bucket('mfaCode', 'ab', 'c'),
  ].map(({ id }) => id)
  expect(new Set(ids).size).toBe(4)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{64}$/)
})

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  [null, 'unknown'],
])('the address %s counts as %s', (address, group) => {
  expect(addressGroup(address)).toBe(group)
})
