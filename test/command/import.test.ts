import { GetAccountAuthorizationDetailsCommand } from '@aws-sdk/client-iam'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { carryOut } from '../../src/command/import/carry-out.ts'
import { namesHere } from '../../src/command/import/import.ts'
import { planImport } from '../../src/command/import/plan.ts'
import { presentDetails } from '../../src/command/import/present-details.ts'
import { readDetails } from '../../src/command/import/read-details.ts'
import { BUILT_IN_POLICIES } from '../../src/iam/policies/built-in/index.ts'
import { ensureBuiltInPolicies } from '../../src/store/built-in-policies.ts'
import { iamOf, presentClock } from '../aws-query/clients.ts'
import { openWorld } from '../support/world.ts'
import { type Account, type Installation, openInstallation } from '../support/installation.ts'
import { latchkey } from '../support/run-command.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

let installation: Installation
beforeAll(async () => {
  installation = await openInstallation({ clock: presentClock() })
})
afterAll(() => installation.stop())

async function newAccount(): Promise<Account> {
  const account = await installation.openAccount()
  await ensureBuiltInPolicies(installation.services, BUILT_IN_POLICIES)
  return account
}

function fileOf(details: object): string {
  const file = path.join(temporaryDirectory(), 'details.json')
  writeFileSync(file, JSON.stringify(details))
  return file
}

async function planFor({ accountId }: Account, file: string) {
  const { db } = installation
  const present = await presentDetails({ db, principal: { accountId } })
  return planImport(accountId, readDetails(file, accountId), present, await namesHere(db, accountId))
}

async function importInto(account: Account, file: string) {
  const { steps } = await planFor(account, file)
  return await carryOut(steps, installation.services, account.accountId)
}

const SOURCE = '111122223333'
const document = (statement: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })
const arn = (rest: string, account = SOURCE) => `arn:aws:iam::${account}:${rest}`
const trusting = (principal: object) => document({ Principal: principal, Action: 'sts:AssumeRole' })

/** As the aws CLI prints it: documents are objects. */
const DETAILS = {
  UserDetailList: [
    {
      Path: '/staff/',
      UserName: 'Alice',
      UserId: 'AIDAOFTHESOURCE000001',
      Arn: arn('user/staff/Alice'),
      UserPolicyList: [
        {
          PolicyName: 'own',
          PolicyDocument: document({ Action: 'iam:*AccessKey*', Resource: arn('user/${aws:username}') }),
        },
      ],
      GroupList: ['Crew'],
      AttachedManagedPolicies: [
        { PolicyName: 'IAMReadOnlyAccess', PolicyArn: arn('policy/IAMReadOnlyAccess', 'aws') },
        { PolicyName: 'AmazonS3FullAccess', PolicyArn: arn('policy/AmazonS3FullAccess', 'aws') },
      ],
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn('policy/team/Limit') },
      Tags: [{ Key: 'team', Value: 'red' }],
    },
  ],
  GroupDetailList: [
    {
      Path: '/',
      GroupName: 'Crew',
      Arn: arn('group/Crew'),
      GroupPolicyList: [],
      AttachedManagedPolicies: [{ PolicyName: 'Gone', PolicyArn: arn('policy/Gone') }],
    },
  ],
  RoleDetailList: [
    {
      Path: '/',
      RoleName: 'First',
      Arn: arn('role/First'),
      AssumeRolePolicyDocument: trusting({ AWS: [arn('role/Second'), arn('root'), arn('user/staff/Alice')] }),
      RolePolicyList: [],
      AttachedManagedPolicies: [],
      InstanceProfileList: [{ Path: '/', InstanceProfileName: 'Web', Arn: arn('instance-profile/Web'), Roles: [] }],
      Tags: [],
    },
    {
      Path: '/',
      RoleName: 'Second',
      Arn: arn('role/Second'),
      AssumeRolePolicyDocument: trusting({ AWS: arn('role/First'), Service: 'ec2.amazonaws.com' }),
    },
    {
      Path: '/',
      RoleName: 'Partner',
      Arn: arn('role/Partner'),
      AssumeRolePolicyDocument: trusting({ AWS: arn('root', '999988887777') }),
    },
    {
      Path: '/aws-service-role/support.amazonaws.com/',
      RoleName: 'AWSServiceRoleForSupport',
      Arn: arn('role/aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport'),
      AssumeRolePolicyDocument: trusting({ Service: 'support.amazonaws.com' }),
    },
  ],
  Policies: [
    {
      PolicyName: 'Limit',
      Path: '/team/',
      Arn: arn('policy/team/Limit'),
      PolicyVersionList: [
        {
          Document: document({ Action: 'sqs:*', Resource: `arn:aws:sqs:us-east-1:${SOURCE}:jobs` }),
          VersionId: 'v12',
          IsDefaultVersion: true,
        },
        { Document: document({ Action: 'sqs:Send*', Resource: '*' }), VersionId: 'v9', IsDefaultVersion: false },
      ],
    },
    {
      PolicyName: 'AmazonS3FullAccess',
      Path: '/',
      Arn: arn('policy/AmazonS3FullAccess', 'aws'),
      PolicyVersionList: [
        { Document: document({ Action: 's3:*', Resource: '*' }), VersionId: 'v2', IsDefaultVersion: true },
      ],
    },
  ],
}

