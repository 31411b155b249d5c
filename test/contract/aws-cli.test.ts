import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { presentClock } from '../aws-query/clients.ts'
import { type Account, type Installation, keyOf, openInstallation } from '../support/installation.ts'
import { enrol } from '../support/world.ts'
import { findTool, toolEnvironment } from './aws-tools.ts'
import type { Credentials } from './door.ts'

const run = promisify(execFile)
/** The program takes a second to start, and more on a busy machine. */
const TIMEOUT = 300_000

const MANAGE_OWN_KEYS = {
  action: [
    'iam:CreateAccessKey',
    'iam:DeleteAccessKey',
    'iam:GetAccessKeyLastUsed',
    'iam:GetUser',
    'iam:ListAccessKeys',
    'iam:TagUser',
    'iam:UpdateAccessKey',
  ],
  on: `arn:aws:iam::*:user/\${aws:username}`,
}

type Format = 'json' | 'table'

const FORMATS: readonly Format[] = ['json', 'table']

const there = findTool('awscli')

describe.runIf(there)('the aws CLI', () => {
  let installation: Installation
  let account: Account
  beforeAll(async () => {
    installation = await openInstallation({ clock: presentClock() })
    account = await installation.openAccount()
  })
  afterAll(() => installation.stop())

  /** Commands as they are documented, but for where they are sent: older versions take that from the command line only. */
  function cli(credentials: Credentials, output: Format) {
    const env = toolEnvironment(credentials)
    return async (command: string): Promise<string> => {
      const args = ['--endpoint-url', installation.url, ...command.split(' '), '--output', output]
      return (await run('aws', args, { env })).stdout
    }
  }

  const READ: Readonly<Record<Format, (stdout: string, member: string) => string>> = {
    json: memberOfJson,
    table: memberOfTable,
  }

  test.each(FORMATS)(
    'rotates the key of a user who may manage its own keys, printing %s',
    async (output) => {
      const userName = `rotator-${output}`
      const user = await account.user({ name: userName, path: '/', allow: [MANAGE_OWN_KEYS] })
      const old = keyOf(user.accessKeys[0]!)
      const asOld = cli(old, output)
      const read = READ[output]

      const made = await asOld('iam create-access-key')
      expect([read(made, 'UserName'), read(made, 'Status')]).toEqual([userName, 'Active'])
      const fresh = { accessKeyId: read(made, 'AccessKeyId'), secretAccessKey: read(made, 'SecretAccessKey') }
      const asFresh = cli(fresh, output)
      for (const { accessKeyId } of [old, fresh])
        expect(await asFresh('iam list-access-keys')).toMatch(pairs(output, accessKeyId, 'Active'))

      await installation.application.lastUsed.flush()
      const used = await asFresh(`iam get-access-key-last-used --access-key-id ${old.accessKeyId}`)
      expect([read(used, 'UserName'), read(used, 'ServiceName'), read(used, 'Region')]).toEqual([
        userName,
        'iam',
        'us-east-1',
      ])

      const update = `iam update-access-key --user-name ${userName} --access-key-id ${old.accessKeyId} --status`
      expect(await asFresh(`${update} Inactive`)).toBe('')
      expect(await asFresh(`iam list-access-keys --user-name ${userName}`)).toMatch(
        pairs(output, old.accessKeyId, 'Inactive'),
      )
      await expect(asOld('iam list-access-keys')).rejects.toMatchObject(
        failed('ListAccessKeys', 'InvalidClientTokenId', 'The security token included in the request is invalid.'),
      )
      await asFresh(`${update} Active`)
      expect(await asOld('iam list-access-keys')).toMatch(pairs(output, old.accessKeyId, 'Active'))
      await asFresh(`${update} Inactive`)
      expect(await asFresh(`iam delete-access-key --access-key-id ${old.accessKeyId}`)).toBe('')
      const left = await asFresh('iam list-access-keys')
      expect(left).toContain(fresh.accessKeyId)
      expect(left).not.toContain(old.accessKeyId)
    },
    TIMEOUT,
  )

  test.each(FORMATS)(
    'tells who signs, and whose a key is, printing %s',
    async (output) => {
      const allow = [{ action: 'sts:GetAccessKeyInfo' }]
      const user = await account.user({ name: `auditor-${output}`, path: '/staff/', allow })
      const key = keyOf(user.accessKeys[0]!)
      const aws = cli(key, output)
      const read = READ[output]
      const identity = await aws('sts get-caller-identity')
      expect([read(identity, 'UserId'), read(identity, 'Account'), read(identity, 'Arn')]).toEqual([
        user.id,
        account.accountId,
        user.arn,
      ])
      const info = await aws(`sts get-access-key-info --access-key-id ${key.accessKeyId}`)
      expect(read(info, 'Account')).toBe(account.accountId)
    },
    TIMEOUT,
  )

  test.each(FORMATS)(
    'makes temporary credentials with a one-time code, and signs with them, printing %s',
    async (output) => {
      const name = `mobile-${output}`
      const user = await account.user({
        name,
        allow: [{ action: 'iam:ListAccessKeys', when: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }],
      })
      const { serialNumber, code } = await enrol({ installation, root: account.root }, name, name)
      const aws = cli(keyOf(user.accessKeys[0]!), output)
      await expect(aws('iam list-access-keys')).rejects.toMatchObject(
        failed('ListAccessKeys', 'AccessDenied', `User: ${user.arn} is not authorized to perform: iam:ListAccessKeys`),
      )
      const issued = await aws(`sts get-session-token --serial-number ${serialNumber} --token-code ${code()}`)
      const read = READ[output]
      const session = {
        accessKeyId: read(issued, 'AccessKeyId'),
        secretAccessKey: read(issued, 'SecretAccessKey'),
        sessionToken: read(issued, 'SessionToken'),
      }
      expect(session.accessKeyId).toMatch(/^ASIA/)
      const listed = await cli(session, output)(`iam list-access-keys --user-name ${name}`)
      expect(listed).toContain(user.accessKeys[0]!.id)
    },
    TIMEOUT,
  )

  test(
    'is denied the keys of another user in the words of AWS',
    async () => {
      const user = await account.user({ name: 'alice', allow: [MANAGE_OWN_KEYS] })
      const bob = await account.user({ name: 'bob' })
      const aws = cli(keyOf(user.accessKeys[0]!), 'json')
      const theirs = `--user-name bob --access-key-id ${bob.accessKeys[0]!.id}`
      for (const [operation, command] of [
        ['CreateAccessKey', 'create-access-key --user-name bob'],
        ['ListAccessKeys', 'list-access-keys --user-name bob'],
        ['UpdateAccessKey', `update-access-key ${theirs} --status Inactive`],
        ['DeleteAccessKey', `delete-access-key ${theirs}`],
      ] as const)
        await expect(aws(`iam ${command}`)).rejects.toMatchObject(
          failed(
            operation,
            'AccessDenied',
            `User: ${user.arn} is not authorized to perform: iam:${operation} on resource: user bob because no identity-based policy allows the iam:${operation} action`,
          ),
        )
    },
    TIMEOUT,
  )
})

