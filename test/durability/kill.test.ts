import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../src/store/open.ts'
import { killRounds, type Story } from './kill-rounds.ts'
import { findHalfDone, readChanges } from './trail.ts'
import { createScratchDatabase, type ScratchDatabase } from './scratch-postgresql.ts'
import { buildServer } from './server-process.ts'

const POSTGRESQL = process.env.TEST_DATABASE_URL
/** The embedded database dies with the server; PostgreSQL only sees a connection break, so a few rounds show it. */
const ROUNDS = POSTGRESQL === undefined ? 20 : 3
const TIMEOUT = 600_000

describe(`a server that is killed ${ROUNDS} times in the middle of changes`, () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'latchkey-'))
  let scratch: ScratchDatabase | null = null
  let story: Story
  let database: Database

  beforeAll(async () => {
    await buildServer()
    scratch = POSTGRESQL === undefined ? null : await createScratchDatabase(POSTGRESQL, 'kill')
    const env = { LATCHKEY_DATA_DIR: dataDir, ...(scratch && { DATABASE_URL: scratch.url }) }
    story = await killRounds({ rounds: ROUNDS, env, seed: 'kill -9' })
    database = await openDatabase({ databaseUrl: scratch?.url, dataDir, log: { info() {}, warn() {} } })
  }, TIMEOUT)

  afterAll(async () => {
    await database?.close()
    await scratch?.drop()
    rmSync(dataDir, { recursive: true, force: true })
  }, TIMEOUT)

  test('was in the middle of changes each time', () => {
    expect(story.cutOff).toHaveLength(ROUNDS)
    expect(Math.min(...story.cutOff)).toBeGreaterThan(0)
  })

  test('shows every change that it had answered for, and the one that it had not answered for whole or not at all', () => {
    expect(story.differences).toEqual([])
  })

  test('has one event in the audit trail for every change that it had answered for, with the id of the request', async () => {
    const changes = await readChanges(database.pool, story.accountId)
    const answered = story.acknowledged.map(({ requestId, action }) => `${requestId} ${action}`)
    expect(new Set(changes).size).toBe(changes.length)
    expect(answered.filter((change) => !changes.includes(change))).toEqual([])
    const lost = story.cutOff.reduce((sum, count) => sum + count, 0)
    expect(changes.length - answered.length).toBeLessThanOrEqual(lost)
  })

  test('has left no change half done', async () => {
    expect(await findHalfDone(database.pool)).toEqual({})
  })
})