describe('an account of AWS', () => {
  test('is made here with everything that can be, and what cannot is said', async () => {
    const account = await newAccount()
    const file = fileOf(DETAILS)
    const { differences } = await planFor(account, file)
    expect(differences.map(({ subject, what }) => `${subject} ${what}`)).toEqual([
      `policy AmazonS3FullAccess of AWS does not come built in: it is ${account.arn('policy/AmazonS3FullAccess')} here`,
      `group Crew has ${account.arn('policy/Gone')} in the file, which is neither there nor here`,
      'role AWSServiceRoleForSupport belongs to a service of AWS and is left out',
    ])
    const { refused, left } = await importInto(account, file)
    expect(refused).toEqual([
      expect.stringMatching(
        /^role Partner gets its trust policy: MalformedPolicyDocument: Invalid principal in policy/,
      ),
    ])
    expect(left).toBe(0)
    const { users, groups, roles, policies } = await presentDetails({
      db: installation.db,
      principal: { accountId: account.accountId },
    })
    expect(users).toEqual([
      {
        name: 'Alice',
        path: '/staff/',
        groups: ['Crew'],
        tags: [{ key: 'team', value: 'red' }],
        boundary: account.arn('policy/team/Limit'),
        attached: [account.arn('policy/AmazonS3FullAccess'), arn('policy/IAMReadOnlyAccess', 'aws')],
        inline: [{ name: 'own', document: expect.stringContaining(account.arn('user/${aws:username}')) }],
      },
    ])
    expect(groups).toMatchObject([{ name: 'Crew', attached: [] }])
    const [first, , second] = roles
    expect(JSON.parse(first!.trust)).toEqual(
      trusting({ AWS: [account.arn('role/Second'), account.arn('root'), account.arn('user/staff/Alice')] }),
    )
    expect(first!.profiles).toEqual([{ name: 'Web', path: '/' }])
    expect(JSON.parse(second!.trust)).toEqual(
      trusting({ AWS: account.arn('role/First'), Service: 'ec2.amazonaws.com' }),
    )
    // Queues are where they were: the account of their ARN is that of AWS.
    const limit = policies.find(({ name }) => name === 'Limit')
    expect(limit?.versions.map(({ document: text, inForce }) => [JSON.parse(text), inForce])).toEqual([
      [document({ Action: 'sqs:Send*', Resource: '*' }), false],
      [document({ Action: 'sqs:*', Resource: `arn:aws:sqs:us-east-1:${SOURCE}:jobs` }), true],
    ])
  })

  test('makes nobody without the boundary that is said, who could do more then', async () => {
    const account = await newAccount()
    const unlimited = { PolicyName: 'all', PolicyDocument: document({ Action: '*', Resource: '*' }) }
    const PermissionsBoundary = { PermissionsBoundaryArn: arn('policy/Gone') }
    const role = { RoleName: 'R', Arn: arn('role/R'), AssumeRolePolicyDocument: trusting({ AWS: SOURCE }) }
    const file = fileOf({
      UserDetailList: [{ UserName: 'U', Arn: arn('user/U'), UserPolicyList: [unlimited], PermissionsBoundary }],
      RoleDetailList: [{ ...role, RolePolicyList: [unlimited], PermissionsBoundary }],
    })
    const { steps, differences } = await planFor(account, file)
    const gone = `is left out: its permissions boundary ${account.arn('policy/Gone')} is neither in the file nor here`
    expect([steps, differences.map(({ subject, what }) => `${subject} ${what}`)]).toEqual([
      [],
      [`user U ${gone}`, `role R ${gone}`],
    ])
  })

  test('is not made twice: only what was refused is tried again', async () => {
    const account = await newAccount()
    const file = fileOf(DETAILS)
    await importInto(account, file)
    const epoch = (await installation.db.account.findUniqueOrThrow({ where: { id: account.accountId } })).policyEpoch
    const { steps } = await planFor(account, file)
    expect(steps.map(({ subject, change }) => `${subject} ${change}`)).toEqual(['role Partner gets its trust policy'])
    await importInto(account, file)
    const later = (await installation.db.account.findUniqueOrThrow({ where: { id: account.accountId } })).policyEpoch
    expect(later).toBe(epoch)
  })

  test('that changed since is followed, and nothing that is here is deleted', async () => {
    const account = await newAccount()
    await importInto(account, fileOf(DETAILS))
    await account.createTestUser({ name: 'Bob' })
    const changed = structuredClone(DETAILS)
    const [alice] = changed.UserDetailList
    alice!.Path = '/former/'
    alice!.Tags = [{ Key: 'TEAM', Value: 'blue' }]
    alice!.UserPolicyList = []
    alice!.GroupList = []
    changed.Policies[0]!.PolicyVersionList[0]!.Document = document({ Action: 'sqs:Get*', Resource: '*' })
    const { steps, differences } = await planFor(account, fileOf(changed))
    expect(steps.map(({ subject, change }) => `${subject} ${change}`)).toEqual([
      'policy Limit gets a new version, which is put in force',
      'user Alice moves to /former/',
      'user Alice gets its tags',
      'role Partner gets its trust policy',
    ])
    const told = differences.map(({ subject, what }) => `${subject} ${what}`)
    expect(told).toEqual(
      expect.arrayContaining(['user Alice has own, which the file does not say', 'user Bob is not in the file']),
    )
  })
})

