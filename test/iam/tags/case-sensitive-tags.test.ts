import { beforeEach, describe, expect, test } from 'vitest'
import { createVirtualMfaDevice } from '../../../src/iam/mfa/create-virtual-mfa-device.ts'
import { deleteVirtualMfaDevice } from '../../../src/iam/mfa/release-mfa-device.ts'
import { tagMfaDevice, untagMfaDevice } from '../../../src/iam/mfa/tag-mfa-device.ts'
import { createPolicy } from '../../../src/iam/policies/create-policy.ts'
import { deletePolicy } from '../../../src/iam/policies/delete-policy.ts'
import { tagPolicy, untagPolicy } from '../../../src/iam/policies/tag-policy.ts'
import type { TagInput } from '../../../src/iam/tags/tag-rules.ts'
import { auditTrail, callAs, epochOf, refusal } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

let services: TestServices
let account: SeededAccount

beforeEach(async () => {
  services = testServices(await freshDatabase())
  account = await seedAccount(services)
})

const policyDocument = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}'
const call = (action: string) => callAs(services, account.root, `iam:${action}`)

interface Kind {
  readonly parameter: 'policyArn' | 'serialNumber'
  readonly arnOf: (name: string) => string
  readonly actions: readonly [create: string, tag: string, untag: string]
  readonly create: (tags?: readonly TagInput[] | null) => Promise<unknown>
  readonly tag: (tags: readonly TagInput[], arn?: string) => Promise<unknown>
  readonly untag: (tagKeys: readonly string[], arn?: string) => Promise<unknown>
  readonly remove: () => Promise<unknown>
  readonly rows: () => Promise<{ key: string; value: string }[]>
  readonly notFound: (arn: string) => string
}

const byKey = { orderBy: { key: 'asc' } } as const

const KINDS: Readonly<Record<string, Kind>> = {
  'managed policies': {
    parameter: 'policyArn',
    arnOf: (name) => `arn:aws:iam::123456789012:policy/team/${name}`,
    actions: ['iam:CreatePolicy', 'iam:TagPolicy', 'iam:UntagPolicy'],
    create: async (tags) =>
      await createPolicy(await call('CreatePolicy'), { policyName: 'Thing', path: '/team/', policyDocument, tags }),
    tag: async (tags, policyArn = KINDS['managed policies']!.arnOf('Thing')) =>
      await tagPolicy(await call('TagPolicy'), { policyArn, tags }),
    untag: async (tagKeys, policyArn = KINDS['managed policies']!.arnOf('Thing')) =>
      await untagPolicy(await call('UntagPolicy'), { policyArn, tagKeys }),
    remove: async () =>
      await deletePolicy(await call('DeletePolicy'), { policyArn: KINDS['managed policies']!.arnOf('Thing') }),
    rows: () => services.db.policyTag.findMany(byKey),
    notFound: (arn) => `Policy ${arn} was not found.`,
  },
  'virtual MFA devices': {
    parameter: 'serialNumber',
    arnOf: (name) => `arn:aws:iam::123456789012:mfa/team/${name}`,
    actions: ['iam:CreateVirtualMFADevice', 'iam:TagMFADevice', 'iam:UntagMFADevice'],
    create: async (tags) =>
      await createVirtualMfaDevice(await call('CreateVirtualMFADevice'), {
        virtualMfaDeviceName: 'Thing',
        path: '/team/',
        tags,
      }),
    tag: async (tags, serialNumber = KINDS['virtual MFA devices']!.arnOf('Thing')) =>
      await tagMfaDevice(await call('TagMFADevice'), { serialNumber, tags }),
    untag: async (tagKeys, serialNumber = KINDS['virtual MFA devices']!.arnOf('Thing')) =>
      await untagMfaDevice(await call('UntagMFADevice'), { serialNumber, tagKeys }),
    remove: async () =>
      await deleteVirtualMfaDevice(await call('DeleteVirtualMFADevice'), {
        serialNumber: KINDS['virtual MFA devices']!.arnOf('Thing'),
      }),
    rows: () => services.db.mfaDeviceTag.findMany(byKey),
    notFound: (arn) => `VirtualMFADevice with serial number ${arn} doesn't exist.`,
  },
}

