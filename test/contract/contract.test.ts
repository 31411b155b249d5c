import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { presentClock } from '../aws-query/clients.ts'
import {
  type Account,
  type Installation,
  keyOf,
  openInstallation,
  policyOf,
  type TestCallerOptions,
} from '../support/installation.ts'
import { totp } from '../support/signing-in.ts'
import type { Credentials, Door, Key, Protocol } from './door.ts'
import { graphqlDoor } from './graphql-door.ts'
import { sdkDoor } from './sdk-door.ts'

/** One contract, two doors. Each is gone through while the other one is looked through. */
const DOORS: readonly { readonly through: string; readonly door: Protocol; readonly other: Protocol }[] = [
  { through: 'GraphQL', door: graphqlDoor, other: sdkDoor },
  { through: 'the AWS protocol', door: sdkDoor, other: graphqlDoor },
]

const OWN = `arn:aws:iam::*:user/\${aws:username}`
const MANAGE_OWN_KEYS = [
  'iam:CreateAccessKey',
  'iam:DeleteAccessKey',
  'iam:GetAccessKeyLastUsed',
  'iam:GetUser',
  'iam:ListAccessKeys',
  'iam:TagUser',
  'iam:UpdateAccessKey',
]
const DOCUMENT = '{ "Version": "2012-10-17",\n  "Statement": {"Effect":"Allow","Action":"s3:*","Resource":"*"} }'
const UNKNOWN_KEY = 'The security token included in the request is invalid.'

let installation: Installation
beforeAll(async () => {
  installation = await openInstallation({ clock: presentClock() })
})
afterAll(() => installation.stop())

/** A refusal with exactly this code and these words. */
const refused = (code: string, message: string | RegExp) => ({
  name: 'Refused',
  code,
  message: typeof message === 'string' ? message : expect.stringMatching(message),
})

const conflict = (message: string) => refused('DeleteConflict', message)

const inOrder = (keys: readonly Key[]) => keys.toSorted((a, b) => (a.id < b.id ? -1 : 1))

const trust = (arn: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: arn }, Action: 'sts:AssumeRole' },
  })

/**
 * The one thing that the doors do differently: GraphQL looks at permissions before it looks at arguments, the AWS protocol has the
 * order of AWS.
 */
describe('bad input of a caller without permission', () => {
  test.each([
    ['GraphQL', graphqlDoor, 'AccessDenied'],
    ['the AWS protocol', sdkDoor, 'ValidationError'],
  ])('through %s is refused', async (_through, door, code) => {
    const account = await installation.openAccount()
    const alice = await account.user({ name: 'alice' })
    const refusal = door(installation, keyOf(alice.accessKeys[0]!)).createUser({ userName: 'a'.repeat(65) })
    await expect(refusal).rejects.toMatchObject({ name: 'Refused', code })
  })
})

