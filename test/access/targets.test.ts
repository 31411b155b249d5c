import { describe, expect, test } from 'vitest'
import type { EntityRow, Locator } from '../../src/access/declaration.ts'
import type { CompiledPrincipal } from '../../src/access/principal-policies.ts'
import { createTargetMemory } from '../../src/access/target-memory.ts'
import { createTargets, isSelf, locatorOfArn, mayHaveTags } from '../../src/access/targets.ts'
import type { Tag } from '../../src/access/sources.ts'
import type { Principal } from '../../src/authn/principal.ts'
import {
  ACCOUNT,
  alice,
  arnHere,
  compiledOf,
  type Entity,
  federated,
  OTHER_ACCOUNT,
  refusedWith,
  roleSession,
  root,
  type SmallTargetSource,
  targetSource,
} from './small-sources.ts'

const RED: readonly Tag[] = [{ key: 'team', value: 'red' }]
const LIMIT = arnHere('policy/Limit')

/** Bob lives under a path that nobody who may not see him should learn of. */
const BOB: Entity = {
  kind: 'user',
  id: 'AIDABOB',
  name: 'Bob',
  arn: arnHere('user/secret/Bob'),
  tags: RED,
  boundaryArn: LIMIT,
  accessKeyIds: ['AKIABOB'],
}
const ENTITIES: readonly Entity[] = [
  BOB,
  { kind: 'user', id: 'AIDACAROL', name: 'Carol', arn: arnHere('user/Carol') },
  { kind: 'group', id: 'AGPASTAFF', name: 'Staff', arn: arnHere('group/secret/Staff') },
  { kind: 'role', id: 'AROADEPLOY', name: 'Deploy', arn: arnHere('role/secret/Deploy'), tags: RED },
  {
    kind: 'user',
    id: 'AIDAZOE',
    name: 'Zoe',
    arn: `arn:aws:iam::${OTHER_ACCOUNT}:user/Zoe`,
    accountId: OTHER_ACCOUNT,
    accessKeyIds: ['AKIAZOE'],
  },
]

const SELF_FACTS = { tags: [{ key: 'me', value: 'yes' }], boundary: '{"Version":"2012-10-17","Statement":[]}' }

interface World {
  readonly source: SmallTargetSource
  readonly locate: (locator: Locator, principal?: Principal) => ReturnType<ReturnType<typeof createTargets>['locate']>
  readonly compiled: CompiledPrincipal
}

async function world(generation: () => number = () => 0): Promise<World> {
  const source = targetSource(ENTITIES)
  const targets = createTargets(source, generation)
  const { boundary: _none, ...facts } = SELF_FACTS
  const compiled = { ...(await compiledOf(alice(), facts)), boundaryArn: LIMIT }
  return { source, compiled, locate: (locator, principal = alice()) => targets.locate(locator, principal, compiled) }
}

const byName = (kind: 'user' | 'group' | 'role', name: string): Locator => ({ by: 'name', kind, name })
const renamed = (name: string, newName: string | null, newPath: string | null): Locator => ({
  by: 'renamed',
  kind: 'user',
  name,
  newName,
  newPath,
})

