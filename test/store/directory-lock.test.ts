import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DirectoryInUseError, lockDirectory } from '../../src/store/directory-lock.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const lockFile = () => path.join(temporaryDirectory(), 'pg.lock')

/** A holder never seen alive: every round of watching passes at once. */
const noPause = () => Promise.resolve()

/** What this process writes into a lock, for the tests to change. */
async function ownHolder(): Promise<Record<string, unknown>> {
  const file = lockFile()
  const lock = await lockDirectory(file)
  const holder: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'))
  lock.release()
  return holder
}

async function lockLeftBy(changes: Record<string, unknown>): Promise<string> {
  const file = lockFile()
  writeFileSync(file, JSON.stringify({ ...(await ownHolder()), token: 'of another', ...changes }))
  return file
}

/** A process that lives until the test ends. */
async function bystander(): Promise<number> {
  const child = spawn('sleep', ['60'])
  onTestFinished(() => void child.kill())
  await once(child, 'spawn')
  return child.pid!
}

describe('a second opening of the directory', () => {
  test('by the same process is refused, and possible after the release', async () => {
    const file = lockFile()
    const lock = await lockDirectory(file)
    await expect(lockDirectory(file)).rejects.toThrow(DirectoryInUseError)
    lock.release()
    lock.release()
    expect(existsSync(file)).toBe(false)
    const again = await lockDirectory(file)
    again.release()
  })

  test('is refused in one line that names the process and the file', async () => {
    const pid = await bystander()
    const start = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[19]
    const file = await lockLeftBy({ pid, processStart: start })
    await expect(lockDirectory(file)).rejects.toThrow(
      new RegExp(`^The data directory .+ is in use by process ${pid} \\(lock file ${file}\\)\\.$`),
    )
  })

  test('that meets ten at once lets exactly one through', async () => {
    const file = await lockLeftBy({ pid: await deadPid() })
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => lockDirectory(file)))
    const winners = results.filter((result) => result.status === 'fulfilled')
    expect(winners).toHaveLength(1)
    winners[0]!.value.release()
  })
})

describe('a lock is taken over', () => {
  test('when its process is gone', async () => {
    await expectTakeover(await lockLeftBy({ pid: await deadPid() }))
  })

  test('when its process id now belongs to a process that started at another time', async () => {
    await expectTakeover(await lockLeftBy({ pid: await bystander(), processStart: '1' }))
  })

  test('when its process id is ours, as happens in a container that starts again', async () => {
    await expectTakeover(await lockLeftBy({ pid: process.pid, processStart: '1' }))
  })

  test('when the machine was started anew since', async () => {
    await expectTakeover(await lockLeftBy({ pid: await bystander(), bootId: 'an earlier one' }))
  })

  test('when it comes from another container and is not touched any more', async () => {
    await expectTakeover(await lockLeftBy({ pidNamespace: 'pid:[1]' }))
  })

  test('when a crash left it half written', async () => {
    const file = lockFile()
    writeFileSync(file, '{"pid":')
    await expectTakeover(file)
  })
})

test('a lock of another container that is still touched is respected', async () => {
  const file = await lockLeftBy({ pidNamespace: 'pid:[1]', host: 'elsewhere', pid: 7 })
  let beats = 0
  const pause = async () => utimesSync(file, 1_000 + beats, 1_000 + beats++)
  await expect(lockDirectory(file, { pause })).rejects.toThrow('in use by process 7 on elsewhere')
})

async function expectTakeover(file: string): Promise<void> {
  const lock = await lockDirectory(file, { pause: noPause })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid })
  lock.release()
  expect(existsSync(file)).toBe(false)
}

async function deadPid(): Promise<number> {
  const child = spawn('true')
  await once(child, 'exit')
  return child.pid!
}