const DUPLICATE = {
  code: 'InvalidInput',
  message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
}
const many = (count: number, from = 0): TagInput[] =>
  Array.from({ length: count }, (_, n) => ({ key: `k${from + n}`, value: '' }))

describe.each(Object.entries(KINDS))('tags of %s', (_what, kind) => {
  const { create, tag, untag, remove, rows, arnOf, parameter, notFound } = kind
  const [createAction, tagAction, untagAction] = kind.actions
  const stored = async () => (await rows()).map(({ key, value }) => `${key}=${value}`)

  test('can be given at creation, and are then recorded with it', async () => {
    await create([{ key: 'Team', value: 'Ops' }])
    expect(await stored()).toEqual(['Team=Ops'])
    expect(await auditTrail(services, account.accountId)).toMatchObject([
      { action: createAction, result: 'SUCCESS', detail: { tags: ['Team=Ops'] } },
    ])
  })

  test('that are wrong refuse the creation', async () => {
    const twice = [
      { key: 'a', value: '1' },
      { key: 'a', value: '2' },
    ]
    expect(await refusal(() => create(twice))).toEqual(DUPLICATE)
    expect((await refusal(() => create(many(51)))).code).toBe('ValidationError')
    expect((await refusal(() => create([{ key: 'aws:x', value: '' }]))).code).toBe('InvalidInput')
    expect(await services.db.policy.count()).toBe(0)
    expect(await services.db.mfaDevice.count()).toBe(0)
  })

  test('are replaced by those of the same key, and two when their keys differ in case', async () => {
    await create([{ key: 'team', value: 'red' }])
    await tag([
      { key: 'team', value: 'blue' },
      { key: 'Team', value: 'green' },
    ])
    expect(await stored()).toEqual(['Team=green', 'team=blue'])
  })

  test('are fifty at most: the 51st is refused and none of the call is written; replacing stays possible', async () => {
    await create(many(49))
    const before = await stored()
    expect(await refusal(() => tag([{ key: 'k0', value: 'changed' }, ...many(2, 49)]))).toEqual({
      code: 'LimitExceeded',
      message: 'The number of tags has reached the maximum limit.',
    })
    expect(await stored()).toEqual(before)
    await tag([{ key: 'k0', value: 'changed' }, ...many(1, 49)])
    expect(await stored()).toHaveLength(50)
    expect(await stored()).toContain('k0=changed')
  })

  test('are checked before anything is looked up', async () => {
    expect(await refusal(() => tag([...many(1), ...many(1)], arnOf('Missing')))).toEqual(DUPLICATE)
    expect((await refusal(() => tag(many(51), arnOf('Missing')))).message).toBe(
      "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50",
    )
    expect((await refusal(() => untag([''], arnOf('Missing')))).code).toBe('ValidationError')
  })

  test('are taken away by their exact keys; keys that are not there are ignored', async () => {
    await create([
      { key: 'team', value: 'red' },
      { key: 'Team', value: 'green' },
    ])
    await untag(['team', 'TEAM', 'nothing'])
    expect(await stored()).toEqual(['Team=green'])
  })

  test.each(['Missing', 'thing'])('are not written to what is named %s', async (name) => {
    await create()
    const refused = { code: 'NoSuchEntity', message: notFound(arnOf(name)) }
    expect(await refusal(() => tag(many(1), arnOf(name)))).toEqual(refused)
    expect(await refusal(() => untag(['k0'], arnOf(name)))).toEqual(refused)
    expect(await stored()).toEqual([])
  })

  test('go with what they hang on', async () => {
    await create(many(2))
    await remove()
    expect(await stored()).toEqual([])
  })

  test('take part in decisions: writing them bumps the policy epoch, and is recorded', async () => {
    await create()
    services.clock.advance(1000)
    const before = await epochOf(services, account.accountId)
    await tag([{ key: 'Team', value: 'Ops' }])
    services.clock.advance(1000)
    await untag(['Team'])
    expect(await epochOf(services, account.accountId)).toBe(before + 2n)
    expect((await auditTrail(services, account.accountId)).slice(1)).toMatchObject([
      { action: tagAction, result: 'SUCCESS', detail: { [parameter]: arnOf('Thing'), tags: ['Team=Ops'] } },
      { action: untagAction, result: 'SUCCESS', detail: { [parameter]: arnOf('Thing'), tagKeys: ['Team'] } },
    ])
  })
})
