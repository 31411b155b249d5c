/** Characters; the longest that we give out has some 60. */
const LONGEST_GLOBAL_ID = 512

/** Global ids are base64 of `Type:id`, as the relay plugin writes them. Null for what is none; no id holds a NUL, which no database takes. */
export function parseGlobalId(globalId: string): { readonly type: string; readonly id: string } | null {
  if (globalId.length > LONGEST_GLOBAL_ID) return null
  const text = Buffer.from(globalId, 'base64').toString()
  const at = text.indexOf(':')
  return at < 1 || text.includes('\0') ? null : { type: text.slice(0, at), id: text.slice(at + 1) }
}

/** The id within its type: clients may give the global id or the id that IAM knows. */
export function localId(type: string, id: string): string {
  const parsed = parseGlobalId(id)
  return parsed?.type === type ? parsed.id : id
}
