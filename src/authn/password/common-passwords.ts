import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { z } from 'zod'

/** Text for a password that anybody would try (code PasswordPolicyViolation). */
export const commonPassword =
  'Password is too easy to guess: it is, or is much like, one that is commonly used, or a name of its user.'

const require = createRequire(import.meta.url)

/** How much may stand around a word of the list for it to be that word still: `Sunshine2024!`, `1.password`. */
const AFFIX = /^[^\p{L}]{0,2}(\p{L}.*?)[^\p{L}]{0,5}$/u
/** What people write letters as. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ['@', 'a'],
  ['4', 'a'],
  ['3', 'e'],
  ['1', 'i'],
  ['!', 'i'],
  ['0', 'o'],
  ['$', 's'],
  ['5', 's'],
  ['7', 't'],
])
const SHORT_UNIT = 4

let list: Promise<ReadonlySet<string>> | undefined

/**
 * Whether a password is among those that are tried first, whatever the case of its letters (NIST SP 800-63B §5.1.1.2): one of the
 * list, one of it with lookalikes for letters or a few digits and signs around it, a repetition or a row of characters, or a name
 * that its owner goes by. The list is read when it is first asked for.
 *
 * @param names of user and account
 */
export async function isCommonPassword(password: string, names: readonly string[] = []): Promise<boolean> {
  const text = fold(password)
  if (names.some((name) => fold(name) === text) || isRow(text)) return true
  const unit = unitOf(text)
  if (unit.length < text.length && unit.length <= SHORT_UNIT) return true
  const words = await (list ??= readList())
  return [text, unit].some((form) => formsOf(form).some((one) => words.has(one)))
}

/** 49,000 passwords of breaches, the most frequent first, all in lower case. The package's own module reads far more than them. */
async function readList(): Promise<ReadonlySet<string>> {
  const text = await readFile(require.resolve('@zxcvbn-ts/language-common/src/passwords.json'), 'utf8')
  return new Set(z.array(z.string()).parse(JSON.parse(text)))
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

function formsOf(text: string): string[] {
  const bare = AFFIX.exec(text)?.[1] ?? text
  return [text, bare, plain(text), plain(bare)]
}

function plain(text: string): string {
  return Array.from(text, (character) => LOOKALIKES.get(character) ?? character).join('')
}

/** `abcdefgh`, `98765432`. */
function isRow(text: string): boolean {
  const steps = new Set(Array.from(text.slice(1), (_, at) => text.charCodeAt(at + 1) - text.charCodeAt(at)))
  return steps.size === 1 && (steps.has(1) || steps.has(-1))
}

/** What a text repeats, whole; the text itself when it repeats nothing. */
function unitOf(text: string): string {
  // Found in itself again, shifted by its period.
  const period = `${text}${text}`.indexOf(text, 1)
  return text.slice(0, period)
}