describe('what is judged is what there is, and what is shown is what the caller said', () => {
  const cases: readonly (readonly [string, Locator, judged: string, shown: string, display: string])[] = [
    ['a user', byName('user', 'bOB'), 'user/secret/Bob', 'user/bOB', 'user bOB'],
    ['a group', byName('group', 'staff'), 'group/secret/Staff', 'group/staff', 'group staff'],
    ['a role', byName('role', 'DEPLOY'), 'role/secret/Deploy', 'role/DEPLOY', 'role DEPLOY'],
    ['nobody', byName('user', 'Nobody'), 'user/Nobody', 'user/Nobody', 'user Nobody'],
    ['a user of another account', byName('user', 'Zoe'), 'user/Zoe', 'user/Zoe', 'user Zoe'],
    ['the name of another kind', byName('role', 'Bob'), 'role/Bob', 'role/Bob', 'role Bob'],
    ['an id', { by: 'user-id', userId: 'AIDABOB' }, 'user/secret/Bob', 'user/AIDABOB', 'user AIDABOB'],
    ['nobody’s id', { by: 'user-id', userId: 'AIDANONE' }, 'user/AIDANONE', 'user/AIDANONE', 'user AIDANONE'],
    ['an id of another account', { by: 'user-id', userId: 'AIDAZOE' }, 'user/AIDAZOE', 'user/AIDAZOE', 'user AIDAZOE'],
    ['a new name', renamed('bob', 'Rob', null), 'user/secret/Rob', 'user/Rob', 'user Rob'],
    ['a new path', renamed('bob', null, '/open/'), 'user/open/bob', 'user/open/bob', 'user bob'],
    ['a new name of nobody', renamed('nobody', 'Rob', null), 'user/Rob', 'user/Rob', 'user Rob'],
    ['both new', renamed('bob', 'Rob', '/open/'), 'user/open/Rob', 'user/open/Rob', 'user Rob'],
  ]
  test.each(cases)('%s', async (_what, locator, judged, shown, display) => {
    const { locate } = await world()
    const { target, ...told } = await locate(locator)
    expect(target.arn).toBe(arnHere(judged))
    expect(told).toEqual({ publicArn: arnHere(shown), display })
  })

  test.each([
    ['an access key', 'AKIABOB', 'user/secret/Bob'],
    ['an unknown key: as a user of no name', 'AKIANONE', 'user/'],
    ['a key of another account: the same', 'AKIAZOE', 'user/'],
  ])('%s', async (_what, accessKeyId, judged) => {
    const { locate } = await world()
    const { target, ...told } = await locate({ by: 'key-owner', accessKeyId })
    expect(target.arn).toBe(arnHere(judged))
    expect(told).toEqual({ publicArn: `access key ${accessKeyId}`, display: `access key ${accessKeyId}` })
  })

  test('what is renamed keeps its tags and its boundary', async () => {
    const { locate } = await world()
    expect((await locate(renamed('bob', 'Rob', '/open/'))).target).toMatchObject({ tags: RED, boundaryArn: LIMIT })
  })

  test.each([
    ['what is about to exist', { by: 'new', kind: 'user', name: 'New', path: '/div/' }, 'user/div/New', null],
    ['without a path', { by: 'new', kind: 'role', name: 'New', path: null }, 'role/New', null],
    [
      'a policy that is about to exist',
      { by: 'new', kind: 'policy', name: 'New', path: '/div/' },
      'policy/div/New',
      'policy New',
    ],
    ['a list', { by: 'list', kind: 'user', pathPrefix: null }, 'user/', null],
    ['a part of a list', { by: 'list', kind: 'group', pathPrefix: '/div/' }, 'group/div/', null],
    ['a part of the policies', { by: 'list', kind: 'policy', pathPrefix: '/div/' }, 'policy/div/', 'policy path /div/'],
    ['an ARN as it is', { by: 'kind-and-arn', kind: 'mfa', arn: arnHere('mfa/Phone') }, 'mfa/Phone', null],
  ] as const)('nothing is read for %s', async (_what, locator, resource, display) => {
    const { locate, source } = await world()
    const arn = arnHere(resource)
    const located = { target: { arn, tags: [], boundaryArn: null }, publicArn: arn, display: display ?? arn }
    expect(locate(locator)).toEqual(located)
    expect(source.read).toEqual([])
  })
})

describe('an ARN of a user, group or role', () => {
  const elsewhere = `arn:aws:iam::${OTHER_ACCOUNT}:user/Zoe`

  test('is what it names when it is right, letter by letter', async () => {
    const { locate } = await world()
    const right = { target: { arn: BOB.arn, tags: RED, boundaryArn: LIMIT }, display: 'user Bob', publicArn: BOB.arn }
    expect(await locate({ by: 'principal-arn', arn: BOB.arn })).toEqual(right)
  })

  test.each([
    ['a path that is not the right one', arnHere('user/Bob')],
    ['another spelling', arnHere('user/secret/bob')],
    ['nobody', arnHere('user/secret/Nobody')],
    ['another kind', arnHere('role/secret/Bob')],
    ['a user of another account', elsewhere],
    ['root', arnHere('root')],
    ['something else', arnHere('policy/secret/Bob')],
    ['no ARN', 'Bob'],
    ['a pattern', arnHere('user/*')],
  ])('is no more than its text otherwise: %s', async (_what, arn) => {
    const { locate } = await world()
    const { target, publicArn } = await locate({ by: 'principal-arn', arn })
    expect({ target, publicArn }).toEqual({ target: { arn, tags: [], boundaryArn: null }, publicArn: arn })
  })

  test.each([elsewhere, 'arn:aws:iam::aws:user/Bob', 'Bob', ''])(
    'is not looked up outside of the account: %s',
    async (arn) => {
      const { locate, source } = await world()
      await locate({ by: 'principal-arn', arn })
      expect(source.read).toEqual([])
    },
  )
})

const row = (overrides: Partial<EntityRow> = {}): EntityRow => ({
  id: alice().id,
  name: 'Alice',
  path: '/',
  ...overrides,
})

