import { describe, expect, test } from 'vitest'
import { AccessDenied } from '../../src/access/access-denied.ts'
import {
  everything,
  group,
  keyOwner,
  listOf,
  policy,
  principal as principalByArn,
  renamedUser,
  type Requirement,
  role,
  user,
  userRow,
  userWithId,
} from '../../src/access/declaration.ts'
import type { RequestGate } from '../../src/access/gate.ts'
import type { Tag } from '../../src/access/sources.ts'
import type { Principal } from '../../src/authn/principal.ts'
import {
  ACCOUNT,
  alice,
  allow,
  arnHere,
  deny,
  type Entity,
  federated,
  openGate,
  OTHER_ACCOUNT,
  refusedWith,
  roleSession,
  root,
} from './small-sources.ts'

const RED: readonly Tag[] = [{ key: 'team', value: 'red' }]
const BOB: Entity = {
  kind: 'user',
  id: 'AIDABOB',
  name: 'Bob',
  arn: arnHere('user/secret/Bob'),
  tags: RED,
  accessKeyIds: ['AKIABOB'],
}
const ENTITIES: readonly Entity[] = [BOB]

type Need = Requirement<null, null>

const getUser = (name: string | null): Need => ({ action: 'iam:GetUser', resource: () => user(name) })
const listUsers: Need = { action: 'iam:ListUsers', resource: () => listOf('user') }
const getGroup: Need = { action: 'iam:GetGroup', resource: () => group('Staff') }
const getRole: Need = { action: 'iam:GetRole', resource: () => role('Deploy') }
const summary: Need = { action: 'iam:GetAccountSummary', resource: () => everything() }
const never = (need: Need): Need => ({ ...need, when: () => false })

const ask = async (gate: RequestGate, declaration: Parameters<typeof gate.authorize<null, null>>[0]) =>
  gate.authorize(declaration, null, null)

/** What a caller is told of a denial, without the number of the decision. */
async function told(work: () => unknown) {
  const error = await refusedWith(work)
  if (!(error instanceof AccessDenied)) throw error
  const { decisionId: _number, ...authz } = error.details.authz
  return { code: error.code, message: error.message, authz }
}

describe('a field that needs no permission', () => {
  test.each(['public', 'parent'] as const)('lets everybody pass, and nothing is read: %s', async (declaration) => {
    const { gate, policies } = openGate({ principal: null })
    expect(await ask(gate, declaration)).toBeNull()
    expect(policies.read).toEqual([])
  })

  test('lets who is signed in pass, and nobody else', async () => {
    expect(await ask(openGate().gate, 'authenticated')).toBeNull()
    const named = { authenticated: 'sts:GetCallerIdentity' }
    expect(await ask(openGate().gate, named)).toEqual({
      id: 'decision-1',
      action: 'sts:GetCallerIdentity',
      resource: alice().arn,
    })
    for (const declaration of [
      'authenticated',
      named,
      getUser('Bob'),
      [getUser('Bob')],
      { anyOf: [summary] },
    ] as const) {
      const error = await refusedWith(() => ask(openGate({ principal: null }).gate, declaration))
      expect(error.code).toBe('MissingAuthenticationToken')
    }
  })
})

const renamedTo = (text: unknown) => JSON.parse(JSON.stringify(text).replaceAll('Ann', 'Bob').replaceAll('ANN', 'BOB'))

const guessed = async (arn: string) => {
  const { gate } = openGate({ entities: ENTITIES })
  await gate.check('iam:GetUser', arn)
  return await told(() => ask(gate, getUser('Bob')))
}

