import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LOAD_TAGS } from '../../src/store/target-source.ts'
import {
  type Account,
  type Answer,
  at,
  type Grant,
  type Installation,
  openInstallation,
  policyOf,
} from '../support/installation.ts'
import { statementsOf } from '../graphql/statements.ts'

let installation: Installation
let account: Account
let named = 0

beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
})

afterAll(() => installation.stop())

const newName = (what: string) => `${what}-${++named}`
const red = { StringEquals: { 'aws:ResourceTag/team': 'red' } }
const tagged = (team: string) => [{ key: 'team', value: team }]
const withMore = (team: string) => [{ key: 'zone', value: '1' }, ...tagged(team), { key: 'Team', value: 'x' }]

type Tags = readonly { readonly key: string; readonly value: string }[]

interface Kind {
  readonly type: 'policy' | 'mfa'
  readonly statement: string
  readonly deleteAction: string
  /** Makes one under a path and answers its ARN. */
  readonly make: (tags?: Tags, owner?: Account, name?: string) => Promise<string>
  readonly remove: string
  readonly tag: string
  readonly input: (arn: string) => Readonly<Record<string, string>>
  readonly gone: string
}

const KINDS: Readonly<Record<string, Kind>> = {
  'a managed policy': {
    type: 'policy',
    statement: LOAD_TAGS.get('policy')!.text,
    deleteAction: 'iam:DeletePolicy',
    make: async (tags = [], owner = account, policyName = newName('Policy')) => {
      const made = await owner.root(
        'mutation ($input: CreatePolicyInput!) { createPolicy(input: $input) { policy { arn } } }',
        { input: { policyName, path: '/team/', policyDocument: policyOf([{ action: 's3:*' }]), tags } },
      )
      return String(at(made, 'createPolicy.policy.arn'))
    },
    remove: 'mutation ($input: DeletePolicyInput!) { deletePolicy(input: $input) { __typename } }',
    tag: 'mutation ($input: TagPolicyInput!) { tagPolicy(input: $input) { policy { tags { key value } } } }',
    input: (policyArn) => ({ policyArn }),
    gone: 'deletePolicy.__typename',
  },
  'a virtual MFA device': {
    type: 'mfa',
    statement: LOAD_TAGS.get('mfa')!.text,
    deleteAction: 'iam:DeleteVirtualMFADevice',
    make: async (tags = [], owner = account, virtualMfaDeviceName = newName('Device')) => {
      const made = await owner.root(
        'mutation ($input: CreateVirtualMfaDeviceInput!) { createVirtualMfaDevice(input: $input) { mfaDevice { serialNumber } } }',
        { input: { virtualMfaDeviceName, path: '/team/', tags } },
      )
      return String(at(made, 'createVirtualMfaDevice.mfaDevice.serialNumber'))
    },
    remove: 'mutation ($input: DeleteVirtualMfaDeviceInput!) { deleteVirtualMfaDevice(input: $input) { __typename } }',
    tag: 'mutation ($input: TagMfaDeviceInput!) { tagMfaDevice(input: $input) { mfaDevice { tags { key value } } } }',
    input: (serialNumber) => ({ serialNumber }),
    gone: 'deleteVirtualMfaDevice.__typename',
  },
}

const someone = (...allow: Grant[]) => account.user({ name: newName('caller'), allow })

