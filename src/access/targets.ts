import { groupArn, mfaArn, parseIamArn, parseOidcProviderArn, policyArn, roleArn, userArn } from '../authn/arn.ts'
import { BoundedCache } from '../authn/bounded-cache.ts'
import { isUser, type Principal } from '../authn/principal.ts'
import type { Locator, PathedRow, TaggedByArn, UserRow } from './declaration.ts'
import type { CompiledPrincipal } from './principal-policies.ts'
import type { Tag, Target, TargetSource } from './sources.ts'
import type { Tagged } from './tag-batches.ts'
import { UserNameRequired } from './user-name-required.ts'

/** A target as the gate judges it (`target`) and as a denial may show it. */
export interface LocatedTarget {
  readonly target: Target
  /** What IAM prints after `on resource:`. */
  readonly display: string
  /**
   * The ARN that a denial names. It is made from what the caller said, never from what was found: a path or a spelling that
   * the caller did not know would tell that the name exists.
   */
  readonly publicArn: string
}

const MAX_TARGETS = 20_000
/** Of a parameter of IAM; what is stored is shorter. */
const LONGEST_ARN = 2048
/**
 * Characters of a name, path or id that are looked at. All that exist are shorter, and what says more is refused by its rule behind
 * the gate: a caller must not make the gate read megabytes over and over.
 */
const LOOKED_AT = LONGEST_ARN
const NO_TAGS: readonly Tag[] = []

const ARN_OF = { user: userArn, group: groupArn, role: roleArn, policy: policyArn, mfa: mfaArn } as const

const LOADER_OF = {
  policy: 'loadPolicyTags',
  mfa: 'loadMfaDeviceTags',
  'oidc-provider': 'loadOidcProviderTags',
} as const satisfies Record<TaggedByArn, keyof TargetSource>

interface Remembered {
  readonly epoch: bigint
  readonly generation: number
  readonly target: Target | null
}