describe('a caller without permission', () => {
  test.each<[string, (name: string) => Need]>([
    ['by name', (name) => getUser(name)],
    ['under another name', (name) => ({ action: 'iam:UpdateUser', resource: () => renamedUser(name, 'New') })],
    ['by id', (name) => ({ action: 'iam:GetUser', resource: () => userWithId(`AIDA${name.toUpperCase()}`) })],
    ['by a key', (name) => ({ action: 'iam:DeleteAccessKey', resource: () => keyOwner(`AKIA${name.toUpperCase()}`) })],
    [
      'by the ARN with path',
      (name) => ({
        action: 'iam:SimulatePrincipalPolicy',
        resource: () => principalByArn(arnHere(`user/secret/${name}`)),
      }),
    ],
    ['as a policy', (name) => ({ action: 'iam:GetPolicy', resource: () => policy(arnHere(`policy/${name}`)) })],
  ])('is told the same of what is there and what is not: %s', async (_what, need) => {
    const { gate } = openGate({ entities: ENTITIES })
    const there = await told(() => ask(gate, need('Bob')))
    const missing = await told(() => ask(gate, need('Ann')))
    expect(renamedTo(missing)).toEqual(there)
    expect(there.code).toBe('AccessDenied')
    // Of the path only what the caller wrote.
    expect(JSON.stringify(there).includes('secret')).toBe(JSON.stringify(missing).includes('secret'))
  })

  test('does not learn a path by a guess at it in the same request', async () => {
    expect(await guessed(arnHere('user/secret/Bob'))).toEqual(await guessed(arnHere('user/other/Bob')))
  })

  test('is recorded with what was refused, once a question', async () => {
    const { gate, decided } = openGate({ entities: ENTITIES })
    for (const _time of [1, 2]) await refusedWith(() => ask(gate, getUser('Bob')))
    expect([...gate.denials].map(({ action, resource }) => [action, resource])).toEqual([['iam:GetUser', BOB.arn]])
    expect(decided).toEqual(['IMPLICIT_DENY', 'IMPLICIT_DENY'])
  })
})

describe('several permissions of which all are needed', () => {
  const stored = { identity: [allow(['iam:GetUser', 'iam:ListUsers'])] }

  test('let pass who has all, with the decision on the first', async () => {
    const { gate, decided } = openGate({ stored, entities: ENTITIES })
    expect(await ask(gate, [getUser('Bob'), listUsers])).toMatchObject({ action: 'iam:GetUser', resource: BOB.arn })
    expect(decided).toEqual(['ALLOW', 'ALLOW'])
  })

  test.each([
    ['the first', [getGroup, getUser('Bob')]],
    ['the last', [getUser('Bob'), listUsers, getGroup]],
    ['one of two that are missing: the first', [getUser('Bob'), getGroup, getRole]],
  ])('refuse who lacks %s', async (_what, needs) => {
    const { gate } = openGate({ stored, entities: ENTITIES })
    expect((await told(() => ask(gate, needs))).authz.action).toBe('iam:GetGroup')
    expect(gate.denials.size).toBe(1)
  })

  test('are not read beyond the first that is refused', async () => {
    const { gate, targets } = openGate({ stored, entities: ENTITIES })
    await refusedWith(() => ask(gate, [getGroup, getRole]))
    expect(targets.read).toEqual(['group Staff'])
  })

  test('do not count where they do not apply', async () => {
    const { gate } = openGate({ stored, entities: ENTITIES })
    expect(await ask(gate, [never(getGroup), listUsers])).toMatchObject({ action: 'iam:ListUsers' })
    expect(await ask(gate, [never(getGroup), never(getRole)])).toBeNull()
    expect(await ask(gate, never(getGroup))).toBeNull()
    expect(gate.denials.size).toBe(0)
  })
})

describe('several permissions of which one is enough', () => {
  test('are asked without reading first, wherever they stand', async () => {
    const { gate, targets } = openGate({ stored: { identity: [allow('iam:ListUsers')] } })
    expect(await ask(gate, { anyOf: [getGroup, listUsers, getRole] })).toMatchObject({ action: 'iam:ListUsers' })
    expect(targets.read).toEqual([])
  })

  test('are all asked before somebody is refused', async () => {
    const { gate, targets } = openGate({ stored: { identity: [allow('iam:GetRole')] } })
    expect(await ask(gate, { anyOf: [getGroup, listUsers, getRole] })).toMatchObject({ action: 'iam:GetRole' })
    expect(targets.read).toEqual(['group Staff', 'role Deploy'])
  })

  test('refuse with the one that is declared first, and record that alone', async () => {
    const { gate, decided } = openGate()
    expect((await told(() => ask(gate, { anyOf: [getGroup, listUsers] }))).authz.action).toBe('iam:GetGroup')
    expect([...gate.denials].map(({ action }) => action)).toEqual(['iam:GetGroup'])
    expect(decided).toEqual(['IMPLICIT_DENY'])
  })

  test('refuse with the first that applies', async () => {
    const { gate } = openGate()
    const anyOf = [never(getGroup), getRole, listUsers]
    expect((await told(() => ask(gate, { anyOf }))).authz.action).toBe('iam:GetRole')
  })

  test('do not let pass by one that does not apply', async () => {
    const { gate } = openGate({ stored: { identity: [allow('iam:GetGroup')] } })
    await refusedWith(() => ask(gate, { anyOf: [never(getGroup), getRole] }))
  })

  test('demand nothing where none applies', async () => {
    const { gate } = openGate()
    expect(await ask(gate, { anyOf: [never(getGroup), never(listUsers)] })).toBeNull()
  })
})

