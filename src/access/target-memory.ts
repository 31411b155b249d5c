import { BoundedCache } from '../authn/bounded-cache.ts'
import type { Principal } from '../authn/principal.ts'
import { NO_TAGS, plain } from './located-target.ts'
import type { Tag, Target } from './sources.ts'

const MAX_TARGETS = 20_000

/** Tags of many targets by unique id or, where requests name a thing by it, by ARN. */
export type TagsByKey = ReadonlyMap<string, readonly Tag[]>

interface Remembered {
  readonly epoch: bigint
  readonly generation: number
  readonly target: Target | null
}

/** What was read of targets, good for callers who were authenticated at the same epoch of the same database. */
export function createTargetMemory(generationNow: () => number) {
  const cache = new BoundedCache<string, Remembered>(MAX_TARGETS)

  /** As for policies: a newer epoch than that of the request may be of a database that was restored since. */
  function recall(cacheKey: string, epoch: bigint): Remembered | undefined {
    const hit = cache.get(cacheKey)
    return hit?.generation === generationNow() && hit.epoch === epoch ? hit : undefined
  }

  return {
    async read(
      { accountId, epoch }: Principal,
      key: string,
      read: () => Promise<Target | null>,
    ): Promise<Target | null> {
      const cacheKey = `${accountId}/${key}`
      const hit = recall(cacheKey, epoch)
      if (hit) return hit.target
      const generation = generationNow()
      const target = await read()
      cache.set(cacheKey, { epoch, generation, target })
      return target
    },

    /** Remembered like users and roles, so that only ARNs that are new at this epoch are read. */
    async tagsByArn(
      { epoch }: Principal,
      arns: readonly string[],
      load: (arns: readonly string[]) => Promise<TagsByKey>,
    ): Promise<TagsByKey> {
      const tags = new Map<string, readonly Tag[]>()
      for (const arn of arns) {
        const hit = recall(arn, epoch)
        if (hit?.target) tags.set(arn, hit.target.tags)
      }
      const unknown = arns.filter((arn) => !tags.has(arn))
      if (unknown.length === 0) return tags
      const generation = generationNow()
      const found = await load(unknown)
      for (const arn of unknown) {
        const target = { ...plain(arn), tags: found.get(arn) ?? NO_TAGS }
        cache.set(arn, { epoch, generation, target })
        tags.set(arn, target.tags)
      }
      return tags
    },
  }
}
