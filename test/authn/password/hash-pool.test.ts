import { expect, test } from 'vitest'
import { createHashPool, TooManyHashes } from '../../../src/authn/password/hash-pool.ts'

/** Work that lasts until it is let go. */
function held() {
  const release: (() => void)[] = []
  let running = 0
  let most = 0
  return {
    most: () => most,
    work: async () => {
      most = Math.max(most, ++running)
      await new Promise<void>((resolve) => release.push(resolve))
      running--
    },
    finish: async () => {
      while (release.length > 0) {
        release.shift()?.()
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}

test('no more hashes are made at once than the pool allows, and all that wait are made', async () => {
  const pool = createHashPool({ atOnce: 2, waiting: 10, waitingPerAddress: 10 })
  const { work, most, finish } = held()
  const all = Array.from({ length: 12 }, () => pool.run('192.0.2.1', work))
  await finish()
  await Promise.all(all)
  expect(most()).toBe(2)
})

test('whoever comes when too many wait is told to come back, at once', async () => {
  const pool = createHashPool({ atOnce: 1, waiting: 3, waitingPerAddress: 3 })
  const { work, finish } = held()
  const addresses = ['a', 'b', 'c', 'd'].map((from) => pool.run(from, work))
  const refused = await pool.run('e', work).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(TooManyHashes)
  expect(refused).toMatchObject({ code: 'ServiceUnavailable', httpStatus: 503, details: { retryAfterSeconds: 1 } })
  const own = pool.run(null, work)
  await finish()
  await Promise.all([...addresses, own])
})

test('one address cannot take the places of all others', async () => {
  const pool = createHashPool({ atOnce: 1, waiting: 10, waitingPerAddress: 2 })
  const { work, finish } = held()
  const outcomes = Array.from({ length: 20 }, () =>
    pool.run('attacker', work).then(
      () => 'made',
      () => 'refused',
    ),
  )
  const owner = pool.run('owner', work).then(() => 'made')
  await finish()
  expect((await Promise.all(outcomes)).filter((one) => one === 'made')).toHaveLength(3)
  expect(await owner).toBe('made')
})

test('a hash that fails makes room for the next', async () => {
  const pool = createHashPool({ atOnce: 1, waiting: 1, waitingPerAddress: 1 })
  const failing = pool.run('a', () => Promise.reject(new Error('broken')))
  const next = pool.run('a', async () => 'made')
  await expect(failing).rejects.toThrow('broken')
  expect(await next).toBe('made')
})
