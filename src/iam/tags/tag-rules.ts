import { ENTITIES, type TaggedKind, type TagKeyCase } from '../../access/entities.ts'
import { lengthErrors, patternError, TAG_CHARACTERS, throwBroken } from '../constraints.ts'
import { IamError } from '../errors.ts'

export interface TagInput {
  readonly key: string
  readonly value: string
}

const LIST = { min: 0, max: 50 }
const KEY = { min: 1, max: 128, pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u }
const VALUE = { min: 0, max: 256, pattern: TAG_CHARACTERS }
const RESERVED = /^aws:/i

/** What makes keys equal that differ in case; the database holds this form beside the one that was written. */
export function foldTagKey(key: string): string {
  return key.toLowerCase()
}

/**
 * Checks the tags of one call by themselves: how many, their lengths and characters (ValidationError), the prefix `aws:`
 * that belongs to AWS, and keys that are the same (InvalidInput).
 */
export function checkTags(tags: readonly TagInput[], kind: TaggedKind): void {
  checkTagTexts(tags)
  if (hasDuplicateKeys(tags, ENTITIES[kind].tagKeys)) throw new IamError('InvalidInput', DUPLICATE_KEYS)
}

/** How IAM and STS refuse keys that are the same, of whatever they are the tags; the code is not the same. */
export const DUPLICATE_KEYS = 'Duplicate tag keys found. Please note that Tag keys are case insensitive.'

/** Of sessions like of users and roles: without regard to case. */
export function hasDuplicateKeys(tags: readonly TagInput[], keyCase: TagKeyCase = 'case-insensitive'): boolean {
  const keys = tags.map(({ key }) => (keyCase === 'case-sensitive' ? key : foldTagKey(key)))
  return new Set(keys).size < keys.length
}

/** The part of `checkTags` that IAM and STS have in common. */
export function checkTagTexts(tags: readonly TagInput[]): void {
  throwBroken(lengthErrors('tags', tags, LIST))
  throwBroken(
    tags.flatMap(({ key, value }, index) => [
      ...textErrors(`tags.${index + 1}.member.key`, key, KEY),
      ...textErrors(`tags.${index + 1}.member.value`, value, VALUE),
    ]),
  )
  for (const { key, value } of tags) checkReserved(key, value)
}

/** Checks the keys of a call that takes tags away. */
export function checkTagKeys(keys: readonly string[]): void {
  throwBroken(lengthErrors('tagKeys', keys, LIST))
  throwBroken(keys.flatMap((key, index) => textErrors(`tagKeys.${index + 1}.member`, key, KEY)))
}

/** Tags as the audit trail shows them: they take part in decisions, so their values belong there. */
export function describeTags(tags: readonly TagInput[]): string[] {
  return tags.map(({ key, value }) => `${key}=${value}`)
}

/** Refuses the prefix that AWS keeps for itself, in any case, in keys and values. */
export function checkReserved(...texts: readonly string[]): void {
  if (texts.some((text) => RESERVED.test(text))) {
    throw new IamError('InvalidInput', 'Tag keys and values must not start with aws:, which is reserved.')
  }
}

function textErrors(field: string, text: string, rule: typeof KEY): string[] {
  const lengths = lengthErrors(field, text, rule)
  if (lengths.length > 0 || rule.pattern.test(text)) return lengths
  return [patternError(field, rule.pattern)]
}