test('an account of ours comes over whole through the AWS protocol, and is then no different', async () => {
  const { account: from } = await openWorld(installation)
  const to = await newAccount()
  const iam = iamOf(installation, from.rootKey)
  const { $metadata: _, ...details } = await iam.send(new GetAccountAuthorizationDetailsCommand({ MaxItems: 1000 }))
  const file = fileOf(details)
  expect(await importInto(to, file)).toMatchObject({ refused: [], left: 0 })
  expect((await planFor(to, file)).steps).toEqual([])
  const read = ({ accountId }: Account) => presentDetails({ db: installation.db, principal: { accountId } })
  const [there, here] = [await read(from), await read(to)]
  const moved = JSON.stringify(there.users).replaceAll(from.accountId, to.accountId)
  expect(here.users).toEqual(JSON.parse(moved))
  expect(here.roles.map(({ name }) => name)).toEqual(there.roles.map(({ name }) => name))
})

// It opens an embedded database of its own.
describe.runIf(process.env.TEST_DATABASE_URL === undefined)('the command', () => {
  const TIMEOUT = { timeout: 120_000 }

  test('lists what it would do, and does it with --apply', TIMEOUT, async () => {
    const env = { LATCHKEY_DATA_DIR: path.join(temporaryDirectory(), 'data') }
    const account = '123456789012'
    const made = await latchkey(['seed'], { ...env, LATCHKEY_ACCOUNT_ID: account })
    expect(made.code).toBe(0)
    const run = (...more: string[]) => latchkey(['import', fileOf(DETAILS), '--account', account, ...more], env)
    const dry = await run()
    expect([dry.code, dry.err]).toEqual([0, ''])
    expect(dry.out).toContain('+ user Alice is made\n')
    expect(dry.out).toContain('Nothing was changed: --apply makes the changes.\n')
    const applied = await run('--apply')
    expect(applied.code).toBe(1)
    expect(applied.err).toMatch(/^! role Partner gets its trust policy: MalformedPolicyDocument: .*\n$/)
    expect(applied.out).toMatch(/changes made, 1 refused, 0 not tried\.\n$/)
    expect((await run()).out).toContain('\n1 change, ')
  })

  test('prints nothing that steers a terminal, and survives documents that are none', TIMEOUT, async () => {
    const env = { LATCHKEY_DATA_DIR: path.join(temporaryDirectory(), 'data') }
    const account = '123456789012'
    expect((await latchkey(['seed'], { ...env, LATCHKEY_ACCOUNT_ID: account })).code).toBe(0)
    const file = fileOf({
      UserDetailList: [
        { UserName: 'a\u001b[2J\u202eb', Arn: arn('user/x'), UserPolicyList: [] },
        { UserName: 'olivia', Arn: arn('user/olivia'), UserPolicyList: [{ PolicyName: 'p', PolicyDocument: 'none' }] },
      ],
    })
    for (const apply of [[], ['--apply'], ['--apply']]) {
      const { out, err } = await latchkey(['import', file, '--account', account, ...apply], env)
      expect(out).toContain(String.raw`+ user a\u{1b}[2J\u{202e}b is made`)
      for (const steering of ['\u001b', '\u202e']) expect(out + err).not.toContain(steering)
      expect(err).toMatch(apply.length > 0 ? /! user olivia gets the inline policy p: MalformedPolicyDocument/ : /^$/)
    }
  })

  test.each([
    ['no file', ['/nowhere/details.json', '--account', '123456789012'], 1, /ENOENT/],
    ['something else in it', [{ UserDetailList: [{}] }, '--account', '123456789012'], 1, /UserDetailList\.0/],
    ['a page of several', [{ IsTruncated: true }, '--account', '123456789012'], 1, /one page of several/],
    ['no account', [{}], 2, /--account is missing/],
    ['a bad account', [{}, '--account', '12'], 2, /--account 12 is not 12 digits/],
  ])('refuses %s', async (_what, args, code, message) => {
    const given = args.map((arg) => (typeof arg === 'string' ? arg : fileOf(arg)))
    const ran = await latchkey(['import', ...given], { LATCHKEY_DATA_DIR: path.join(temporaryDirectory(), 'data') })
    expect(ran.code).toBe(code)
    expect(ran.err).toMatch(message)
  })
})