describe('the caller', () => {
  const self = {
    target: { arn: alice().arn, tags: SELF_FACTS.tags, boundaryArn: LIMIT },
    display: 'user Alice',
    publicArn: alice().arn,
  }

  test.each([
    ['named by leaving out the name', { by: 'caller' }],
    ['by name', byName('user', 'Alice')],
    ['by id', { by: 'user-id', userId: alice().id }],
    ['as a row', { by: 'row', kind: 'user', row: row() }],
  ] as const)('is known without reading: %s', async (_what, locator) => {
    const { locate, source } = await world()
    expect(locate(locator)).toEqual(self)
    expect(source.read).toEqual([])
  })

  test.each([
    ['a role of the same id', { by: 'row', kind: 'role', row: row() }],
    ['a group of the same id', { by: 'row', kind: 'group', row: row() }],
    ['a user of the same name and another id', { by: 'row', kind: 'user', row: row({ id: 'AIDAOTHER' }) }],
    ['a role of the same name', byName('role', 'Alice')],
    ['a group of the same name', byName('group', 'Alice')],
  ] as const)('is not %s', async (_what, locator) => {
    const { locate } = await world()
    const { target } = await locate(locator)
    expect(target).toMatchObject({ tags: [], boundaryArn: null })
  })

  test.each([roleSession(), federated()])('cannot be left out by who is no user: $kind', async (principal) => {
    const { locate } = await world()
    expect((await refusedWith(() => locate({ by: 'caller' }, principal))).code).toBe('ValidationError')
  })

  test('can be root, whose ARN has no name', async () => {
    const { locate } = await world()
    expect(locate({ by: 'caller' }, root())).toMatchObject({
      target: { arn: arnHere('root') },
      display: arnHere('root'),
    })
    const locator: Locator = { by: 'row', kind: 'user', row: row({ id: 'AIDAROOT', root: true }) }
    expect(locate(locator)).toMatchObject({ target: { arn: arnHere('root') }, display: arnHere('root') })
  })

  test.each([
    [{ kind: 'user', row: row() }, alice(), true],
    [{ kind: 'user', row: row({ id: 'AIDAOTHER' }) }, alice(), false],
    [{ kind: 'role', row: row() }, alice(), false],
    [{ kind: 'role', row: row({ id: 'AROADEPLOY' }) }, roleSession(), false],
  ] as const)('is a row only as the user it is: %o', (parts, principal, expected) => {
    expect(isSelf({ by: 'row', ...parts }, principal)).toBe(expected)
  })
})

describe('a text that is longer than any name', () => {
  const LONG = 'x'.repeat(100_000)

  test.each([
    ['a name', byName('user', LONG)],
    ['an id', { by: 'user-id', userId: LONG }],
    ['a key', { by: 'key-owner', accessKeyId: LONG }],
    ['a new name', renamed(LONG, LONG, LONG)],
    ['an ARN', { by: 'arn', arn: LONG }],
    ['an ARN of a kind', { by: 'kind-and-arn', kind: 'policy', arn: LONG }],
    ['an ARN of a user', { by: 'principal-arn', arn: arnHere(`user/${LONG}`) }],
    ['what is about to exist', { by: 'new', kind: 'user', name: LONG, path: LONG }],
    ['a path prefix', { by: 'list', kind: 'user', pathPrefix: LONG }],
  ] as const)('is neither read nor kept nor shown in full: %s', async (_what, locator) => {
    const { locate, source } = await world()
    const { target, publicArn, display } = await locate(locator)
    for (const text of [target.arn, publicArn, display, ...source.read]) expect(text.length).toBeLessThan(5000)
  })
})

const asking = async (locate: World['locate'], ...principals: Principal[]) => {
  for (const principal of principals) await locate(byName('user', 'Bob'), principal)
}

const at = (epoch: bigint) => alice({ epoch })

describe('what was read', () => {
  test('is reused at the same epoch, in any spelling', async () => {
    const { locate, source } = await world()
    await locate(byName('user', 'Bob'))
    const { target, publicArn } = await locate(byName('user', 'BOB'))
    expect([target.arn, publicArn]).toEqual([BOB.arn, arnHere('user/BOB')])
    expect(source.read).toEqual(['user Bob'])
  })

  test('is reused when there was nothing', async () => {
    const { locate, source } = await world()
    for (const name of ['Nobody', 'nobody']) await locate(byName('user', name))
    expect(source.read).toEqual(['user Nobody'])
  })

  test.each([
    ['a later epoch', [1n, 2n]],
    ['an earlier one: the database may have been restored since', [2n, 1n]],
    ['an epoch that comes again', [1n, 2n, 1n]],
  ])('is read again at %s', async (_what, epochs) => {
    const { locate, source } = await world()
    await asking(locate, ...epochs.map(at))
    expect(source.read).toEqual(epochs.map(() => 'user Bob'))
  })

  test('is read again of another database, also at the same epoch', async () => {
    let generation = 0
    const { locate, source } = await world(() => generation)
    await asking(locate, at(1n))
    generation = 1
    await asking(locate, at(1n), at(1n))
    expect(source.read).toEqual(['user Bob', 'user Bob'])
  })

  test('is not kept for a database that took the place of its own meanwhile', async () => {
    let generation = 0
    const { locate, source } = await world(() => generation)
    const first = locate(byName('user', 'Bob'))
    generation = 1
    await first
    await asking(locate, at(1n))
    expect(source.read).toEqual(['user Bob', 'user Bob'])
  })

  test('is of one account, of one kind and of one way to name it', async () => {
    const { locate, source } = await world()
    await locate(byName('user', 'Zoe'))
    const there = alice({ accountId: OTHER_ACCOUNT, id: 'AIDAOTHER', name: 'Other' })
    expect((await locate(byName('user', 'Zoe'), there)).target.arn).toBe(`arn:aws:iam::${OTHER_ACCOUNT}:user/Zoe`)
    await locate(byName('group', 'Zoe'))
    await locate({ by: 'user-id', userId: 'Zoe' })
    await locate({ by: 'key-owner', accessKeyId: 'Zoe' })
    expect(source.read).toEqual(['user Zoe', 'user Zoe', 'group Zoe', 'id Zoe', 'key Zoe'])
  })
})

