import type { Exchange } from './exchange.ts'
import type { LeftBehind, Row } from './left-behind.ts'
import { printBody, printJson } from './print.ts'
import type { StandIns } from './stand-ins.ts'

/** A scenario as text: who asked what, what was answered, and what is in the database about it afterwards. */
export function recordingOf(
  title: string,
  exchanges: readonly Exchange[],
  left: LeftBehind,
  standIns: StandIns,
): string {
  const usual = usualOf(exchanges.map(headerLines))
  const parts = [
    `# ${title}`,
    `Headers of every answer, unless it says otherwise:\n${usual.join('\n')}`,
    ...exchanges.map((exchange, n) => printExchange(exchange, n + 1, usual)),
    ...printRows('audit event', left.events),
    ...printRows('decision record', left.decisions),
  ]
  return `${parts.map((part) => standIns.replaceIn(part)).join('\n\n')}\n`
}

/** Takes note of what is new in each run, in the order of the exchanges. */
export function meetExchange(standIns: StandIns, { headers, body }: Pick<Exchange, 'headers' | 'body'>): void {
  for (const [name, value] of headers) {
    standIns.meet(name, name === 'set-cookie' ? cookieValue(value) : value)
  }
  if (body.startsWith('<')) {
    for (const [, name = '', value = ''] of body.matchAll(/<(\w+)>([^<]*)<\/\1>/g)) standIns.meet(name, value)
  } else if (/^[[{]/.test(body)) {
    meetValue(standIns, '', JSON.parse(body))
  }
}

/** In the order in which they are written; members of lists stand under the name of the list. */
export function meetValue(standIns: StandIns, name: string, value: unknown): void {
  if (typeof value === 'string') standIns.meet(name, value)
  else if (Array.isArray(value)) for (const item of value) meetValue(standIns, name, item)
  else if (typeof value === 'object' && value !== null)
    for (const [key, member] of Object.entries(value)) meetValue(standIns, key, member)
}

function cookieValue(cookie: string): string {
  return /^[^=;]+=([^;]*)/.exec(cookie)?.[1] ?? ''
}

/** What more than half of several lists of lines have. */
function usualOf(lists: readonly (readonly string[])[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const line of lists.flatMap((lines) => [...new Set(lines)])) counts.set(line, (counts.get(line) ?? 0) + 1)
  return [...counts].filter(([, count]) => count > lists.length / 2).map(([line]) => line)
}

function columnLine([column, value]: readonly [string, unknown]): string {
  return `${column}: ${printJson(value, '', column.length + 2)}`
}

/** Rows of a table, each with the columns in which it is not like most of the others; null stands for one that it has not. */
function printRows(kind: string, rows: readonly Row[]): readonly string[] {
  const usual = usualOf(rows.map((row) => Object.entries(row).map(columnLine)))
  const columns = usual.map((text) => text.slice(0, text.indexOf(': ')))
  const printed = rows.map((row) => {
    const missing = columns.filter((column) => !(column in row)).map((column) => `${column}: null`)
    return [
      ...Object.entries(row)
        .map(columnLine)
        .filter((text) => !usual.includes(text)),
      ...missing,
    ].join('\n')
  })
  return [`# Every ${kind}, unless it says otherwise`, ...(usual.length > 0 ? [usual.join('\n')] : []), ...printed]
}

function headerLines({ headers }: Exchange): readonly string[] {
  // Each answer has its own: what counts is that it has one.
  return headers.map(([name, value]) => `${name}: ${/request-?id$/.test(name) ? '(a request id)' : value}`)
}

function printExchange(exchange: Exchange, number: number, usual: readonly string[]): string {
  const lines = headerLines(exchange)
  const unusual = lines.filter((line) => !usual.includes(line)).map((line) => `+ ${line}`)
  const missing = usual.filter((line) => !lines.includes(line)).map((line) => `- ${line}`)
  const text = [
    `## ${number}. ${exchange.caller} asks ${exchange.request}`,
    '',
    [String(exchange.status), ...missing, ...unusual].join('\n'),
    ...(exchange.body === '' ? [] : [printBody(exchange.body)]),
  ].join('\n')
  const [, own] = exchange.headers.find(([name]) => name === 'x-request-id') ?? []
  return own === undefined ? text : text.replaceAll(own, '«this request»')
}
