const WIDTH = 120

/** JSON with what fits on one line there. Nothing is lost: the same text comes back by parsing and writing it again. */
export function printJson(value: unknown, indent = '', before = indent.length): string {
  const line = JSON.stringify(value)
  if (before + line.length <= WIDTH || typeof value !== 'object' || value === null) return line
  const deeper = `${indent}  `
  if (Array.isArray(value)) {
    const items = value.map((item) => `${deeper}${printJson(item, deeper)}`)
    return `[\n${items.join(',\n')}\n${indent}]`
  }
  const members = Object.entries(value).map(
    ([name, member]) => `${deeper}${JSON.stringify(name)}: ${printJson(member, deeper)}`,
  )
  return `{\n${members.join(',\n')}\n${indent}}`
}

/** Elements that hold elements are opened; whoever takes the line ends and blanks between tags out again has the same text. */
function printXml(xml: string): string {
  let depth = 0
  const lines: string[] = []
  for (const [piece] of xml.matchAll(/<([\w:]+)(?: [^<>]*)?>[^<]*<\/\1>|<[^<>]*>|[^<]+/g)) {
    if (piece.startsWith('</')) depth--
    lines.push('  '.repeat(Math.max(depth, 0)) + piece)
    if (/^<[^/?!][^>]*[^/]>$/.test(piece)) depth++
  }
  return lines.join('\n')
}

/** A body so that a person can read it, from which the very bytes can be had again; one that is written otherwise is left as it came. */
export function printBody(body: string): string {
  if (/^[[{]/.test(body)) {
    const value = parsed(body)
    if (value !== undefined && JSON.stringify(value) === body) return printJson(value)
  }
  if (body.startsWith('<')) {
    const printed = printXml(body)
    if (printed.replaceAll(/\n */g, '') === body) return printed
  }
  return JSON.stringify(body)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
