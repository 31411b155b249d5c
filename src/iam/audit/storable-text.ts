/** An index holds no more than some 2,700 bytes a row. The longest ARN that names anything is shorter by far. */
const LONGEST_RESOURCE = 2_000

/** What a name that cannot be one is kept as; AWS writes the same. */
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS'

/**
 * The resource of an event. ARNs hold no blanks, control characters or letters beyond ASCII: what does was typed or pasted
 * into the wrong place and may be a password, so only the kind of thing is kept.
 */
export function storableResource(resource: string): string {
  return /^[\u0021-\u007E]*$/.test(resource)
    ? fit(resource)
    : fit(resource.replace(/(\/|^)[^/]*[^\u0021-\u007E].*$/s, `$1${HIDDEN}`))
}

/** A text as the database can take it, cut to what an index holds. */
export function fit(text: string): string {
  const clean = wellFormed(text)
  if (Buffer.byteLength(clean) <= LONGEST_RESOURCE) return clean
  // A character that the cut went through is left out.
  return `${new TextDecoder().decode(Buffer.from(clean).subarray(0, LONGEST_RESOURCE)).replace(/\uFFFD+$/, '')}…`
}

/** Neither NUL nor half a surrogate pair. */
export function wellFormed(text: string): string {
  return /[\0\p{Cs}]/u.test(text) ? text.replace(/[\0\p{Cs}]/gu, '\uFFFD') : text
}