describe.each(DOORS)('through $through', ({ door, other }) => {
  let account: Account
  let root: Door
  /** What root sees through the other door. */
  let seen: Door
  beforeEach(async () => {
    account = await installation.openAccount()
    root = door(installation, keyOf(account.rootKey))
    seen = other(installation, keyOf(account.rootKey))
  })

  /** A user who may do this, and nothing else, with both doors. */
  async function userOf(options: Partial<TestCallerOptions> = {}) {
    const user = await account.user({ name: 'alice', ...options })
    const key = keyOf(user.accessKeys[0]!)
    return { ...user, key, through: door(installation, key), throughOther: other(installation, key) }
  }
  const manageOwnKeys = (options: Partial<TestCallerOptions> = {}) =>
    userOf({ allow: [{ action: MANAGE_OWN_KEYS, on: OWN }], ...options })

  /** The resource is an ARN where AWS shows one; otherwise the kind and the name that were said. */
  const denial = (arn: string, action: string, resource: string, tail?: string) =>
    `User: ${arn} is not authorized to perform: ${action} on resource: ${
      resource.includes('/') ? account.arn(resource) : resource
    } ${tail ?? `because no identity-based policy allows the ${action} action`}`
  const EXPLICIT = 'with an explicit deny in an identity-based policy'

  describe('users', () => {
    test('are made, found, listed, renamed and deleted', async () => {
      expect(await root.createUser({ userName: 'bob', path: '/staff/' })).toBe(account.arn('user/staff/bob'))
      for (const userName of ['Dave', 'carol', 'alice']) await seen.createUser({ userName })
      for (const one of [root, seen]) expect(await one.listUsers()).toEqual(['alice', 'bob', 'carol', 'Dave'])
      await root.updateUser({ userName: 'bob', newUserName: 'robert' })
      expect(await seen.getUser('ROBERT')).toEqual({ name: 'robert', arn: account.arn('user/staff/robert') })
      await root.deleteUser('robert')
      await expect(seen.getUser('robert')).rejects.toMatchObject(
        refused('NoSuchEntity', 'The user with name robert cannot be found.'),
      )
    })

    test('are refused without a permission, also where nobody has that name', async () => {
      const { through, arn } = await userOf()
      await expect(through.listUsers()).rejects.toMatchObject(
        refused('AccessDenied', denial(arn, 'iam:ListUsers', 'user/')),
      )
      for (const userName of ['alice', 'nobody'])
        await expect(through.deleteUser(userName)).rejects.toMatchObject(
          refused('AccessDenied', denial(arn, 'iam:DeleteUser', `user ${userName}`)),
        )
    })

    test('are refused by an explicit deny, whatever is allowed', async () => {
      const { through, arn } = await userOf({
        allow: [{ action: 'iam:*' }, { effect: 'Deny', action: 'iam:CreateUser' }],
      })
      await expect(through.createUser({ userName: 'bob' })).rejects.toMatchObject(
        refused('AccessDenied', denial(arn, 'iam:CreateUser', 'user/bob', EXPLICIT)),
      )
      expect(await through.listUsers()).toEqual(['alice'])
    })

    test('are refused by a boundary that does not allow it', async () => {
      const boundary = await account.createTestPolicy({ name: 'edge', document: policyOf([{ action: 's3:*' }]) })
      const { through, arn } = await userOf({ allow: [{ action: '*' }], boundary: boundary.id })
      await expect(through.listUsers()).rejects.toMatchObject(
        refused(
          'AccessDenied',
          denial(arn, 'iam:ListUsers', 'user/', 'because no permissions boundary allows the iam:ListUsers action'),
        ),
      )
    })

    test('have names of the right length and letters', async () => {
      const { through } = await userOf({ allow: [{ action: 'iam:CreateUser' }] })
      await expect(through.createUser({ userName: 'a'.repeat(65) })).rejects.toMatchObject(
        refused(
          'ValidationError',
          "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64",
        ),
      )
      await expect(through.createUser({ userName: 'a/b' })).rejects.toMatchObject(
        refused(
          'ValidationError',
          'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
        ),
      )
    })

    test('have a name that no other has, in any case', async () => {
      await seen.createUser({ userName: 'Bob' })
      await expect(root.createUser({ userName: 'bob' })).rejects.toMatchObject(
        refused('EntityAlreadyExists', 'User with name bob already exists.'),
      )
    })

    test('are deleted when nothing of theirs is left', async () => {
      await root.createUser({ userName: 'bob' })
      const { accessKeyId } = await seen.createAccessKey('bob')
      await expect(root.deleteUser('bob')).rejects.toMatchObject(
        conflict('Cannot delete entity, must delete access keys first.'),
      )
      await root.deleteAccessKey({ userName: 'bob', accessKeyId })
      await seen.putUserPolicy({ userName: 'bob', policyName: 'p', policyDocument: DOCUMENT })
      await expect(root.deleteUser('bob')).rejects.toMatchObject(
        conflict('Cannot delete entity, must delete policies first.'),
      )
      await root.deleteUserPolicy({ userName: 'bob', policyName: 'p' })
      await root.deleteUser('bob')
      expect(await seen.listUsers()).toEqual([])
    })
  })

  describe('access keys', () => {
    test('are rotated by their user without stopping anything', async () => {
      const { through: old, key } = await manageOwnKeys({ name: 'rotator' })
      // 1: a second key while the first one works.
      const made = await old.createAccessKey()
      expect(made.status).toBe('Active')
      const fresh = door(installation, made)
      expect(inOrder(await fresh.listAccessKeys())).toEqual(
        inOrder([
          { id: key.accessKeyId, status: 'Active' },
          { id: made.id, status: 'Active' },
        ]),
      )
      // 2 and 3: programs have the new key; the old one tells when it was last used.
      await installation.application.lastUsed.flush()
      expect(await fresh.getAccessKeyLastUsed(key.accessKeyId)).toEqual({ userName: 'rotator', service: 'iam' })
      // 4: deactivated, not deleted.
      await fresh.updateAccessKey({ accessKeyId: key.accessKeyId, status: 'Inactive' })
      expect(await other(installation, made).listAccessKeys()).toContainEqual({
        id: key.accessKeyId,
        status: 'Inactive',
      })
      // 5: who still has it fails at once, through either door, and goes on when it is active again.
      for (const one of [old, other(installation, key)])
        await expect(one.listAccessKeys()).rejects.toMatchObject(refused('InvalidClientTokenId', UNKNOWN_KEY))
      await fresh.updateAccessKey({ accessKeyId: key.accessKeyId, status: 'Active' })
      for (const one of [old, other(installation, key)]) expect(await one.listAccessKeys()).toHaveLength(2)
      await fresh.updateAccessKey({ accessKeyId: key.accessKeyId, status: 'Inactive' })
      // 6: gone.
      await fresh.deleteAccessKey({ accessKeyId: key.accessKeyId })
      expect(await other(installation, made).listAccessKeys()).toEqual([{ id: made.id, status: 'Active' }])
      await expect(other(installation, key).listAccessKeys()).rejects.toMatchObject(
        refused('InvalidClientTokenId', UNKNOWN_KEY),
      )
    })

    test('of a user are two, whoever makes them and in whatever state', async () => {
      const { through, throughOther, key } = await manageOwnKeys()
      const second = await throughOther.createAccessKey()
      await through.updateAccessKey({ accessKeyId: key.accessKeyId, status: 'Active' })
      await expect(through.createAccessKey()).rejects.toMatchObject(
        refused('LimitExceeded', 'Cannot exceed quota for AccessKeysPerUser: 2'),
      )
      await through.updateAccessKey({ accessKeyId: second.id, status: 'Inactive' })
      for (const one of [root, through])
        await expect(one.createAccessKey('alice')).rejects.toMatchObject(
          refused('LimitExceeded', 'Cannot exceed quota for AccessKeysPerUser: 2'),
        )
    })

    test('of another user are out of reach, in the words of AWS', async () => {
      const { through, arn } = await manageOwnKeys()
      const bob = await account.user({ name: 'bob', path: '/staff/' })
      const accessKeyId = bob.accessKeys[0]!.id
      const refusedFor = (action: string) => refused('AccessDenied', denial(arn, action, 'user bob'))
      await expect(through.createAccessKey('bob')).rejects.toMatchObject(refusedFor('iam:CreateAccessKey'))
      await expect(through.listAccessKeys('bob')).rejects.toMatchObject(refusedFor('iam:ListAccessKeys'))
      await expect(through.updateAccessKey({ userName: 'bob', accessKeyId, status: 'Inactive' })).rejects.toMatchObject(
        refusedFor('iam:UpdateAccessKey'),
      )
      await expect(through.deleteAccessKey({ userName: 'bob', accessKeyId })).rejects.toMatchObject(
        refusedFor('iam:DeleteAccessKey'),
      )
      await expect(through.getAccessKeyLastUsed(accessKeyId)).rejects.toMatchObject({ code: 'AccessDenied' })
      expect(await seen.listAccessKeys('bob')).toEqual([{ id: accessKeyId, status: 'Active' }])
    })

    test('that are not there cannot be changed', async () => {
      const { through } = await manageOwnKeys()
      const accessKeyId = 'AKIAQAAAAAAAAAAAAAAA'
      const missing = refused('NoSuchEntity', /^The Access Key with id AKIAQAAAAAAAAAAAAAAA cannot be found\.?$/)
      await expect(through.deleteAccessKey({ accessKeyId })).rejects.toMatchObject(missing)
      await expect(through.updateAccessKey({ accessKeyId, status: 'Inactive' })).rejects.toMatchObject(missing)
      await expect(through.deleteAccessKey({ accessKeyId: 'AKIA-NO-KEY-AT-ALL' })).rejects.toMatchObject(
        refused(
          'ValidationError',
          'The specified value for accessKeyId is invalid. It must contain only alphanumeric characters.',
        ),
      )
    })

    test('tell their account, active, inactive or deleted', async () => {
      const { through, key } = await userOf({ allow: [{ action: 'sts:GetAccessKeyInfo' }] })
      const other = await account.user({ name: 'bob', accessKeys: 0 })
      const made = await account.createTestAccessKey(other.id, { status: 'INACTIVE' })
      for (const id of [key.accessKeyId, made.id]) expect(await through.getAccessKeyInfo(id)).toBe(account.accountId)
      await root.deleteAccessKey({ userName: 'bob', accessKeyId: made.id })
      expect(await through.getAccessKeyInfo(made.id)).toBe(account.accountId)
      const { through: stranger, arn } = await userOf({ name: 'stranger' })
      await expect(stranger.getAccessKeyInfo(made.id)).rejects.toMatchObject(
        refused(
          'AccessDenied',
          `User: ${arn} is not authorized to perform: sts:GetAccessKeyInfo on resource: * because no identity-based policy allows the sts:GetAccessKeyInfo action`,
        ),
      )
    })

    test('say who signs with them, even under a deny of everything', async () => {
      const { through, arn, id } = await userOf({ allow: [{ effect: 'Deny', action: '*' }] })
      expect(await through.getCallerIdentity()).toEqual({ userId: id, account: account.accountId, arn })
      expect(await root.getCallerIdentity()).toEqual({
        userId: account.accountId,
        account: account.accountId,
        arn: account.arn('root'),
      })
    })

    test('that nobody has are refused like any that does not work', async () => {
      const missing = door(installation, { accessKeyId: 'AKIAQAAAAAAAAAAAAAAA', secretAccessKey: 'x' })
      await expect(missing.getCallerIdentity()).rejects.toMatchObject(refused('InvalidClientTokenId', UNKNOWN_KEY))
      const forged = door(installation, { ...keyOf(account.rootKey), secretAccessKey: 'x' })
      await expect(forged.getCallerIdentity()).rejects.toMatchObject(
        refused('SignatureDoesNotMatch', /^The request signature we calculated does not match the signature you/),
      )
    })
  })

  describe('policies', () => {
    test('inside a user are kept letter by letter and in force at once', async () => {
      const { through, arn } = await userOf()
      const policy = { userName: 'alice', policyName: 'look' }
      const policyDocument = DOCUMENT.replace('s3:*', 'iam:ListUsers')
      await root.putUserPolicy({ ...policy, policyDocument })
      expect(await seen.getUserPolicy(policy)).toBe(policyDocument)
      expect(await seen.listUserPolicies('alice')).toEqual(['look'])
      expect(await through.listUsers()).toEqual(['alice'])
      await seen.deleteUserPolicy(policy)
      await expect(through.listUsers()).rejects.toMatchObject(
        refused('AccessDenied', denial(arn, 'iam:ListUsers', 'user/')),
      )
    })

    test('that are no policies are refused', async () => {
      await root.createUser({ userName: 'bob' })
      await expect(root.putUserPolicy({ userName: 'bob', policyName: 'p', policyDocument: '{' })).rejects.toMatchObject(
        { code: 'MalformedPolicyDocument' },
      )
      await expect(
        root.putUserPolicy({ userName: 'nobody', policyName: 'p', policyDocument: '{' }),
      ).rejects.toMatchObject(refused('NoSuchEntity', 'The user with name nobody cannot be found.'))
    })

    test('that are managed hold for whom they are attached to, in their default version', async () => {
      const { through, arn } = await userOf()
      const policyArn = await root.createPolicy({ policyName: 'look', policyDocument: DOCUMENT })
      expect(policyArn).toBe(account.arn('policy/look'))
      await seen.attachUserPolicy({ userName: 'alice', policyArn })
      expect(await root.listAttachedUserPolicies('alice')).toEqual([policyArn])
      await expect(through.listUsers()).rejects.toMatchObject({ code: 'AccessDenied' })
      const policyDocument = DOCUMENT.replace('s3:*', 'iam:ListUsers')
      expect(await root.createPolicyVersion({ policyArn, policyDocument })).toBe('v2')
      expect(await through.listUsers()).toEqual(['alice'])

      const deny = policyDocument.replace('Allow', 'Deny')
      expect(await seen.createPolicyVersion({ policyArn, policyDocument: deny })).toBe('v3')
      await expect(through.listUsers()).rejects.toMatchObject(
        refused('AccessDenied', denial(arn, 'iam:ListUsers', 'user/', EXPLICIT)),
      )
      await root.detachUserPolicy({ userName: 'alice', policyArn })
      expect(await seen.listAttachedUserPolicies('alice')).toEqual([])
    })

    test('that are managed are deleted when nobody has them and one version is left', async () => {
      await root.createUser({ userName: 'bob' })
      const policyArn = await root.createPolicy({ policyName: 'store', policyDocument: DOCUMENT })
      await expect(root.createPolicy({ policyName: 'STORE', policyDocument: DOCUMENT })).rejects.toMatchObject(
        refused('EntityAlreadyExists', 'A policy called STORE already exists. Duplicate names are not allowed.'),
      )
      await root.attachUserPolicy({ userName: 'bob', policyArn })
      await expect(root.deletePolicy(policyArn)).rejects.toMatchObject(
        conflict('Cannot delete a policy attached to entities.'),
      )
      await seen.detachUserPolicy({ userName: 'bob', policyArn })
      await seen.createPolicyVersion({ policyArn, policyDocument: DOCUMENT })
      await expect(root.deletePolicy(policyArn)).rejects.toMatchObject(
        conflict(
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        ),
      )
      await expect(root.deletePolicyVersion({ policyArn, versionId: 'v2' })).rejects.toMatchObject(
        conflict('Cannot delete the default version of a policy.'),
      )
      await root.deletePolicyVersion({ policyArn, versionId: 'v1' })
      await root.deletePolicy(policyArn)
      await expect(seen.attachUserPolicy({ userName: 'bob', policyArn })).rejects.toMatchObject({
        code: 'NoSuchEntity',
      })
    })
  })

  describe('groups', () => {
    test('carry their policies to their members', async () => {
      const { through, arn } = await userOf()
      expect(await root.createGroup('crew')).toBe(account.arn('group/crew'))
      const policyDocument = DOCUMENT.replace('s3:*', 'iam:ListUsers')
      await root.putGroupPolicy({ groupName: 'crew', policyName: 'look', policyDocument })
      const member = { groupName: 'crew', userName: 'alice' }
      await seen.addUserToGroup(member)
      expect(await root.listGroupsForUser('alice')).toEqual(['crew'])
      expect(await through.listUsers()).toEqual(['alice'])
      await expect(root.deleteGroup('crew')).rejects.toMatchObject(
        conflict('Cannot delete entity, must remove users from group first.'),
      )
      await root.removeUserFromGroup(member)
      await expect(through.listUsers()).rejects.toMatchObject(
        refused('AccessDenied', denial(arn, 'iam:ListUsers', 'user/')),
      )
      await expect(root.deleteGroup('crew')).rejects.toMatchObject(
        conflict('Cannot delete entity, must delete policies first.'),
      )
      await seen.deleteGroupPolicy({ groupName: 'crew', policyName: 'look' })
      await root.deleteGroup('crew')
      await expect(seen.addUserToGroup(member)).rejects.toMatchObject(
        refused('NoSuchEntity', 'The group with name crew cannot be found.'),
      )
    })

    test('have a name that no other has, and are made by whoever may', async () => {
      await seen.createGroup('Crew')
      await expect(root.createGroup('crew')).rejects.toMatchObject(
        refused('EntityAlreadyExists', 'Group with name crew already exists.'),
      )
      const { through, arn } = await userOf({ allow: [{ effect: 'Deny', action: 'iam:AddUserToGroup' }] })
      await expect(through.createGroup('mine')).rejects.toMatchObject(
        refused('AccessDenied', denial(arn, 'iam:CreateGroup', 'group/mine')),
      )
      await expect(through.addUserToGroup({ groupName: 'crew', userName: 'alice' })).rejects.toMatchObject(
        refused('AccessDenied', denial(arn, 'iam:AddUserToGroup', 'group crew', EXPLICIT)),
      )
    })
  })

  describe('roles', () => {
    test('are worn by whom they trust, with their own permissions', async () => {
      const { through, arn } = await userOf()
      const { through: stranger, arn: strangers } = await userOf({ name: 'mallory' })
      const roleArn = await root.createRole({ roleName: 'on-call', assumeRolePolicyDocument: trust(arn) })
      expect(roleArn).toBe(account.arn('role/on-call'))
      const policyDocument = DOCUMENT.replace('s3:*', 'iam:ListUsers')
      await seen.putRolePolicy({ roleName: 'on-call', policyName: 'look', policyDocument })
      const { arn: session, ...issued } = await through.assumeRole({ roleArn, roleSessionName: 'night' })
      expect(session).toBe(`arn:aws:sts::${account.accountId}:assumed-role/on-call/night`)
      for (const protocol of [door, other]) {
        const worn = protocol(installation, issued)
        expect(await worn.getCallerIdentity()).toMatchObject({ account: account.accountId, arn: session })
        expect(await worn.listUsers()).toEqual(['alice', 'mallory'])
        await expect(worn.createGroup('mine')).rejects.toMatchObject(
          refused('AccessDenied', denial(session, 'iam:CreateGroup', 'group/mine')),
        )
        await expect(worn.listAccessKeys()).rejects.toMatchObject(
          refused('ValidationError', 'Must specify userName when calling with non-User credentials'),
        )
      }
      await expect(stranger.assumeRole({ roleArn, roleSessionName: 'night' })).rejects.toMatchObject(
        refused(
          'AccessDenied',
          `User: ${strangers} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
        ),
      )
      await expect(root.assumeRole({ roleArn, roleSessionName: 'night' })).rejects.toMatchObject(
        refused('AccessDenied', 'Roles may not be assumed by root accounts.'),
      )
    })

    test('are deleted without their policies only, and have names of their own', async () => {
      const role = { roleName: 'deploy', assumeRolePolicyDocument: trust(account.accountId) }
      await root.createRole(role)
      await expect(seen.createRole({ ...role, roleName: 'DEPLOY' })).rejects.toMatchObject(
        refused('EntityAlreadyExists', 'Role with name DEPLOY already exists.'),
      )
      await seen.putRolePolicy({ roleName: 'deploy', policyName: 'p', policyDocument: DOCUMENT })
      await expect(root.deleteRole('deploy')).rejects.toMatchObject(
        conflict('Cannot delete entity, must delete policies first.'),
      )
      await root.deleteRolePolicy({ roleName: 'deploy', policyName: 'p' })
      await root.deleteRole('deploy')
      await expect(seen.deleteRole('deploy')).rejects.toMatchObject(
        refused('NoSuchEntity', 'The role with name deploy cannot be found.'),
      )
    })
  })

  describe('MFA', () => {
    const NEEDS_MFA: Partial<TestCallerOptions> = {
      allow: [
        { action: 'iam:*' },
        {
          effect: 'Deny',
          action: 'iam:ListUsers',
          when: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
        },
      ],
    }

    test('is set up with two codes, and opens with a third what a key alone does not', async () => {
      const { through, arn } = await userOf(NEEDS_MFA)
      const { serialNumber, seed } = await through.createVirtualMfaDevice('alice')
      expect(serialNumber).toBe(account.arn('mfa/alice'))
      const code = (steps = 0) => totp(seed, installation.clock(), steps)
      const device = { userName: 'alice', serialNumber }
      await expect(
        through.enableMfaDevice({ ...device, authenticationCode1: code(), authenticationCode2: code(-1) }),
      ).rejects.toMatchObject(refused('InvalidAuthenticationCode', 'Authentication code for device is not valid.'))
      await through.enableMfaDevice({ ...device, authenticationCode1: code(-1), authenticationCode2: code() })
      expect(await seen.listMfaDevices('alice')).toEqual([serialNumber])
      await expect(seen.deleteVirtualMfaDevice(serialNumber)).rejects.toMatchObject(
        conflict('MFA VirtualDevice in use. Must deactivate first.'),
      )
      installation.clock.advance(30_000)

      const denied = refused('AccessDenied', denial(arn, 'iam:ListUsers', 'user/', EXPLICIT))
      await expect(through.listUsers()).rejects.toMatchObject(denied)
      const tokenCode = code()
      const issued = await through.getSessionToken({ serialNumber, tokenCode })
      for (const protocol of [door, other]) {
        const session = protocol(installation, issued)
        expect(await session.listUsers()).toEqual(['alice'])
        expect(await session.getCallerIdentity()).toMatchObject({ arn })
        await expect(session.getSessionToken()).rejects.toMatchObject(
          refused('AccessDenied', 'Cannot call GetSessionToken with session credentials'),
        )
      }
      // A code works once, through whichever door.
      await expect(
        other(installation, await keyOfAlice()).getSessionToken({ serialNumber, tokenCode }),
      ).rejects.toMatchObject(
        refused('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code. '),
      )

      await root.deactivateMfaDevice(device)
      expect(await seen.listMfaDevices('alice')).toEqual([])
      await root.deleteVirtualMfaDevice(serialNumber)

      async function keyOfAlice(): Promise<Credentials> {
        return await root.createAccessKey('alice')
      }
    })

    test('left out makes credentials that can do nothing in IAM', async () => {
      const { through, arn } = await userOf(NEEDS_MFA)
      const issued = await through.getSessionToken()
      for (const protocol of [door, other]) {
        const session = protocol(installation, issued)
        expect(await session.getCallerIdentity()).toMatchObject({ arn })
        await expect(session.listUsers()).rejects.toMatchObject(
          refused('InvalidClientTokenId', 'The security token included in the request is invalid'),
        )
      }
    })

    test('with a device of somebody else is refused', async () => {
      const { through } = await userOf()
      await expect(
        through.getSessionToken({ serialNumber: account.arn('mfa/none'), tokenCode: '123456' }),
      ).rejects.toMatchObject(
        refused(
          'AccessDenied',
          'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
        ),
      )
    })
  })
})
