/** A row of the credential report by the names of its columns. */
export type ReportRow = Readonly<Record<string, string>>

/** The rows of the report's CSV (RFC 4180; only names with a comma are quoted). */
export function reportRows(csv: string): readonly ReportRow[] {
  const [header = '', ...lines] = csv.split('\n')
  const columns = header.split(',')
  return lines.map((line) => {
    const values = Array.from(line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g), ([, value = '']) =>
      value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value,
    )
    return Object.fromEntries(columns.map((column, n) => [column, values[n] ?? '']))
  })
}
