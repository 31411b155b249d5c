import { describe, expect, test } from 'vitest'
import { type ChangeLimits, createChangeQueue } from '../../src/iam/change-queue.ts'

const NOT_BEGUN = { code: 'ServiceUnavailable', httpStatus: 503, details: { retryAfterSeconds: 2 } }

/** A queue whose turns end when the test says so. */
function openQueue({ connections = 2, ...limits }: Partial<ChangeLimits> & { connections?: number } = {}) {
  let now = 0
  const queue = createChangeQueue({
    now: () => now,
    connections,
    limits: { waiting: 100, waitMs: 10_000, ...limits },
  })
  const begun: string[] = []
  const refused: string[] = []
  const ends: (() => void)[] = []
  const endTurn = async () => {
    ends.shift()?.()
    await settled()
  }
  return {
    queue,
    begun,
    refused,
    later: (ms: number) => void (now += ms),
    /** Sends a change that is known by its name. */
    send: (name: string, caller = name, accountId = 'one') => {
      const work = () =>
        new Promise<void>((end) => {
          begun.push(name)
          ends.push(end)
        })
      return queue.run({ accountId, caller }, work).catch((error: unknown) => {
        expect(error).toMatchObject(NOT_BEGUN)
        refused.push(name)
      })
    },
    /** Ends the oldest turn, and lets what follows from that happen. */
    endTurn,
    endAll: async () => {
      await settled()
      while (ends.length > 0) await endTurn()
    },
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))
const names = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`)

describe('changes of one account', () => {
  test('happen one at a time, in the order in which they came', async () => {
    const { send, begun, endTurn, endAll } = openQueue()
    for (const name of ['a', 'b', 'c']) void send(name, 'somebody')
    await settled()
    expect(begun).toEqual(['a'])
    await endTurn()
    expect(begun).toEqual(['a', 'b'])
    await endAll()
    expect(begun).toEqual(['a', 'b', 'c'])
  })

  test('go on after one that failed', async () => {
    const { queue } = openQueue()
    const taker = { accountId: 'one', caller: 'somebody' }
    const failing = queue.run(taker, () => Promise.reject(new Error('broken')))
    const next = queue.run(taker, async () => 'done')
    await expect(failing).rejects.toThrow('broken')
    expect([await next, queue.waiting]).toEqual(['done', 0])
  })

  test('are taken from all callers in turn, however many one of them sent', async () => {
    const { send, begun, endAll } = openQueue({ waiting: 500 })
    for (const name of names('busy', 200)) void send(name, 'busy')
    for (const name of names('other', 3)) void send(name, 'other')
    void send('single')
    await endAll()
    expect(begun.slice(0, 6)).toEqual(['busy0', 'busy1', 'other0', 'single', 'busy2', 'other1'])
    expect(begun).toHaveLength(204)
  })

  test('that are too many are refused before they begin, the latest of who has most waiting first', async () => {
    const { send, begun, refused, endAll } = openQueue({ waiting: 4 })
    for (const name of names('busy', 6)) void send(name, 'busy')
    void send('other0', 'other')
    void send('other1', 'other')
    void send('other2', 'other')
    await endAll()
    expect(refused.toSorted()).toEqual(['busy3', 'busy4', 'busy5', 'other2'])
    expect(begun).toEqual(['busy0', 'busy1', 'other0', 'busy2', 'other1'])
  })

  test('that waited too long are refused before they begin, also while no turn ends', async () => {
    const { queue, send, begun, refused, later, endTurn } = openQueue()
    void send('long')
    void send('late')
    later(9_000)
    void send('in time')
    later(1_000)
    await expect.poll(() => refused).toEqual(['late'])
    expect([begun, queue.waiting]).toEqual([['long'], 1])
    later(9_000)
    await endTurn()
    expect([begun, refused]).toEqual([['long'], ['late', 'in time']])
    void send('next')
    await settled()
    expect(begun).toEqual(['long', 'next'])
  })
})

describe('changes of several accounts', () => {
  test('happen side by side on half of the connections, and accounts take turns for those', async () => {
    const { send, begun, endTurn, endAll } = openQueue({ connections: 5 })
    for (const account of ['a', 'b', 'c']) {
      for (const n of [0, 1]) void send(`${account}${n}`, 'somebody', account)
    }
    await settled()
    expect(begun).toEqual(['a0', 'b0'])
    await endTurn()
    expect(begun).toEqual(['a0', 'b0', 'c0'])
    await endAll()
    expect(begun).toEqual(['a0', 'b0', 'c0', 'a1', 'b1', 'c1'])
  })

  test('wait for the lock of the account one ahead, where there are connections enough', async () => {
    const { send, begun, endTurn, endAll } = openQueue({ connections: 8 })
    for (const n of [0, 1, 2]) void send(`a${n}`, 'somebody', 'a')
    for (const n of [0, 1, 2]) void send(`b${n}`, 'somebody', 'b')
    await settled()
    expect(begun).toEqual(['a0', 'a1', 'b0', 'b1'])
    await endTurn()
    expect(begun).toEqual(['a0', 'a1', 'b0', 'b1', 'a2'])
    await endAll()
    expect(begun).toHaveLength(6)
  })

  test('happen one at a time on one connection, and none with a second one', async () => {
    const { queue, send, begun, endAll } = openQueue({ connections: 1 })
    void send('a', 'somebody', 'a')
    void send('b', 'somebody', 'b')
    await settled()
    expect([begun, queue.spareConnection]).toEqual([['a'], false])
    await endAll()
    expect(begun).toEqual(['a', 'b'])
  })
})
