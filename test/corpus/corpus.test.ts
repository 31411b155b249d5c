import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, openInstallation } from '../support/installation.ts'
import { testRandom } from '../support/services.ts'
import { fetchDocument } from './identity-provider.ts'
import type { Exchange } from './exchange.ts'
import { missingFrom } from './coverage.ts'
import { leftBehind } from './left-behind.ts'
import { meetValue, recordingOf } from './recording.ts'
import { SCENARIOS } from './scenarios/index.ts'
import { openStage } from './stage.ts'

const RECORDINGS = path.join(import.meta.dirname, 'recordings')
const DAY = 86_400_000

// Where nobody says that this is CI, a recording that is missing would be written in silence.
const recorded = readdirSync(RECORDINGS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.replace(/\.txt$/, ''))
  .toSorted()

let installation: Installation
let days = 0
/** The bytes of a scenario are the same whatever ran before it: lists that are ordered by ids have one order. */
let random = testRandom('corpus')
const corpus: Exchange[] = []

beforeAll(async () => {
  // Budgets that a scenario used up are full again in the next one, whose clock begins where that of the last one began.
  installation = await openInstallation({
    fetchDocument,
    monotonic: () => days * DAY + installation.clock().getTime(),
    random: (bytes) => random(bytes),
  })
})

afterAll(() => installation.stop())

describe('the server answers as recorded', () => {
  test.each(Object.entries(SCENARIOS))('%s', async (name, play) => {
    days++
    random = testRandom(`corpus ${name}`)
    installation.clock.set('2026-01-15T12:00:00Z')
    await installation.db.throttle.deleteMany()
    const account = await installation.openAccount({ accountId: accountIdOf(name) })
    const stage = await openStage(installation, account)
    await play(stage)
    const left = await leftBehind(installation, account)
    meetValue(stage.standIns, '', left)
    corpus.push(...stage.exchanges)
    await expect(recordingOf(name, stage.exchanges, left, stage.standIns)).toMatchFileSnapshot(
      path.join(RECORDINGS, `${name}.txt`),
    )
  })
})

test('every field and every action is recorded, allowed and denied', () => {
  expect(missingFrom(corpus)).toEqual([])
})

test('there are hundreds of requests through both doors', () => {
  const doors = corpus.map(({ subject }) => subject?.door ?? 'protocol')
  expect(doors.filter((door) => door === 'graphql').length).toBeGreaterThan(400)
  expect(doors.filter((door) => door === 'aws').length).toBeGreaterThan(400)
})

test('every scenario had its recording before this run, and there are no others', () => {
  expect(recorded, 'A new one was written just now: look at it, and run again').toEqual(
    Object.keys(SCENARIOS).toSorted(),
  )
})

/** The same in each run, and another one for each scenario. */
function accountIdOf(name: string): string {
  return `3${String(createHash('sha256').update(name).digest().readUIntBE(0, 6)).padStart(11, '0').slice(-11)}`
}
