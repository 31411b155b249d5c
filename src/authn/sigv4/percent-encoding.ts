import { AuthenticationError } from '../authentication-error.ts'

/** RFC 3986 §2.3. */
const onlyUnreserved = /^[A-Za-z0-9\-._~]*$/
const onlyUnreservedOrSlash = /^[A-Za-z0-9\-._~/]*$/

const hexDigits = '0123456789ABCDEF'
const percent = 0x25
const plus = 0x2b
const slash = 0x2f
const blank = 0x20

const unreserved = new Uint8Array(256)
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~')
  unreserved[character.charCodeAt(0)] = 1

const escaped = Array.from({ length: 256 }, (_, byte) => `%${hexDigits[byte >> 4]}${hexDigits[byte & 15]}`)

function encodeByte(byte: number): string {
  return unreserved[byte] === 1 ? String.fromCharCode(byte) : escaped[byte]!
}

/** A character of a request target is a byte, as Node hands it over; anything wider is encoded as UTF-8. */
function encodeCharacter(text: string, at: number): string {
  const code = text.charCodeAt(at)
  if (code < 256) return encodeByte(code)
  let out = ''
  for (const byte of Buffer.from(text[at]!, 'utf8')) out += encodeByte(byte)
  return out
}

/**
 * One name or value of a query string in its canonical encoding: unreserved characters bare, everything else as `%XX`
 * with capital digits, `+` read as a blank (as form decoding reads it). Works byte by byte, so that escapes that are
 * not valid UTF-8 are neither lost nor confused.
 *
 * @throws AuthenticationError MalformedQueryString
 */
export function canonicalQueryComponent(raw: string): string {
  if (onlyUnreserved.test(raw)) return raw
  let out = ''
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i)
    if (code === percent) {
      out += encodeByte(unescape(raw, i))
      i += 2
    } else out += code === plus ? encodeByte(blank) : encodeCharacter(raw, i)
  }
  return out
}

function unescape(raw: string, at: number): number {
  if (at + 2 >= raw.length)
    throw new AuthenticationError('MalformedQueryString', 'Incomplete trailing escape % sequence')
  const high = hexValue(raw.charCodeAt(at + 1))
  const low = hexValue(raw.charCodeAt(at + 2))
  if (high < 0 || low < 0) {
    const sequence = raw.slice(at, at + 3)
    throw new AuthenticationError('MalformedQueryString', `Illegal hex character in escape % pattern: ${sequence}`)
  }
  return high * 16 + low
}

function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

/** What a canonical query component says, or the component itself when its bytes are not UTF-8. */
export function decodeCanonical(component: string): string {
  if (!component.includes('%')) return component
  try {
    return decodeURIComponent(component)
  } catch {
    return component
  }
}

/**
 * The path as SigV4 signs it for every service but S3: empty and dot segments removed, then each segment encoded once
 * more on top of the encoding it has on the wire ("URI-encode the path twice").
 */
export function canonicalPath(path: string): string {
  const plain = path.includes('//') || path.includes('/.') ? removeDotSegments(path) : path || '/'
  if (onlyUnreservedOrSlash.test(plain)) return plain
  let out = ''
  for (let i = 0; i < plain.length; i++) out += plain.charCodeAt(i) === slash ? '/' : encodeCharacter(plain, i)
  return out
}

function removeDotSegments(path: string): string {
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(segment)
  }
  return `/${kept.join('/')}${path.endsWith('/') && kept.length > 0 ? '/' : ''}`
}