/** Finds targets. What was read is reused while the account's policy epoch stands still, like the policies themselves. */
export function createTargets(source: TargetSource, generationNow: () => number) {
  const cache = new BoundedCache<string, Remembered>(MAX_TARGETS)

  /** As for policies: a newer epoch than that of the request may be of a database that was restored since. */
  function recall(cacheKey: string, epoch: bigint): Remembered | undefined {
    const hit = cache.get(cacheKey)
    return hit?.generation === generationNow() && hit.epoch === epoch ? hit : undefined
  }

  async function remember(
    principal: Principal,
    key: string,
    read: () => Promise<Target | null>,
  ): Promise<Target | null> {
    const cacheKey = `${principal.accountId}/${key}`
    const hit = recall(cacheKey, principal.epoch)
    if (hit) return hit.target
    const generation = generationNow()
    const target = await read()
    cache.set(cacheKey, { epoch: principal.epoch, generation, target })
    return target
  }

  /** Remembered like users and roles, so that only ARNs that are new at this epoch are read. */
  async function tagsByArn(principal: Principal, type: TaggedByArn, arns: readonly string[]) {
    const { accountId, epoch } = principal
    const tags = new Map<string, readonly Tag[]>()
    for (const arn of arns) {
      const hit = recall(arn, epoch)
      if (hit?.target) tags.set(arn, hit.target.tags)
    }
    const unknown = arns.filter((arn) => !tags.has(arn))
    if (unknown.length === 0) return tags
    const generation = generationNow()
    const found = await source[LOADER_OF[type]](accountId, unknown)
    for (const arn of unknown) {
      const target = { ...plain(arn), tags: found.get(arn) ?? NO_TAGS }
      cache.set(arn, { epoch, generation, target })
      tags.set(arn, target.tags)
    }
    return tags
  }

  async function userNamed(principal: Principal, name: string): Promise<LocatedTarget> {
    const { accountId } = principal
    const publicArn = userArn({ accountId, path: '/', name })
    const found = await remember(principal, `user/${name.toLowerCase()}`, () => source.findUser(accountId, name))
    return { display: `user ${name}`, publicArn, target: found ?? plain(publicArn) }
  }

  async function userWithId(principal: Principal, userId: string): Promise<LocatedTarget> {
    const { accountId } = principal
    const publicArn = userArn({ accountId, path: '/', name: userId })
    const found = await remember(principal, `id/${userId}`, () => source.findUserById(accountId, userId))
    return { display: `user ${userId}`, publicArn, target: found ?? plain(publicArn) }
  }

  async function keyOwner(principal: Principal, accessKeyId: string): Promise<LocatedTarget> {
    const { accountId } = principal
    const display = `access key ${accessKeyId}`
    const found = await remember(principal, `key/${accessKeyId}`, () =>
      source.findAccessKeyOwner(accountId, accessKeyId),
    )
    // An unknown key is judged as a user of no name, so that only a policy over all users reaches it.
    return { display, publicArn: display, target: found ?? plain(userArn({ accountId, path: '/', name: '' })) }
  }

  async function entityNamed(principal: Principal, type: 'group' | 'role', name: string): Promise<LocatedTarget> {
    const { accountId } = principal
    const publicArn = ARN_OF[type]({ accountId, path: '/', name })
    const found = await remember(principal, `${type}/${name.toLowerCase()}`, () =>
      type === 'group' ? source.findGroup(accountId, name) : source.findRole(accountId, name),
    )
    return { display: `${type} ${name}`, publicArn, target: found ?? plain(publicArn) }
  }

  async function renamed(principal: Principal, { type, name, newName, newPath }: Extract<Locator, { by: 'renamed' }>) {
    const { accountId } = principal
    const { target } = await (type === 'user' ? userNamed(principal, name) : entityNamed(principal, type, name))
    const path = newPath ?? parseIamArn(target.arn)?.path ?? '/'
    const after = newName ?? name
    return {
      target: { ...target, arn: ARN_OF[type]({ accountId, path, name: after }) },
      display: `${type} ${after}`,
      publicArn: ARN_OF[type]({ accountId, path: newPath ?? '/', name: after }),
    }
  }

  /** Judged as what it names only when the ARN is, letter by letter, that of the user, group or role. */
  async function principalNamed(principal: Principal, arn: string): Promise<LocatedTarget> {
    const { accountId = null, type = null, name = '' } = parseIamArn(arn) ?? {}
    if (accountId !== principal.accountId) return shownAs(arn)
    if (type !== 'user' && type !== 'group' && type !== 'role') return shownAs(arn)
    const { target, display } = await (type === 'user'
      ? userNamed(principal, name)
      : entityNamed(principal, type, name))
    return target.arn === arn ? { target, display, publicArn: arn } : shownAs(arn, display)
  }

  function locate(
    given: Locator,
    principal: Principal,
    compiled: CompiledPrincipal,
  ): LocatedTarget | Promise<LocatedTarget> {
    const { accountId } = principal
    const locator = shortened(given)
    switch (locator.by) {
      case 'user-name': {
        const { name } = locator
        if (name !== null && name !== undefined && name !== principal.name) return userNamed(principal, name)
        if (!isUser(principal)) throw new UserNameRequired()
        return self(principal, compiled)
      }
      case 'user-id':
        return locator.userId === principal.id ? self(principal, compiled) : userWithId(principal, locator.userId)
      case 'user-row':
        return locator.user.id === principal.id ? self(principal, compiled) : ofRow(accountId, locator.user, NO_TAGS)
      case 'entity-name':
        return entityNamed(principal, locator.type, locator.name)
      case 'entity-row':
        return entityRow(accountId, locator.type, locator.row, NO_TAGS)
      case 'renamed':
        return renamed(principal, locator)
      case 'key-owner':
        return keyOwner(principal, locator.accessKeyId)
      case 'arn':
      case 'tagged-arn':
        return shownAs(locator.arn)
      case 'principal-arn':
        return principalNamed(principal, locator.arn)
      case 'name': {
        const { type, name, path } = locator
        const arn = ARN_OF[type]({ accountId, path: path ?? '/', name })
        return shownAs(arn, type === 'policy' ? `policy ${name}` : arn)
      }
      case 'list': {
        const prefix = locator.pathPrefix ?? '/'
        const arn = ARN_OF[locator.type]({ accountId, path: prefix, name: '' })
        return shownAs(arn, locator.type === 'policy' ? `policy path ${prefix}` : arn)
      }
      default:
        return shownAs('*')
    }
  }

  return {
    locate,
    /** Tags of many targets in one statement: users and roles by id, the others by ARN. */
    loadTags(
      type: Tagged,
      principal: Principal,
      keys: readonly string[],
    ): Promise<ReadonlyMap<string, readonly Tag[]>> {
      if (type === 'user') return source.loadUserTags(principal.accountId, keys)
      if (type === 'role') return source.loadRoleTags(principal.accountId, keys)
      return tagsByArn(principal, type, keys)
    },
  }
}

