import { AuthenticationError } from '../authn/authentication-error.ts'
import { canonicalQueryComponent } from '../authn/sigv4/percent-encoding.ts'

/** A parameter with what its dotted name goes on to: `Tags` → `member` → `1` → `Key`. */
export interface FormNode {
  value?: string
  readonly children: Map<string, FormNode>
}

const BROKEN_ESCAPE = /%(?![0-9A-Fa-f]{2})/
/** The service model nests two lists and a structure at most. */
const MAX_DEPTH = 8
const MAX_PARAMETERS = 20_000

/**
 * The text of a form that came as query string and as body; what is in the query string comes first and counts.
 *
 * @throws AuthenticationError MalformedQueryString for broken escapes and for bytes that are no UTF-8
 */
export function formText(query: string, body: Uint8Array): string {
  const text = [query, utf8(body)].filter((part) => part !== '').join('&')
  const broken = BROKEN_ESCAPE.exec(text)
  // Throws in AWS's words: it is the same check that signatures go through.
  if (broken !== null) canonicalQueryComponent(componentAround(text, broken.index))
  return text
}

/** One parameter, without reading the others: nobody is authenticated yet who would have a right to that much work. */
export function peek(text: string, name: string): string | null {
  const raw = new RegExp(`(?:^|&)${name}=([^&]*)`).exec(text)?.[1]
  return raw === undefined ? null : decode(raw)
}

/** All parameters. Of those that come twice the first counts, as at AWS. */
export function readForm(text: string): FormNode {
  const root: FormNode = { children: new Map() }
  const parts = text.split('&', MAX_PARAMETERS + 1)
  if (parts.length > MAX_PARAMETERS) throw malformed(`A request has at most ${MAX_PARAMETERS} parameters.`)
  for (const part of parts) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = decode(equals < 0 ? part : part.slice(0, equals))
    const node = descend(root, name.split('.', MAX_DEPTH))
    node.value ??= equals < 0 ? '' : decode(part.slice(equals + 1))
  }
  return root
}

function descend(root: FormNode, names: readonly string[]): FormNode {
  let node = root
  for (const name of names) {
    const next = node.children.get(name) ?? { children: new Map() }
    node.children.set(name, next)
    node = next
  }
  return node
}

function componentAround(text: string, at: number): string {
  const start = Math.max(text.lastIndexOf('&', at), text.lastIndexOf('=', at)) + 1
  const length = text.slice(at).search(/[&=]/)
  return text.slice(start, length < 0 ? text.length : at + length)
}

function decode(raw: string): string {
  const spaced = raw.includes('+') ? raw.replaceAll('+', ' ') : raw
  if (!spaced.includes('%')) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch {
    throw notUtf8()
  }
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw notUtf8()
  }
}

const notUtf8 = () => malformed('The parameters are not valid UTF-8.')

function malformed(message: string): AuthenticationError {
  return new AuthenticationError('MalformedQueryString', message)
}