const tagging = (value: string): Need => ({
  action: 'iam:TagUser',
  resource: () => user('Bob'),
  keys: () => [['aws:RequestTag/team', value]],
})

describe('the same question in one request', () => {
  test('is decided once, and its target read once', async () => {
    const { gate, policies, targets } = openGate({ stored: { identity: [allow('*')] }, entities: ENTITIES })
    const answers = [await ask(gate, getUser('Bob')), await ask(gate, getUser('Bob'))]
    expect(answers.map((answer) => answer?.id)).toEqual(['decision-1', 'decision-1'])
    expect([policies.read, targets.read]).toEqual([['AIDAALICE'], ['user Bob']])
  })

  test('reads the policies once for all who ask together', async () => {
    const { gate, policies } = openGate({ stored: { identity: [allow('*')] } })
    await Promise.all([ask(gate, getUser('Bob')), ask(gate, listUsers), gate.mightAllow('iam:GetUser')])
    expect(policies.read).toEqual(['AIDAALICE'])
  })

  test('names what was said this time', async () => {
    const { gate } = openGate({ entities: ENTITIES })
    const shown = async (name: string) => (await told(() => ask(gate, getUser(name)))).authz.resource
    expect([await shown('Bob'), await shown('bOB')]).toEqual([arnHere('user/Bob'), arnHere('user/bOB')])
  })

  test('is another one with other values of the request', async () => {
    const identity = [allow('iam:TagUser', { when: { StringEquals: { 'aws:RequestTag/team': 'red' } } })]
    const { gate } = openGate({ stored: { identity }, entities: ENTITIES })
    expect(await ask(gate, tagging('red'))).toMatchObject({ action: 'iam:TagUser' })
    expect((await refusedWith(() => ask(gate, tagging('blue')))).code).toBe('AccessDenied')
    expect((await refusedWith(() => ask(gate, { ...tagging('red'), keys: undefined }))).code).toBe('AccessDenied')
  })

  test('is not another one that reads alike', async () => {
    const { gate } = openGate({ stored: { identity: [allow('*'), deny('iam:GetUser')] } })
    // With blanks between action, resource and what is shown of it, one of these would be the same text as the last.
    for (const action of ['iam:GetUser b b', 'iam:GetUser b b b'])
      expect((await gate.check(action, 'b')).decision.effect).toBe('ALLOW')
    expect((await gate.check('iam:GetUser', 'b b')).decision.effect).toBe('EXPLICIT_DENY')
  })
})

describe('who asks', () => {
  test('is judged anew when the caller is authenticated anew in the middle of a request', async () => {
    let current: Principal = root()
    const { gate } = openGate({ principal: () => current })
    expect(await ask(gate, getUser('Bob'))).toMatchObject({ action: 'iam:GetUser' })
    current = alice()
    expect(gate.couldAllow('iam:GetUser')).toBe(true)
    expect((await told(() => ask(gate, getUser('Bob')))).authz.principal).toBe(alice().arn)
    expect(gate.couldAllow('iam:GetUser')).toBe(false)
    current = root()
    expect(gate.couldAllow('iam:GetUser')).toBe(true)
  })

  test('is not somebody else whose policies were asked for before', async () => {
    let current: Principal = root()
    const { gate } = openGate({ principal: () => current })
    const first = ask(gate, getUser('Bob'))
    current = alice()
    const second = ask(gate, getUser('Bob'))
    expect(await first).toMatchObject({ action: 'iam:GetUser' })
    expect((await refusedWith(() => second)).code).toBe('AccessDenied')
  })

  test('is nobody any more when the user is gone', async () => {
    const { gate } = openGate({ stored: null })
    expect((await refusedWith(() => ask(gate, getUser(null)))).code).toBe('InvalidClientTokenId')
    expect((await refusedWith(() => gate.check('iam:GetUser', null))).code).toBe('InvalidClientTokenId')
  })
})

const at = (epoch: bigint) => alice({ epoch })