describe('tags of many things that are named by ARN', () => {
  const [a, b, c] = [arnHere('mfa/a'), arnHere('mfa/b'), arnHere('mfa/c')]

  test('are loaded once at one epoch, those that are new beside those that are known', async () => {
    const loaded: string[][] = []
    const memory = createTargetMemory(() => 0)
    const load = async (arns: readonly string[]) => {
      loaded.push([...arns])
      return new Map([[a, RED]])
    }
    expect(await memory.tagsByArn(alice(), [a, b], load)).toEqual(
      new Map([
        [a, RED],
        [b, []],
      ]),
    )
    expect(await memory.tagsByArn(alice(), [a, b, c], load)).toEqual(
      new Map([
        [a, RED],
        [b, []],
        [c, []],
      ]),
    )
    await memory.tagsByArn(alice(), [a, b, c], load)
    expect(loaded).toEqual([[a, b], [c]])
    await memory.tagsByArn(alice({ epoch: 2n }), [a], load)
    await memory.tagsByArn(alice({ epoch: 1n }), [a], load)
    expect(loaded.slice(2)).toEqual([[a], [a]])
  })

  test('are not kept for a database that took the place of its own meanwhile', async () => {
    let generation = 0
    let loads = 0
    const memory = createTargetMemory(() => generation)
    const load = async () => {
      loads++
      return new Map<string, readonly Tag[]>()
    }
    const first = memory.tagsByArn(alice(), [a], load)
    generation = 1
    await first
    await memory.tagsByArn(alice(), [a], load)
    expect(loads).toBe(2)
  })

  test('are read by id as often as they are asked for, where a thing has a name', async () => {
    const source = targetSource([], { AIDABOB: RED })
    const targets = createTargets(source, () => 0)
    for (const _time of [1, 2]) await targets.loadTags('user', alice(), ['AIDABOB'])
    for (const _time of [1, 2]) await targets.loadTags('mfa', alice(), [a])
    expect(source.read).toEqual(['tags of user AIDABOB', 'tags of user AIDABOB', `tags of mfa ${a}`])
  })

  test.each([
    ['this account’s', arnHere('policy/P'), true],
    ['another account’s', `arn:aws:iam::${OTHER_ACCOUNT}:policy/P`, false],
    ['a built-in one', 'arn:aws:iam::aws:policy/AdministratorAccess', false],
    ['another kind', arnHere('mfa/P'), false],
    ['no ARN', 'P', false],
    ['a text longer than any ARN', arnHere(`policy/${'x'.repeat(2048)}`), false],
  ])('are looked up only where there can be some: %s', (_what, arn, expected) => {
    expect(mayHaveTags('policy', arn, alice())).toBe(expected)
  })
})

describe('what an ARN of somebody who only asks is looked up as', () => {
  test.each([
    [arnHere('user/secret/Bob'), byName('user', 'Bob')],
    [arnHere('role/Deploy'), byName('role', 'Deploy')],
    [arnHere('mfa/Phone'), { by: 'kind-and-arn', kind: 'mfa', arn: arnHere('mfa/Phone') }],
    [
      arnHere('oidc-provider/id.example/a'),
      { by: 'kind-and-arn', kind: 'oidc-provider', arn: arnHere('oidc-provider/id.example/a') },
    ],
    [arnHere('group/Staff'), null],
    [arnHere('root'), null],
    [`arn:aws:iam::${OTHER_ACCOUNT}:user/Zoe`, null],
    ['arn:aws:iam::aws:policy/AdministratorAccess', null],
    ['*', null],
    [`arn:aws:s3:::${ACCOUNT}/user/Bob`, null],
  ])('%s', (arn, locator) => expect(locatorOfArn(arn, alice())).toEqual(locator))
})