function failed(operation: string, code: string, message: string) {
  const told = `An error occurred (${code}) when calling the ${operation} operation: ${message}`
  return { stderr: expect.stringContaining(told) }
}

/** The first text of this name, however deep. */
function memberOfJson(stdout: string, member: string): string {
  let found: string | undefined
  JSON.parse(stdout, (name, value: unknown) => {
    if (name === member && typeof value === 'string') found ??= value
    return value
  })
  return present(found, stdout, member)
}

/** A member is either a row of its name and its value, or a column under its name. */
function memberOfTable(stdout: string, member: string): string {
  const rows = stdout.split('\n').map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .filter((cell) => cell !== ''),
  )
  for (const [at, row] of rows.entries()) {
    if (row.length === 2 && row[0] === member) return present(row[1], stdout, member)
    const column = row.indexOf(member)
    if (column >= 0)
      return present(rows.slice(at + 1).find(({ length }) => length === row.length)?.[column], stdout, member)
  }
  return present(undefined, stdout, member)
}

function present(value: string | undefined, stdout: string, member: string): string {
  if (value === undefined) throw new Error(`There is no ${member} in what the CLI printed:\n${stdout}`)
  return value
}

/** A list of keys in which this one has this status. */
function pairs(output: Format, accessKeyId: string, status: string): RegExp {
  return output === 'json'
    ? new RegExp(`"AccessKeyId": "${accessKeyId}",\\s+"Status": "${status}"`)
    : new RegExp(`^.*\\| +${accessKeyId} .*\\| +${status} +\\|.*$`, 'm')
}