/** The same locator unless a caller wrote more than is looked at. */
function shortened(locator: Locator): Locator {
  const tooLong = Object.values(locator).some((text) => typeof text === 'string' && text.length > LOOKED_AT)
  if (!tooLong) return locator
  const cut = Object.entries(locator).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.slice(0, LOOKED_AT) : value,
  ])
  return { ...locator, ...Object.fromEntries(cut) }
}

/** How to find the thing with tags that an ARN of this account names; null when it names something else. */
export function locatorOfArn(arn: string, { accountId }: Principal): Locator | null {
  if (parseOidcProviderArn(arn)?.accountId === accountId) return { by: 'tagged-arn', type: 'oidc-provider', arn }
  const named = parseIamArn(arn)
  if (named?.accountId !== accountId) return null
  const { type, name } = named
  if (type === 'user') return { by: 'user-name', name }
  if (type === 'role') return { by: 'entity-name', type, name }
  return type === 'policy' || type === 'mfa' ? { by: 'tagged-arn', type, arn } : null
}

/** Whether an ARN can be one of this account's: nothing else is ever looked up. */
export function mayHaveTags(type: TaggedByArn, arn: string, { accountId }: Principal): boolean {
  if (arn.length > LONGEST_ARN) return false
  if (type === 'oidc-provider') return parseOidcProviderArn(arn)?.accountId === accountId
  const named = parseIamArn(arn)
  return named?.type === type && named.accountId === accountId
}

/** The caller as a target: everything is known already. */
function self(principal: Principal, { tags, boundaryArn }: CompiledPrincipal): LocatedTarget {
  const { arn, name } = principal
  return { target: { arn, tags, boundaryArn }, display: name === null ? arn : `user ${name}`, publicArn: arn }
}

/** A row that the caller was already allowed to see in a list or by name. */
export function ofRow(accountId: string, user: UserRow, tags: readonly Tag[]): LocatedTarget {
  const arn = userArn({ accountId, ...user })
  return { target: { arn, tags, boundaryArn: null }, display: user.root ? arn : `user ${user.name}`, publicArn: arn }
}

/** A group or role that the caller was already allowed to see. */
export function entityRow(
  accountId: string,
  type: 'group' | 'role',
  { name, path }: PathedRow,
  tags: readonly Tag[],
): LocatedTarget {
  const arn = ARN_OF[type]({ accountId, path, name })
  return { target: { arn, tags, boundaryArn: null }, display: `${type} ${name}`, publicArn: arn }
}

export function shownAs(arn: string, display = arn, tags: readonly Tag[] = NO_TAGS): LocatedTarget {
  return { target: { ...plain(arn), tags }, display, publicArn: arn }
}

function plain(arn: string): Target {
  return { arn, tags: NO_TAGS, boundaryArn: null }
}
