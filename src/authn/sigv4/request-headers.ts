/** Lower-case name → value. */
export type RequestHeaders = ReadonlyMap<string, string>

const edgeOrRunOfBlanks = /^ | $|\t| {2}/
const runsOfBlanks = /[ \t]+/g
const edges = /^ | $/g

/**
 * The headers as SigV4 sees them: names in lower case, values trimmed, inner runs of blanks made one, and headers that
 * were sent more than once joined by a comma in the order received (SigV4, "Create a canonical request", canonical
 * headers). Works on `rawHeaders`, because Node's parsed `headers` drops some duplicates.
 */
export function readHeaders(rawHeaders: readonly string[]): RequestHeaders {
  const headers = new Map<string, string>()
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase()
    const value = collapseBlanks(rawHeaders[i + 1]!)
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before},${value}`)
  }
  return headers
}

/** Blanks and tabs only: `trim` would also take bytes like 0xA0, which end letters in UTF-8. */
function collapseBlanks(value: string): string {
  if (!edgeOrRunOfBlanks.test(value)) return value
  return value.replace(runsOfBlanks, ' ').replace(edges, '')
}
