/** An index holds no more than some 2,700 bytes a row. */
const LONGEST_INDEXED = 2_000
/** The longest ARN that names anything of IAM has some 700: what is longer was refused. */
const LONGEST_REFUSED = 1_000

/** Bytes that are kept of a user agent, wherever. */
export const LONGEST_USER_AGENT = 512

/** What a name that cannot be one is kept as; AWS writes the same. */
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS'

/**
 * The resource of an event. ARNs hold no blanks, control characters or letters beyond ASCII: what does was typed or pasted
 * into the wrong place and may be a password, so only the kind of thing is kept.
 */
export function storableResource(resource: string, refused = false): string {
  const shown = /^[\u0021-\u007E]*$/.test(resource)
    ? resource
    : resource.replace(/(\/|^)[^/]*[^\u0021-\u007E].*$/s, `$1${HIDDEN}`)
  return cutText(shown, refused ? LONGEST_REFUSED : LONGEST_INDEXED)
}

/** A text as the database can take it, cut to what an index holds. */
export function fit(text: string): string {
  return cutText(text, LONGEST_INDEXED)
}

/**
 * A text as the database can take it, of at most so many bytes of UTF-8. One that is cut says so, and how long it was:
 * `arn:aws:iam::…[cut: 81920 bytes]`.
 */
export function cutText(text: string, bytes: number): string {
  const clean = wellFormed(text)
  // No UTF-16 unit takes more than three bytes of UTF-8.
  if (clean.length * 3 <= bytes) return clean
  const length = Buffer.byteLength(clean)
  if (length <= bytes) return clean
  const mark = cutMark(`${length} bytes`)
  const room = Math.max(0, bytes - Buffer.byteLength(mark))
  // What is cut off is not copied first; a character that the cut went through is left out.
  const head = Buffer.from(clean.slice(0, room)).subarray(0, room)
  return `${new TextDecoder().decode(head).replace(/\uFFFD+$/, '')}${mark}`
}

/** What stands where something was left out because it was too long: `…[cut: 12 values]`. */
export function cutMark(what: string): string {
  return `…[cut: ${what}]`
}

/** Neither NUL nor half a surrogate pair. */
export function wellFormed(text: string): string {
  return /[\0\p{Cs}]/u.test(text) ? text.replace(/[\0\p{Cs}]/gu, '\uFFFD') : text
}
