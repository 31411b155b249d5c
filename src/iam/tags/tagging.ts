import type { TaggedKind } from '../../access/entities.ts'
import type { Call, Tx } from '../call.ts'
import { change } from '../change.ts'
import { type ConstrainedValues, checkConstraints } from '../constraints.ts'
import { checkTagKeys, checkTags, describeTags, type TagInput } from './tag-rules.ts'
import { tagsOf, writeTags } from './write-tags.ts'

/** How something of a kind is named in a call, and how it is found. */
interface Taggable<Parameter extends string, Row> {
  readonly kind: TaggedKind
  readonly parameter: Parameter
  /** The name under its parameter. */
  readonly named: (name: string) => ConstrainedValues & object
  /** Throws NoSuchEntity. */
  readonly find: (tx: Tx, accountId: string, name: string) => Promise<Row>
  /** The key of its row beside the account. */
  readonly keyOf: (row: Row) => string
}

type Named<Parameter extends string> = Readonly<Record<Parameter, string>>

/** Adds or replaces tags. Throws NoSuchEntity, LimitExceeded, InvalidInput, ValidationError. */
type TagOperation<Parameter extends string, Row> = (
  call: Call,
  input: Named<Parameter> & { readonly tags: readonly TagInput[] },
) => Promise<Row>

/** Takes tags away; keys that are not there are ignored. Throws NoSuchEntity, ValidationError. */
type UntagOperation<Parameter extends string, Row> = (
  call: Call,
  input: Named<Parameter> & { readonly tagKeys: readonly string[] },
) => Promise<Row>

/** The two operations that change the tags of one kind: each answers with the row that they hang on. */
export function tagging<Parameter extends string, Row>({
  kind,
  parameter,
  named,
  find,
  keyOf,
}: Taggable<Parameter, Row>): readonly [tag: TagOperation<Parameter, Row>, untag: UntagOperation<Parameter, Row>] {
  return [
    async (call, input) => {
      const name = input[parameter]
      const { tags } = input
      checkConstraints(named(name))
      checkTags(tags, kind)
      return await change(call, { ...named(name), tags: describeTags(tags) }, async (tx) => {
        const row = await find(tx, call.principal.accountId, name)
        await writeTags(tagsOf(tx, kind, call.principal.accountId, keyOf(row)), tags)
        return row
      })
    },
    async (call, input) => {
      const name = input[parameter]
      const { tagKeys } = input
      checkConstraints(named(name))
      checkTagKeys(tagKeys)
      return await change(call, { ...named(name), tagKeys }, async (tx) => {
        const row = await find(tx, call.principal.accountId, name)
        await tagsOf(tx, kind, call.principal.accountId, keyOf(row)).remove(tagKeys)
        return row
      })
    },
  ]
}