/** Requests at these epochs, each of a database that has the policies of its epoch and number. */
async function requests(steps: readonly { readonly epoch: bigint; readonly generation?: number }[]) {
  let now = steps[0]!
  const read: bigint[] = []
  const loadPrincipal = async () => {
    read.push(now.epoch)
    const { epoch } = now
    return { epoch, mayChangePassword: false, hasMfaDevice: false, tags: [], identity: [], boundary: null }
  }
  const policies = { loadPrincipal, loadRole: async () => null, loadManaged: async () => [] }
  const { open } = openGate({ policies, generation: () => now.generation ?? 0 })
  for (const step of steps) {
    now = step
    await open(at(step.epoch)).mightAllow('iam:GetUser')
  }
  return read
}

describe('policies that were read', () => {
  test('are reused by the next request at the same epoch', async () =>
    expect(await requests([{ epoch: 1n }, { epoch: 1n }])).toEqual([1n]))

  test('are read again at a later epoch', async () =>
    expect(await requests([{ epoch: 1n }, { epoch: 2n }])).toEqual([1n, 2n]))

  test('are read again at an earlier epoch: the database may have been restored since', async () =>
    expect(await requests([{ epoch: 2n }, { epoch: 1n }])).toEqual([2n, 1n]))

  test('are read again of another database', async () =>
    expect(await requests([{ epoch: 1n }, { epoch: 1n, generation: 1 }])).toEqual([1n, 1n]))
})

const need = (arn: string): Need => ({ action: 'iam:GetPolicy', resource: () => policy(arn) })

describe('tags that a policy looks at', () => {
  const byTag = allow('iam:GetUser', { when: { StringEquals: { 'aws:ResourceTag/team': 'red' } } })
  const rows = ['1', '2'].map((n) => ({ id: `AIDA${n}`, name: `User${n}`, path: '/' }))
  const needRow = (row: (typeof rows)[number]): Need => ({ action: 'iam:GetUser', resource: () => userRow(row) })

  test('are read of all rows of a turn at once', async () => {
    const { gate, targets } = openGate({ stored: { identity: [byTag] }, tags: { AIDA1: RED } })
    await gate.mightAllow('iam:GetUser')
    const effects = await Promise.allSettled(rows.map((row) => ask(gate, needRow(row))))
    expect(effects.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(targets.read).toEqual(['tags of user AIDA1,AIDA2'])
  })

  test('are not read when none does', async () => {
    const { gate, targets } = openGate({ stored: { identity: [allow('iam:GetUser')] } })
    for (const row of rows) await ask(gate, needRow(row))
    expect(targets.read).toEqual([])
  })

  test('are one’s own for a row of oneself, without reading', async () => {
    const own = { id: alice().id, name: 'Alice', path: '/' }
    const { gate, targets } = openGate({ stored: { identity: [byTag], tags: RED } })
    expect(await ask(gate, needRow(own))).toMatchObject({ resource: alice().arn })
    expect(targets.read).toEqual([])
  })

  test('are looked up by ARN in this account alone', async () => {
    const stored = { identity: [allow('iam:GetPolicy', { when: { StringEquals: { 'aws:ResourceTag/team': 'red' } } })] }
    const [here, there] = [arnHere('policy/P'), `arn:aws:iam::${OTHER_ACCOUNT}:policy/P`]
    const { gate, targets } = openGate({ stored, tags: { [here]: RED, [there]: RED } })
    expect(await ask(gate, need(here))).toMatchObject({ resource: here })
    expect((await refusedWith(() => ask(gate, need(there)))).code).toBe('AccessDenied')
    expect(targets.read).toEqual([`tags of policy ${here}`])
  })
})

describe('who only asks', () => {
  test('leaves no trace, whatever the answer', async () => {
    const { gate, decided } = openGate({ entities: ENTITIES })
    expect((await gate.check('iam:GetUser', arnHere('user/secret/Bob'))).decision.effect).toBe('IMPLICIT_DENY')
    expect([gate.denials.size, decided]).toEqual([0, []])
  })

  test('is answered, not refused, with a credential that is barred', async () => {
    const { gate } = openGate({ principal: federated(), stored: { identity: [allow('*')] } })
    expect((await gate.check('iam:GetUser', null)).decision.effect).toBe('EXPLICIT_DENY')
    expect((await gate.check('s3:GetObject', '*')).decision.effect).toBe('ALLOW')
  })

  test.each([
    ['a user: the caller', 'iam:GetUser', alice(), alice().arn],
    ['in any spelling', 'IAM:getuser', alice(), alice().arn],
    ['a list: all of it', 'iam:ListUsers', alice(), arnHere('user/')],
    ['what has no resource: everything', 'iam:GetAccountSummary', alice(), '*'],
    ['what is of another kind: everything', 'iam:GetRole', alice(), '*'],
    ['what is unknown: everything', 's3:GetObject', alice(), '*'],
    ['a user, when the caller is none: everything', 'iam:GetUser', roleSession(), '*'],
  ] as const)('without a resource about %s', async (_what, action, principal, resource) => {
    const { gate } = openGate({ principal })
    expect((await gate.check(action, null)).resource).toBe(resource)
  })

  const byTag = [allow('iam:GetUser', { when: { StringEquals: { 'aws:ResourceTag/team': 'red' } } })]
  test.each([
    ['letter by letter', BOB.arn, 'ALLOW'],
    ['not with another path', arnHere('user/Bob'), 'IMPLICIT_DENY'],
    ['not in another spelling', arnHere('user/secret/bob'), 'IMPLICIT_DENY'],
    ['not in another account', `arn:aws:iam::${OTHER_ACCOUNT}:user/secret/Bob`, 'IMPLICIT_DENY'],
  ])('is answered by the tags of what the ARN names: %s', async (_what, arn, effect) => {
    const { gate } = openGate({ stored: { identity: byTag }, entities: ENTITIES })
    const verdict = await gate.check('iam:GetUser', arn)
    expect([verdict.decision.effect, verdict.resource, verdict.publicArn]).toEqual([effect, arn, arn])
  })

  test('is told that something could be allowed until it is certain that nothing is', async () => {
    const { gate } = openGate({ stored: { identity: [allow('iam:GetUser', { on: arnHere('user/Carol') })] } })
    expect([gate.couldAllow('iam:GetUser'), gate.couldAllow('iam:ListUsers')]).toEqual([true, true])
    expect([await gate.mightAllow('iam:GetUser'), await gate.mightAllow('iam:ListUsers')]).toEqual([true, false])
    expect([gate.couldAllow('iam:GetUser'), gate.couldAllow('iam:ListUsers')]).toEqual([true, false])
  })
})

const trust = (...actions: string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: alice().arn }, Action: actions }],
  })

