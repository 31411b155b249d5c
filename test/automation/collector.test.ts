import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { AWS_NAMES } from '../../src/access/aws-names.ts'
import { presentClock } from '../aws-query/clients.ts'
import { findTool, toolEnvironment } from '../contract/aws-tools.ts'
import { type Account, type Installation, keyOf, openInstallation } from '../support/installation.ts'
import { openWorld } from '../support/world.ts'

const run = promisify(execFile)
const TIMEOUT = { timeout: 300_000 }
const Collected = z.object({
  answers: z.record(z.string(), z.number()),
  refused: z.array(z.tuple([z.string(), z.string()])),
})
const there = findTool('python3-boto3')

describe.runIf(there)('a collector with boto3', () => {
  let installation: Installation
  let account: Account
  beforeAll(async () => {
    installation = await openInstallation({ clock: presentClock() })
    ;({ account } = await openWorld(installation))
  })
  afterAll(() => installation.stop())

  test(
    'reads an account whole: every list is answered that is offered, and what is not says why',
    TIMEOUT,
    async () => {
      await account.root('mutation { generateCredentialReport { state } }')
      await installation.application.credentialReports.settled()
      const script = path.join(import.meta.dirname, 'collector.py')
      const { stdout } = await run('python3', [script, installation.url], {
        env: toolEnvironment(keyOf(account.rootKey)),
      })
      const { answers, refused } = Collected.parse(JSON.parse(stdout))
      const reads = AWS_NAMES.filter(({ service, name }) => service === 'iam' && /^(?:List|Get)/.test(name))
      const notOffered = new Set(reads.filter((one) => one.notOffered !== null).map(({ name }) => name))
      const surprising = refused.filter(([operation, code]) => !(notOffered.has(operation) || isMeant(operation, code)))
      expect(surprising).toEqual([])
      const lists = reads.filter(({ name, notOffered: reason }) => name.startsWith('List') && reason === null)
      expect(lists.map(({ name }) => name).filter((name) => answers[name] === undefined)).toEqual([])
    },
  )
})

/** Not all of what is asked for is there: a password, rules for passwords, a device of the caller itself. */
const MEANT = ['GetAccountPasswordPolicy', 'GetLoginProfile', 'GetMFADevice']

function isMeant(operation: string, code: string): boolean {
  return code === 'NoSuchEntity' && MEANT.includes(operation)
}
