import { execFile, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { blocksOf } from '../../scripts/readme/blocks.ts'
import { BUILT_IN_POLICIES } from '../../src/iam/policies/built-in/index.ts'
import { ensureBuiltInPolicies } from '../../src/store/built-in-policies.ts'
import { presentClock } from '../aws-query/clients.ts'
import { toolEnvironment } from '../contract/aws-tools.ts'
import { type Account, type Installation, keyOf, openInstallation } from '../support/installation.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const run = promisify(execFile)
const ROOT = path.join(import.meta.dirname, '../..')
/** Each task is a program that starts. */
const TIMEOUT = { timeout: 600_000 }
/** Modules run in a Python that has boto3, which is not the first one that Ansible finds everywhere. */
const python = spawnSync('python3', ['-c', 'import sys, boto3; print(sys.executable)'], { encoding: 'utf8' })
const there = python.status === 0 && spawnSync('ansible-playbook', ['--version']).status === 0

test('Ansible is there, or what needs it is left out', () => {
  if (!there)
    console.warn('ansible or boto3 is missing: apt-get install ansible python3-boto3. Their tests are left out.')
})

describe.runIf(there)('the playbook of docs/terraform.md', () => {
  let installation: Installation
  let account: Account
  beforeAll(async () => {
    installation = await openInstallation({ clock: presentClock() })
    account = await installation.openAccount()
    await ensureBuiltInPolicies(installation.services, BUILT_IN_POLICIES)
  })
  afterAll(() => installation.stop())

  function playbook() {
    const directory = temporaryDirectory()
    const file = path.join(directory, 'playbook.yml')
    const [source] = blocksOf(ROOT, 'docs/terraform.md').filter(({ language }) => language === 'yaml')
    writeFileSync(file, source!.text)
    const env = {
      ...toolEnvironment(keyOf(account.rootKey)),
      ANSIBLE_LOCALHOST_WARNING: 'false',
      LC_ALL: 'C.UTF-8',
    }
    return async (state: string) => {
      const given = [
        '--extra-vars',
        `state=${state} latchkey=${installation.url} ansible_python_interpreter=${python.stdout.trim()}`,
      ]
      // What failed is told in the output: the error has the command only.
      const { stdout } = await run('ansible-playbook', [file, ...given], { cwd: directory, env }).catch(
        (error) => error,
      )
      return stdout.replaceAll(/ +/g, ' ')
    }
  }

  test('makes what it says, changes nothing the second time, and takes it away again', TIMEOUT, async () => {
    const play = playbook()
    const { db } = installation
    const where = { accountId: account.accountId }
    expect(await play('present')).toMatch(/ok=4 changed=4 .* failed=0/)
    const members = await db.groupMember.findMany({ where, select: { user: { select: { name: true } } } })
    expect(members.map(({ user }) => user.name).toSorted()).toEqual(['ansible-carol', 'ansible-dave'])
    expect(await db.instanceProfile.findFirst({ where, include: { role: true } })).toMatchObject({
      name: 'release',
      role: { name: 'release' },
    })
    expect(await play('present')).toMatch(/ok=4 changed=0 .* failed=0/)
    expect(await play('absent')).toMatch(/ok=4 changed=4 .* failed=0/)
    expect(await play('absent')).toMatch(/ok=4 changed=0 .* failed=0/)
    const rest = await Promise.all([
      db.user.count({ where: { ...where, root: false } }),
      db.group.count({ where }),
      db.role.count({ where }),
      db.policy.count({ where: { ...where, builtIn: false } }),
      db.instanceProfile.count({ where }),
    ])
    expect(rest).toEqual([0, 0, 0, 0, 0])
  })
})
