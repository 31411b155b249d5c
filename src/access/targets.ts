import { BoundedCache } from '../authn/bounded-cache.ts'
import type { Principal } from '../authn/principal.ts'
import type { Locator, UserRow } from './declaration.ts'
import type { CompiledPrincipal } from './principal-policies.ts'
import type { Tag, Target, TargetSource } from './sources.ts'

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
const NO_TAGS: readonly Tag[] = []

/** Finds targets. What was read is reused while the account's policy epoch stands still, like the policies themselves. */
export function createTargets(source: TargetSource) {
  const cache = new BoundedCache<string, { epoch: bigint; target: Target | null }>(MAX_TARGETS)

  async function remember(
    principal: Principal,
    key: string,
    read: () => Promise<Target | null>,
  ): Promise<Target | null> {
    const cacheKey = `${principal.accountId}/${key}`
    const hit = cache.get(cacheKey)
    if (hit && hit.epoch >= principal.epoch) return hit.target
    const target = await read()
    cache.set(cacheKey, { epoch: principal.epoch, target })
    return target
  }

  /** The caller as a target: everything is known already. */
  function self(principal: Principal, compiled: CompiledPrincipal): LocatedTarget {
    const target = { arn: principal.arn, tags: compiled.tags, boundaryArn: compiled.boundaryArn }
    return {
      target,
      display: principal.name === null ? principal.arn : `user ${principal.name}`,
      publicArn: principal.arn,
    }
  }

  async function named(principal: Principal, name: string): Promise<LocatedTarget> {
    const { accountId } = principal
    const publicArn = userArn(accountId, name, '/')
    const found = await remember(principal, `user/${name.toLowerCase()}`, () => source.findUser(accountId, name))
    return { display: `user ${name}`, publicArn, target: found ?? plain(publicArn) }
  }

  return {
    locate(
      locator: Locator,
      principal: Principal,
      compiled: CompiledPrincipal,
    ): LocatedTarget | Promise<LocatedTarget> {
      const { accountId } = principal
      switch (locator.by) {
        case 'user-name': {
          const { name } = locator
          return name === null || name === undefined || name === principal.name
            ? self(principal, compiled)
            : named(principal, name)
        }
        case 'renamed-user': {
          const { name, newName, newPath } = locator
          return named(principal, name).then(({ target }) => {
            const path = target.arn.slice(`arn:aws:iam::${accountId}:user`.length, target.arn.lastIndexOf('/') + 1)
            const arn = userArn(accountId, newName ?? name, newPath ?? path)
            return {
              target: { ...target, arn },
              display: `user ${newName ?? name}`,
              publicArn: userArn(accountId, newName ?? name, newPath ?? '/'),
            }
          })
        }
        case 'user-id': {
          if (locator.userId === principal.id) return self(principal, compiled)
          const arn = userArn(accountId, locator.userId, '/')
          return remember(principal, `id/${locator.userId}`, () => source.findUserById(accountId, locator.userId)).then(
            (found) => ({
              display: `user ${locator.userId}`,
              publicArn: arn,
              target: found ?? plain(arn),
            }),
          )
        }
        case 'user-row': {
          const { user } = locator
          if (user.id === principal.id) return self(principal, compiled)
          return ofRow(accountId, user, NO_TAGS)
        }
        case 'key-owner': {
          const { accessKeyId } = locator
          const display = `access key ${accessKeyId}`
          return remember(principal, `key/${accessKeyId}`, () =>
            source.findAccessKeyOwner(accountId, accessKeyId),
          ).then((found) => ({
            display,
            // An unknown key is judged as a user of no name, so that only a policy over all users reaches it.
            target: found ?? plain(userArn(accountId, '', '/')),
            publicArn: display,
          }))
        }
        case 'arn':
          return shownAs(locator.arn)
        case 'name': {
          const arn = `arn:aws:iam::${accountId}:${locator.type}${locator.path ?? '/'}${locator.name}`
          return shownAs(arn, locator.type === 'policy' ? `policy ${locator.name}` : arn)
        }
        case 'list': {
          const prefix = locator.pathPrefix ?? '/'
          const arn = `arn:aws:iam::${accountId}:${locator.type}${prefix}`
          return shownAs(arn, locator.type === 'policy' ? `policy path ${prefix}` : arn)
        }
        case 'everything':
          return shownAs('*')
      }
    },

    /** Puts the tags of many rows at hand in one statement. */
    loadTags: (accountId: string, userIds: readonly string[]) => source.loadUserTags(accountId, userIds),
  }
}

/** A row that the caller was already allowed to see in a list or by name. */
export function ofRow(accountId: string, user: UserRow, tags: readonly Tag[]): LocatedTarget {
  const arn = user.root ? `arn:aws:iam::${accountId}:root` : userArn(accountId, user.name, user.path)
  return { target: { arn, tags, boundaryArn: null }, display: user.root ? arn : `user ${user.name}`, publicArn: arn }
}

export function shownAs(arn: string, display = arn): LocatedTarget {
  return { target: plain(arn), display, publicArn: arn }
}

function plain(arn: string): Target {
  return { arn, tags: NO_TAGS, boundaryArn: null }
}

function userArn(accountId: string, name: string, path: string): string {
  return `arn:aws:iam::${accountId}:user${path}${name}`
}
