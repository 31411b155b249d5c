/** Global ids are base64 of `Type:id`, as the relay plugin writes them. Null for what is none; no id holds a NUL, which no database takes. */
export function parseGlobalId(globalId: string): { readonly type: string; readonly id: string } | null {
  const text = Buffer.from(globalId, 'base64').toString()
  const at = text.indexOf(':')
  return at < 1 || text.includes('\0') ? null : { type: text.slice(0, at), id: text.slice(at + 1) }
}

/** The id within its type: clients may give the global id or the id that IAM knows. */
export function localId(type: string, id: string): string {
  const parsed = parseGlobalId(id)
  return parsed?.type === type ? parsed.id : id
}
