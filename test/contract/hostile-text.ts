import * as fc from 'fast-check'

/** Texts that have broken programs: empty ones, names that every object has, characters that databases and formats refuse, and noise. */
export const HOSTILE_TEXT = fc.oneof(
  fc.constantFrom('', '*', '0', '-1', '1001', 'true', 'Inactive', '/', 'arn:aws:iam::aws:policy/IAMFullAccess'),
  fc.constantFrom('{"Version":"2012-10-17","Statement":[]}', '__proto__', 'constructor', '\u0000', '\u{1F600}', '${x}'),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => Buffer.from(text).toString()),
)