describe('a role that somebody wants to become', () => {
  const ROLE = arnHere('role/Deploy')
  const question = (trustPolicy: string | null, actions: readonly [string, ...string[]] = ['sts:AssumeRole']) => ({
    actions,
    roleArn: ROLE,
    role: trustPolicy === null ? null : { accountId: ACCOUNT, trustPolicy, tags: RED },
    keys: [] as const,
  })

  const refused = (principal: Principal, trustPolicy: string | null) =>
    told(() => openGate({ principal, stored: { identity: [allow('*')] } }).gate.decideOnTrust(question(trustPolicy)))

  test('is decided by its trust, with the decision on the first action', async () => {
    const { gate, decided, targets } = openGate()
    const both = question(trust('sts:AssumeRole', 'sts:TagSession'), ['sts:AssumeRole', 'sts:TagSession'])
    expect(await gate.decideOnTrust(both)).toMatchObject({ action: 'sts:AssumeRole', resource: ROLE })
    expect(decided).toEqual(['ALLOW', 'ALLOW'])
    expect(targets.read).toEqual([])
  })

  test('is refused when one of the actions is not allowed', async () => {
    const { gate } = openGate()
    const both = question(trust('sts:AssumeRole'), ['sts:AssumeRole', 'sts:TagSession'])
    expect((await told(() => gate.decideOnTrust(both))).authz.action).toBe('sts:TagSession')
    expect([...gate.denials].map(({ action }) => action)).toEqual(['sts:TagSession'])
  })

  test('is refused in the same words when it is missing and when it does not trust', async () => {
    const missing = await refused(alice(), null)
    expect(missing.authz).toMatchObject({ resource: ROLE, reason: 'RESOURCE_POLICY' })
    expect(await refused(alice(), trust('sts:TagSession'))).toEqual(missing)
    expect((await refused(root(), null)).code).toBe('AccessDenied')
  })

  test('is judged with its tags and the keys of the request', async () => {
    const when = { StringEquals: { 'aws:ResourceTag/team': 'red', 'sts:RoleSessionName': 'run' } }
    const stored = { identity: [allow('sts:AssumeRole', { when })] }
    const accountTrust = trust('sts:AssumeRole').replace(alice().arn, ACCOUNT)
    const asked = { ...question(accountTrust), keys: [['sts:RoleSessionName', 'run']] as const }
    expect(await openGate({ stored }).gate.decideOnTrust(asked)).toMatchObject({ action: 'sts:AssumeRole' })
    await refusedWith(() => openGate({ stored }).gate.decideOnTrust({ ...asked, keys: [] }))
    await refusedWith(() => openGate({ stored }).gate.decideOnTrust({ ...asked, role: { ...asked.role!, tags: [] } }))
  })

  test('is not to be had by nobody', async () => {
    const { gate } = openGate({ principal: null })
    const error = await refusedWith(() => gate.decideOnTrust(question(trust('sts:AssumeRole'))))
    expect(error.code).toBe('MissingAuthenticationToken')
  })
})

