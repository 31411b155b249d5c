import { parseIamArn, userArn } from '../authn/arn.ts'
import { isUser, type Principal } from '../authn/principal.ts'
import type { Locator } from './declaration.ts'
import {
  accountIn,
  factsOf,
  isKindByArn,
  isPrincipalKind,
  type KindByArn,
  type NamedKind,
  type TaggedKind,
  taggedKindOf,
} from './entities.ts'
import type { CompiledPrincipal } from './principal-policies.ts'
import { arnOf, type LocatedTarget, NO_TAGS, ofRow, plain, shownAs, spoken } from './located-target.ts'
import type { TargetSource } from './sources.ts'
import { createTargetMemory, type TagsByKey } from './target-memory.ts'
import { UserNameRequired } from './user-name-required.ts'

/** Of a parameter of IAM; what is stored is shorter. */
const LONGEST_ARN = 2048
/**
 * Characters of a name, path or id that are looked at. All that exist are shorter, and what says more is refused by its rule behind
 * the gate: a caller must not make the gate read megabytes over and over.
 */
const LOOKED_AT = LONGEST_ARN

export interface Targets {
  locate(locator: Locator, principal: Principal, compiled: CompiledPrincipal): LocatedTarget | Promise<LocatedTarget>
  /** Tags of many targets of one kind in one statement. */
  loadTags(kind: TaggedKind, principal: Principal, keys: readonly string[]): Promise<TagsByKey>
}

/** Finds targets. What was read is reused while the account's policy epoch stands still, like the policies themselves. */
export function createTargets(source: TargetSource, generationNow: () => number): Targets {
  const memory = createTargetMemory(generationNow)

  async function named(principal: Principal, kind: NamedKind, name: string): Promise<LocatedTarget> {
    const { accountId } = principal
    const publicArn = arnOf(kind, accountId, { path: '/', name })
    const found = await memory.read(principal, `${kind}/${name.toLowerCase()}`, () =>
      source.find(kind, accountId, name),
    )
    return { display: spoken(kind, name), publicArn, target: found ?? plain(publicArn) }
  }

  async function userWithId(principal: Principal, userId: string): Promise<LocatedTarget> {
    const { accountId } = principal
    const publicArn = userArn({ accountId, path: '/', name: userId })
    const found = await memory.read(principal, `id/${userId}`, () => source.findUserById(accountId, userId))
    return { display: `user ${userId}`, publicArn, target: found ?? plain(publicArn) }
  }

  async function keyOwner(principal: Principal, accessKeyId: string): Promise<LocatedTarget> {
    const { accountId } = principal
    const display = `access key ${accessKeyId}`
    const found = await memory.read(principal, `key/${accessKeyId}`, () =>
      source.findAccessKeyOwner(accountId, accessKeyId),
    )
    // An unknown key is judged as a user of no name, so that only a policy over all users reaches it.
    return { display, publicArn: display, target: found ?? plain(userArn({ accountId, path: '/', name: '' })) }
  }

  async function renamed(principal: Principal, { kind, name, newName, newPath }: Extract<Locator, { by: 'renamed' }>) {
    const { accountId } = principal
    const { target } = await named(principal, kind, name)
    const after = newName ?? name
    const path = newPath ?? parseIamArn(target.arn)?.path ?? '/'
    return {
      target: { ...target, arn: arnOf(kind, accountId, { path, name: after }) },
      display: spoken(kind, after),
      publicArn: arnOf(kind, accountId, { path: newPath ?? '/', name: after }),
    }
  }

  /** Judged as what it names only when the ARN is, letter by letter, that of the user, group or role. */
  async function principalNamed(principal: Principal, arn: string): Promise<LocatedTarget> {
    const { accountId = null, type = '', name = '' } = parseIamArn(arn) ?? {}
    if (accountId !== principal.accountId || !isPrincipalKind(type)) return shownAs(arn)
    const { target, display } = await named(principal, type, name)
    return target.arn === arn ? { target, display, publicArn: arn } : shownAs(arn, display)
  }

  return {
    locate(given, principal, compiled) {
      const locator = shortened(given)
      switch (locator.by) {
        case 'caller':
          return caller(principal, compiled)
        case 'name':
          return locator.kind === 'user' && locator.name === principal.name
            ? caller(principal, compiled)
            : named(principal, locator.kind, locator.name)
        case 'user-id':
          return locator.userId === principal.id ? self(principal, compiled) : userWithId(principal, locator.userId)
        case 'row':
          return isSelf(locator, principal)
            ? self(principal, compiled)
            : ofRow(principal.accountId, locator.kind, locator.row, NO_TAGS)
        case 'renamed':
          return renamed(principal, locator)
        case 'key-owner':
          return keyOwner(principal, locator.accessKeyId)
        case 'principal-arn':
          return principalNamed(principal, locator.arn)
        default:
          return withoutReading(locator, principal)
      }
    },
    async loadTags(kind, principal, keys) {
      const load = (asked: readonly string[]) => source.loadTags(kind, principal.accountId, asked)
      return isKindByArn(kind) ? await memory.tagsByArn(principal, keys, load) : await load(keys)
    },
  }
}

/** What the request alone tells. */
function withoutReading(
  locator: Extract<Locator, { by: 'arn' | 'kind-and-arn' | 'new' | 'list' | 'everything' }>,
  { accountId }: Principal,
): LocatedTarget {
  switch (locator.by) {
    case 'arn':
    case 'kind-and-arn':
      return shownAs(locator.arn)
    case 'new': {
      const { kind, name, path } = locator
      const { noun } = factsOf(kind)
      const arn = arnOf(kind, accountId, { path: path ?? '/', name })
      return shownAs(arn, noun === undefined ? arn : `${noun} ${name}`)
    }
    case 'list': {
      const { kind, pathPrefix } = locator
      const { noun } = factsOf(kind)
      const path = pathPrefix ?? '/'
      const arn = arnOf(kind, accountId, { path, name: '' })
      return shownAs(arn, noun === undefined ? arn : `${noun} path ${path}`)
    }
    default:
      return shownAs('*')
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
  const kind = taggedKindOf(arn, accountId)
  if (kind === null) return null
  if (isKindByArn(kind)) return { by: 'kind-and-arn', kind, arn }
  return { by: 'name', kind, name: parseIamArn(arn)?.name ?? '' }
}

/** Whether an ARN can be one of this account's: nothing else is ever looked up. */
export function mayHaveTags(kind: KindByArn, arn: string, { accountId }: Principal): boolean {
  return arn.length <= LONGEST_ARN && accountIn(kind, arn) === accountId
}

/** Whether a row is the caller's own: everything about the caller has been loaded already. */
export function isSelf({ kind, row }: Extract<Locator, { by: 'row' }>, { id }: Principal): boolean {
  return kind === 'user' && row.id === id
}

/** The caller as the target of a request that names no user. Throws UserNameRequired where the caller is no user of IAM. */
function caller(principal: Principal, compiled: CompiledPrincipal): LocatedTarget {
  if (!isUser(principal)) throw new UserNameRequired()
  return self(principal, compiled)
}

function self(principal: Principal, { tags, boundaryArn }: CompiledPrincipal): LocatedTarget {
  const { arn, name } = principal
  return { target: { arn, tags, boundaryArn }, display: name === null ? arn : `user ${name}`, publicArn: arn }
}
