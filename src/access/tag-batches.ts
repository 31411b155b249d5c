import type { TaggedByArn } from './declaration.ts'
import type { Tag } from './sources.ts'

/** What has tags that a decision can look at. */
export type Tagged = 'user' | 'role' | TaggedByArn

type TagsByKey = ReadonlyMap<string, readonly Tag[]>

/** Reads the tags of many things of one type; a key is an id or an ARN, those without tags may be left out. */
export type LoadTags = (type: Tagged, keys: readonly string[]) => Promise<TagsByKey>

interface Batch {
  readonly keys: string[]
  readonly found: Promise<TagsByKey>
}

/**
 * Tags of targets for one request: each thing is asked for once, and what is asked for in one turn of the event loop is read
 * together, so that the rows of a list share a statement.
 */
export function createTagBatches(load: LoadTags): (type: Tagged, key: string) => Promise<readonly Tag[]> {
  const asked = new Map<string, Promise<readonly Tag[]>>()
  const open = new Map<Tagged, Batch>()

  function openBatch(type: Tagged): Batch {
    const keys: string[] = []
    const found = nextTurn().then(() => {
      open.delete(type)
      return load(type, keys)
    })
    const batch = { keys, found }
    open.set(type, batch)
    return batch
  }

  return (type, key) => {
    const before = asked.get(key)
    if (before) return before
    const batch = open.get(type) ?? openBatch(type)
    batch.keys.push(key)
    const tags = batch.found.then((found) => found.get(key) ?? [])
    asked.set(key, tags)
    return tags
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