describe('somebody whom an identity provider vouches for', () => {
  const PROVIDER = 'id.example.com/staff'
  const ROLE = arnHere('role/Deploy')
  const identity = {
    provider: PROVIDER,
    audience: 'portal',
    subject: 'carol',
    audiences: ['portal'],
    methods: [],
    claims: [['team', 'red']] as const,
  }
  const trust = (statement: object = {}) => {
    const Principal = { Federated: arnHere(`oidc-provider/${PROVIDER}`) }
    const Action = 'sts:AssumeRoleWithWebIdentity'
    return JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal, Action, ...statement }],
    })
  }
  const where = (key: string, value: string) => trust({ Condition: { StringEquals: { [key]: value } } })
  const question = (trustPolicy: string | null, who: object = {}) => ({
    actions: ['sts:AssumeRoleWithWebIdentity'] as [string, ...string[]],
    accountId: ACCOUNT,
    identity: { ...identity, ...who },
    roleArn: ROLE,
    role: trustPolicy === null ? null : { trustPolicy, tags: RED },
    keys: [],
  })

  test.each([
    ['a role that trusts the provider', trust(), {}, 'ALLOW'],
    ['no role', null, {}, 'IMPLICIT_DENY'],
    [
      'a role that trusts another provider',
      trust({ Principal: { Federated: arnHere('oidc-provider/other.example') } }),
      {},
      'IMPLICIT_DENY',
    ],
    ['a role that trusts its own account', trust({ Principal: { AWS: ACCOUNT } }), {}, 'IMPLICIT_DENY'],
    ['a role that denies', trust({ Effect: 'Deny' }), {}, 'EXPLICIT_DENY'],
    ['a role that trusts this subject', where(`${PROVIDER}:sub`, 'carol'), {}, 'ALLOW'],
    ['a role that trusts another subject', where(`${PROVIDER}:sub`, 'dave'), {}, 'IMPLICIT_DENY'],
    [
      'another subject among the claims',
      where(`${PROVIDER}:sub`, 'dave'),
      { claims: [['sub', 'dave']] },
      'IMPLICIT_DENY',
    ],
    [
      'another audience among the claims',
      where(`${PROVIDER}:aud`, 'other'),
      { claims: [['aud', 'other']] },
      'IMPLICIT_DENY',
    ],
    ['a claim that the role asks for', where(`${PROVIDER}:team`, 'red'), {}, 'ALLOW'],
    ['a tag of the role', where('aws:ResourceTag/team', 'red'), {}, 'ALLOW'],
    [
      'a claim of a provider that is called aws',
      trust({
        Principal: { Federated: arnHere('oidc-provider/aws') },
        Condition: { StringEquals: { 'aws:SourceIp': '1.2.3.4' } },
      }),
      { provider: 'aws', claims: [['SourceIp', '1.2.3.4']] },
      'IMPLICIT_DENY',
    ],
  ])('is let in by the trust policy alone: %s', (_what, trustPolicy, who, effect) => {
    const { gate, decided, policies } = openGate({ principal: null })
    expect(gate.decideOnWebIdentity(question(trustPolicy, who)).decision.effect).toBe(effect)
    expect([decided, gate.denials.size, policies.read]).toEqual([[effect], 0, []])
  })

  test('is told of the first action that is not allowed', () => {
    const { gate } = openGate({ principal: null })
    const actions: [string, ...string[]] = ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession']
    expect(gate.decideOnWebIdentity({ ...question(trust()), actions })).toMatchObject({
      action: 'sts:TagSession',
      decision: { effect: 'IMPLICIT_DENY' },
    })
    const both = trust({ Action: actions })
    expect(gate.decideOnWebIdentity({ ...question(both), actions })).toMatchObject({ action: actions[0] })
  })
})
