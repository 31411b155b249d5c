/**
 * A JSON reader (RFC 8259) for policy texts. JSON.parse is not enough: it keeps the last of two equal keys, so that a
 * reviewer and the engine could read two different policies, and it tells no positions.
 */

interface Located {
  /** Offset of the first character. */
  readonly start: number
  /** Offset of the last character. */
  readonly end: number
  /** `$.Statement[0].Action`. */
  readonly path: string
}

export interface JsonString extends Located {
  readonly type: 'string'
  readonly value: string
}
/** Numbers, booleans and null keep their spelling. */
export interface JsonScalar extends Located {
  readonly type: 'number' | 'boolean' | 'null'
  readonly value: string
}
export interface JsonArray extends Located {
  readonly type: 'array'
  readonly items: readonly JsonNode[]
}
export interface JsonMember {
  readonly key: JsonString
  readonly value: JsonNode
}
export interface JsonObject extends Located {
  readonly type: 'object'
  readonly members: readonly JsonMember[]
}
export type JsonNode = JsonString | JsonScalar | JsonArray | JsonObject

/** The text is no JSON, or an object has one key twice. */
export class JsonFault extends Error {
  readonly offset: number
  readonly path: string

  constructor(offset: number, path: string) {
    super('invalid JSON')
    this.offset = offset
    this.path = path
  }
}

/** A policy is at most seven levels deep; the limit keeps a hostile text from exhausting the stack. */
const MAX_DEPTH = 32

const QUOTE = 34
const BACKSLASH = 92
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Throws JsonFault; nothing else, whatever the text. */
export function readJson(text: string): JsonNode {
  const reader = new Reader(text)
  const node = reader.value('$', 0)
  reader.finish()
  return node
}

/** Condition keys have at most 256 characters. A longer one would be repeated in the path of everything below it. */
const LONGEST_KEY = 256

/** A key as paths show it: cut when it is too long. */
export function shownKey(key: string): string {
  return key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}…` : key
}

/** The path of a member of an object: `$.Statement`, `$["odd key"]`. */
export function memberPath(parent: string, key: string): string {
  const shown = shownKey(key)
  return NAME.test(shown) ? `${parent}.${shown}` : `${parent}[${JSON.stringify(shown)}]`
}

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  value(path: string, depth: number): JsonNode {
    this.#skipBlanks()
    const start = this.#at
    const first = this.#text[start]
    if (first === '"') return this.#string(path)
    if (first === '{') return this.#object(path, depth)
    if (first === '[') return this.#array(path, depth)
    for (const word of ['true', 'false', 'null']) {
      if (this.#text.startsWith(word, start)) {
        this.#at += word.length
        return { type: word === 'null' ? 'null' : 'boolean', value: word, start, end: this.#at - 1, path }
      }
    }
    NUMBER.lastIndex = start
    const number = NUMBER.exec(this.#text)?.[0]
    if (number === undefined) throw new JsonFault(start, path)
    this.#at += number.length
    return { type: 'number', value: number, start, end: this.#at - 1, path }
  }

  finish(): void {
    this.#skipBlanks()
    if (this.#at < this.#text.length) throw new JsonFault(this.#at, '$')
  }

  #object(path: string, depth: number): JsonObject {
    if (depth >= MAX_DEPTH) throw new JsonFault(this.#at, path)
    const start = this.#at++
    const members: JsonMember[] = []
    const seen = new Set<string>()
    if (this.#take('}')) return { type: 'object', members, start, end: this.#at - 1, path }
    do {
      this.#skipBlanks()
      if (this.#text.charCodeAt(this.#at) !== QUOTE) throw new JsonFault(this.#at, path)
      const key = this.#string(path)
      const keyPath = memberPath(path, key.value)
      if (seen.has(key.value)) throw new JsonFault(key.start, keyPath)
      seen.add(key.value)
      this.#expect(':', keyPath)
      members.push({ key, value: this.value(keyPath, depth + 1) })
    } while (this.#take(','))
    this.#expect('}', path)
    return { type: 'object', members, start, end: this.#at - 1, path }
  }

  #array(path: string, depth: number): JsonArray {
    if (depth >= MAX_DEPTH) throw new JsonFault(this.#at, path)
    const start = this.#at++
    const items: JsonNode[] = []
    if (this.#take(']')) return { type: 'array', items, start, end: this.#at - 1, path }
    do items.push(this.value(`${path}[${items.length}]`, depth + 1))
    while (this.#take(','))
    this.#expect(']', path)
    return { type: 'array', items, start, end: this.#at - 1, path }
  }

  #string(path: string): JsonString {
    const text = this.#text
    const start = this.#at
    let value = ''
    let from = start + 1
    for (let at = from; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      if (unit === QUOTE) {
        this.#at = at + 1
        return { type: 'string', value: value + text.slice(from, at), start, end: at, path }
      }
      if (unit < 32) throw new JsonFault(at, path)
      if (unit !== BACKSLASH) continue
      value += text.slice(from, at)
      const letter = text[at + 1] ?? ''
      const hex = text.slice(at + 2, at + 6)
      if (letter === 'u' && /^[0-9A-Fa-f]{4}$/.test(hex)) {
        value += String.fromCharCode(Number.parseInt(hex, 16))
        at += 5
      } else if (Object.hasOwn(ESCAPES, letter)) {
        value += ESCAPES[letter]
        at += 1
      } else throw new JsonFault(at, path)
      from = at + 1
    }
    throw new JsonFault(start, path)
  }

  #take(character: string): boolean {
    this.#skipBlanks()
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #expect(character: string, path: string): void {
    if (!this.#take(character)) throw new JsonFault(this.#at, path)
  }

  #skipBlanks(): void {
    while (isBlank(this.#text.charCodeAt(this.#at))) this.#at++
  }
}

/** JSON's white space: blank, TAB, LF, CR. */
export function isBlank(unit: number): boolean {
  return unit === 32 || unit === 9 || unit === 10 || unit === 13
}
