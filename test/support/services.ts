import { createHash } from 'node:crypto'
import { createBudgets } from '../../src/budget/index.ts'
import type { PrismaClient } from '../../src/generated/prisma/client.ts'
import { createEventTally, type EventTally } from '../../src/iam/audit/event-tally.ts'
import type { Services } from '../../src/iam/call.ts'
import { createChangeQueue } from '../../src/iam/change-queue.ts'
import { createSecretBox } from '../../src/store/secret-box.ts'

/** A clock that stands still until a test moves it. */
export interface TestClock {
  (): Date
  set(time: Date | string): void
  advance(milliseconds: number): void
}

export interface TestServices extends Services {
  readonly clock: TestClock
  readonly tally: EventTally
}

const MASTER_KEY = createHash('sha256').update('the master key of the tests').digest()
const NEVER_BY_ITSELF = 2 ** 30
let servicesMade = 0

/**
 * Everything that an operation uses: the given database, a clock that stands at 2026-01-15T12:00:00Z, randomness that is the
 * same in every run, and a box that really encrypts. Two calls in one process draw different random bytes.
 */
export function testServices({
  db,
  ...overrides
}: { readonly db: PrismaClient } & Partial<TestServices>): TestServices {
  const random = testRandom(`services ${++servicesMade}`)
  const { clock = testClock() } = overrides
  const log = { warn: () => {} }
  return {
    db,
    clock,
    random,
    budgets: createBudgets({ now: () => clock().getTime() }),
    tally: createEventTally({ db, clock, random, log, flushEveryMs: NEVER_BY_ITSELF, notesEveryMs: NEVER_BY_ITSELF }),
    changes: createChangeQueue({ now: () => clock().getTime(), connections: 1 }),
    secrets: createSecretBox({ current: 'test', keys: new Map([['test', MASTER_KEY]]) }, random),
    ...overrides,
  }
}

export function testClock(start: Date | string = '2026-01-15T12:00:00Z'): TestClock {
  let now = new Date(start)
  return Object.assign(() => new Date(now), {
    set: (time: Date | string) => void (now = new Date(time)),
    advance: (milliseconds: number) => void (now = new Date(now.getTime() + milliseconds)),
  })
}

/** Bytes that follow from the seed: SHA-256 in counter mode. */
export function testRandom(seed: string): (bytes: number) => Buffer {
  let counter = 0
  return (bytes) => {
    const blocks: Buffer[] = []
    for (let length = 0; length < bytes; length += 32) {
      blocks.push(createHash('sha256').update(`${seed} ${counter++}`).digest())
    }
    return Buffer.concat(blocks).subarray(0, bytes)
  }
}