describe.each(Object.entries(KINDS))('aws:ResourceTag of %s', (_what, kind) => {
  const { make, remove, tag, input, gone, deleteAction, statement, type } = kind
  const can = (resource: string) =>
    `{ viewer { can(checks: [{ action: "${deleteAction}", resource: "${resource}" }]) { allowed } } }`
  const allowedOn = async (ask: (query: string) => Promise<Answer>, resource: string) =>
    at(await ask(can(resource)), 'viewer.can.0.allowed')

  test('decides who may delete it', async () => {
    const { ask } = await someone({ action: deleteAction, when: red })
    const [mine, theirs, bare] = [await make(tagged('red')), await make(tagged('blue')), await make()]
    expect((await ask(remove, { input: input(theirs) })).codes).toEqual(['AccessDenied'])
    expect((await ask(remove, { input: input(bare) })).codes).toEqual(['AccessDenied'])
    const deleted = await ask(remove, { input: input(mine) })
    expect(deleted.errors).toEqual([])
    expect(at(deleted, gone)).toEqual(expect.any(String))
  })

  test('denies where it is the condition of a Deny', async () => {
    const { ask } = await someone({ action: deleteAction }, { effect: 'Deny', action: 'iam:*', when: red })
    expect((await ask(remove, { input: input(await make(tagged('red'))) })).errors).toMatchObject([
      { extensions: { authz: { effect: 'EXPLICIT_DENY' } } },
    ])
    expect((await ask(remove, { input: input(await make(tagged('blue'))) })).errors).toEqual([])
  })

  test('is that of the next request when it has just been changed', async () => {
    const { ask } = await someone({ action: deleteAction, when: red })
    const arn = await make(tagged('blue'))
    expect((await ask(remove, { input: input(arn) })).codes).toEqual(['AccessDenied'])
    await account.root(tag, { input: { ...input(arn), tags: tagged('red') } })
    expect((await ask(remove, { input: input(arn) })).errors).toEqual([])
  })

  test('is not iam:ResourceTag, which users and roles alone have', async () => {
    const { ask } = await someone({ action: deleteAction, when: { StringEquals: { 'iam:ResourceTag/team': 'red' } } })
    expect((await ask(remove, { input: input(await make(tagged('red'))) })).codes).toEqual(['AccessDenied'])
  })

  test('belongs to the ARN letter by letter; one that names nothing is judged as it is written', async () => {
    const { ask } = await someone({ action: deleteAction, when: red })
    const arn = await make(tagged('red'))
    expect(await allowedOn(ask, arn)).toBe(true)
    const inLowerCase = arn.replace(/[^/]*$/, (name) => name.toLowerCase())
    for (const other of [inLowerCase, arn.replace('/team/', '/'), `${arn}x`, `${arn}\\u0000`])
      expect(await allowedOn(ask, other)).toBe(false)
    const free = await someone({ action: deleteAction, on: account.arn(`${type}/*`) })
    expect((await free.ask(remove, { input: input(account.arn(`${type}/Missing`)) })).codes).toEqual(['NoSuchEntity'])
  })

  test('of another account is never looked up', async () => {
    const { ask } = await someone({ action: deleteAction, when: red })
    const elsewhere = await make(tagged('red'), await installation.openAccount())
    let answer: Answer | undefined
    const statements = await statementsOf(installation.pool, async () => {
      answer = await ask(remove, { input: input(elsewhere) })
    })
    expect(answer?.codes).toEqual(['AccessDenied'])
    expect(statements).not.toContain(statement)
  })

  test('is read once for as long as nothing changes, and not at all when no policy looks at tags', async () => {
    const arn = await make(tagged('red'))
    const reads = async (ask: (query: string) => Promise<Answer>) =>
      (await statementsOf(installation.pool, () => ask(can(arn)))).filter((text) => text === statement).length
    const curious = await someone({ action: deleteAction, when: red })
    expect([await reads(curious.ask), await reads(curious.ask)]).toEqual([1, 0])
    const other = await someone({ action: deleteAction })
    expect(await reads(other.ask)).toBe(0)
  })

  test('cannot be given by whoever may create but not tag', async () => {
    const create = type === 'policy' ? 'iam:CreatePolicy' : 'iam:CreateVirtualMFADevice'
    const tagging = type === 'policy' ? 'iam:TagPolicy' : 'iam:TagMFADevice'
    const onlyRed = { StringEquals: { 'aws:RequestTag/team': 'red' } }
    const field = type === 'policy' ? 'createPolicy' : 'createVirtualMfaDevice'
    const query = `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { __typename } }`
    const inputWith = (tags: Tags) => ({
      input:
        type === 'policy'
          ? { policyName: newName('New'), policyDocument: policyOf([{ action: 's3:*' }]), tags }
          : { virtualMfaDeviceName: newName('New'), tags },
    })
    const creator = await someone({ action: create })
    expect((await creator.ask(query, inputWith(tagged('red')))).errors).toMatchObject([
      { extensions: { authz: { action: tagging } } },
    ])
    const tagger = await someone({ action: create }, { action: tagging, when: onlyRed })
    expect((await tagger.ask(query, inputWith(tagged('red')))).errors).toEqual([])
    expect((await tagger.ask(query, inputWith(tagged('blue')))).codes).toEqual(['AccessDenied'])
  })
})

describe('lists whose rows have tags', () => {
  const looking: Grant[] = [{ action: 'iam:*', when: { StringNotEquals: { 'aws:ResourceTag/team': 'green' } } }]

  test.each([
    [
      'managed policies',
      '{ policies(first: 1000, scope: LOCAL) { edges { node { arn description tags { key value } versions { versionId } } } } }',
      'a managed policy',
      'policies',
    ],
    [
      'virtual MFA devices',
      '{ virtualMfaDevices(first: 1000) { edges { node { serialNumber tags { key value } } } } }',
      'a virtual MFA device',
      'virtualMfaDevices',
    ],
  ])('of %s cost no statement more for each row, thirty or three', async (_what, query, kind, field) => {
    const counts: number[] = []
    for (const size of [3, 30]) {
      const owner = await installation.openAccount()
      for (let n = 0; n < size; n++) await KINDS[kind]!.make(tagged('red'), owner)
      const caller = await owner.user({ name: 'Caller', allow: looking })
      const statements = await statementsOf(installation.pool, async () => {
        const answer = await caller.ask(query)
        expect(answer.errors).toEqual([])
        expect(at(answer, `${field}.edges.length`)).toBe(size)
        expect(at(answer, `${field}.edges.0.node.tags`)).toEqual(tagged('red'))
      })
      expect(statements.filter((text) => text === KINDS[kind]!.statement)).toHaveLength(1)
      counts.push(statements.length)
    }
    // What is looked up together comes up in a turn more or less; one for each row would be 27 more.
    const [ofThree = 0, ofThirty = Infinity] = counts
    expect(ofThirty).toBeLessThan(ofThree + 5)
  })

  test('show what the tags of each row allow, and the tags by their keys', async () => {
    const owner = await installation.openAccount()
    await KINDS['a managed policy']!.make(withMore('red'), owner, 'A')
    await KINDS['a managed policy']!.make(withMore('green'), owner, 'B')
    const { ask } = await owner.user({
      name: 'Caller',
      allow: [{ action: 'iam:ListPolicies' }, { action: 'iam:ListPolicyTags', when: red }],
    })
    const { data, errors } = await ask(
      '{ policies(scope: LOCAL) { edges { node { policyName tags { key value } } } } }',
    )
    const tags = [
      { key: 'Team', value: 'x' },
      { key: 'team', value: 'red' },
      { key: 'zone', value: '1' },
    ]
    expect(data).toEqual({
      policies: { edges: [{ node: { policyName: 'A', tags } }, { node: { policyName: 'B', tags: null } }] },
    })
    expect(errors.map(({ path }) => path?.join('.'))).toEqual(['policies.edges.1.node.tags'])
  })
})
