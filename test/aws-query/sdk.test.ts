import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  ListUserTagsCommand,
  NoSuchEntityException,
  paginateListUsers,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import { GetAccessKeyInfoCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Account, type Installation, openInstallation } from '../support/installation.ts'
import { iamOf, presentClock, stsOf } from './clients.ts'

const MANAGE_OWN_KEYS = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Action: [
      'iam:CreateAccessKey',
      'iam:DeleteAccessKey',
      'iam:GetAccessKeyLastUsed',
      'iam:ListAccessKeys',
      'iam:UpdateAccessKey',
    ],
    Resource: `arn:aws:iam::*:user/\${aws:username}`,
  },
}

const name = (n: number) => `user-${String(n).padStart(4, '0')}`

let installation: Installation
let account: Account
beforeAll(async () => {
  installation = await openInstallation({ clock: presentClock() })
  account = await installation.openAccount()
})
afterAll(() => installation.stop())

describe('with the SDK', () => {
  test('a user with only the permissions for its own keys rotates its key', async () => {
    const alice = await account.user({ name: 'alice', policies: { own: MANAGE_OWN_KEYS } })
    const old = alice.accessKeys[0]!
    const iam = iamOf(installation, old)
    const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({}))
    expect(key).toMatchObject({ UserName: 'alice', Status: 'Active', CreateDate: installation.clock() })

    const fresh = iamOf(installation, { id: key?.AccessKeyId ?? '', secretAccessKey: key?.SecretAccessKey ?? '' })
    await fresh.send(new UpdateAccessKeyCommand({ AccessKeyId: old.id, Status: 'Inactive' }))
    const { AccessKeyMetadata: keys, IsTruncated } = await fresh.send(new ListAccessKeysCommand({}))
    expect(IsTruncated).toBe(false)
    expect(keys?.map(({ AccessKeyId, Status }) => ({ AccessKeyId, Status }))).toEqual(
      expect.arrayContaining([
        { AccessKeyId: old.id, Status: 'Inactive' },
        { AccessKeyId: key?.AccessKeyId, Status: 'Active' },
      ]),
    )
    await expect(iam.send(new ListAccessKeysCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
    await fresh.send(new DeleteAccessKeyCommand({ UserName: 'alice', AccessKeyId: old.id }))
    await expect(fresh.send(new GetUserCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' })
  })

  test('what a user is made of comes back, with the errors that the model names', async () => {
    const iam = iamOf(installation, account.rootKey)
    const Tags = [{ Key: 'team', Value: 'réd = @home +1' }]
    const { User: made } = await iam.send(new CreateUserCommand({ UserName: 'bob', Path: '/div/', Tags }))
    const { User: found } = await iam.send(new GetUserCommand({ UserName: 'BOB' }))
    expect(found).toEqual({ ...made, Tags })
    expect((await iam.send(new ListUserTagsCommand({ UserName: 'bob' }))).Tags).toEqual(Tags)
    await expect(iam.send(new GetUserCommand({ UserName: 'missing' }))).rejects.toBeInstanceOf(NoSuchEntityException)

    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
    })
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'store', PolicyDocument }))
    await iam.send(new AttachUserPolicyCommand({ UserName: 'bob', PolicyArn: Policy?.Arn ?? '' }))
    const { AttachedPolicies } = await iam.send(new ListAttachedUserPoliciesCommand({ UserName: 'bob' }))
    expect(AttachedPolicies).toEqual([{ PolicyName: 'store', PolicyArn: Policy?.Arn }])
  })

  test('the last use of a key names the service, the region and the time', async () => {
    const iam = iamOf(installation, account.rootKey)
    const user = await account.user({ name: 'carol', accessKeys: 1 })
    const key = user.accessKeys[0]!
    const never = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: key.id }))
    expect(never.AccessKeyLastUsed).toEqual({ ServiceName: 'N/A', Region: 'N/A' })
    await stsOf(installation, key).send(new GetCallerIdentityCommand({}))
    await installation.application.lastUsed.flush()
    const { UserName, AccessKeyLastUsed } = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: key.id }))
    expect({ UserName, AccessKeyLastUsed }).toEqual({
      UserName: 'carol',
      AccessKeyLastUsed: { LastUsedDate: installation.clock(), ServiceName: 'sts', Region: 'us-east-1' },
    })
    expect(await installation.db.accessKey.findFirst({ where: { id: key.id } })).toMatchObject({
      lastUsedOperation: 'GetCallerIdentity',
    })
  })

  test('temporary credentials of a user sign with their token', async () => {
    const { accessKeys, arn } = await account.user({ name: 'dave' })
    const { Credentials } = await stsOf(installation, accessKeys[0]!).send(
      new GetSessionTokenCommand({ DurationSeconds: 900 }),
    )
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = Credentials ?? {}
    expect(Expiration).toEqual(new Date(installation.clock().getTime() + 900_000))
    const sts = stsOf(installation, { id: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken })
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: arn, Account: account.accountId })
    const asked = new GetAccessKeyInfoCommand({ AccessKeyId })
    expect(await stsOf(installation, account.rootKey).send(asked)).toMatchObject({ Account: account.accountId })
  })

  test('a paginator misses nobody and repeats nobody while users come and go', async () => {
    const busy = await installation.openAccount()
    const rows = Array.from({ length: 250 }, (_, n) => ({
      accountId: busy.accountId,
      id: `AIDA${String(n).padStart(17, 'A')}`,
      name: name(n),
      nameKey: name(n),
      createdAt: installation.clock(),
    }))
    await installation.db.user.createMany({ data: rows })
    const seen: (string | undefined)[] = []
    const iam = iamOf(installation, busy.rootKey)
    for await (const { Users = [] } of paginateListUsers({ client: iam, pageSize: 20 }, {})) {
      const names = Users.map(({ UserName }) => UserName)
      seen.push(...names)
      // The very user that the marker was made of goes, and one comes before it.
      const last = names.at(-1) ?? ''
      await installation.db.user.deleteMany({ where: { accountId: busy.accountId, name: last } })
      await iam.send(new CreateUserCommand({ UserName: `${last.slice(0, -1)}+` }))
    }
    const kept = seen.filter((one) => !one?.endsWith('+'))
    expect(kept).toEqual(rows.map((row) => row.name))
  })
})
