import type { TaggedKind } from './entities.ts'
import type { Tag } from './sources.ts'

type TagsByKey = ReadonlyMap<string, readonly Tag[]>

/** Reads the tags of many things of one kind; a key is an id or an ARN, those without tags may be left out. */
export type LoadTags = (kind: TaggedKind, keys: readonly string[]) => Promise<TagsByKey>

interface Batch {
  readonly keys: string[]
  readonly found: Promise<TagsByKey>
}

/**
 * Tags of targets for one request: each thing is asked for once, and what is asked for in one turn of the event loop is read
 * together, so that the rows of a list share a statement.
 */
export function createTagBatches(load: LoadTags): (kind: TaggedKind, key: string) => Promise<readonly Tag[]> {
  const asked = new Map<string, Promise<readonly Tag[]>>()
  const open = new Map<TaggedKind, Batch>()

  function openBatch(kind: TaggedKind): Batch {
    const keys: string[] = []
    const found = nextTurn().then(() => {
      open.delete(kind)
      return load(kind, keys)
    })
    const batch = { keys, found }
    open.set(kind, batch)
    return batch
  }

  return (kind, key) => {
    const before = asked.get(key)
    if (before) return before
    const batch = open.get(kind) ?? openBatch(kind)
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
