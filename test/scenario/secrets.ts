import type { Pool } from 'pg'

/** Where a secret was found. */
interface Leak {
  readonly what: string
  readonly where: string
}

/** Knows secrets, and finds them under every form in which they could lie about. */
export class SecretScanner {
  readonly #patterns = new Map<string, readonly { readonly what: string; readonly pattern: RegExp }[]>()

  add(what: string, value: string, bytes: Uint8Array = Buffer.from(value)): void {
    const raw = Buffer.from(bytes)
    const forms = [value, raw.toString('base64').replace(/=+$/, ''), raw.toString('base64url'), raw.toString('hex')]
    // Six digits are part of many a number: a code counts only where it stands alone.
    const patterns = /^\d+$/.test(value)
      ? [new RegExp(String.raw`(?<![\w.])${value}(?![\w.])`)]
      : [...new Set([...forms, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)])].map(
          (form) => new RegExp(form.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`), 'i'),
        )
    this.#patterns.set(
      value,
      patterns.map((pattern) => ({ what, pattern })),
    )
  }

  get secrets(): readonly string[] {
    return [...this.#patterns.keys()]
  }

  /** The secrets, but for those that are expected there, which a text contains. */
  leaksIn(where: string, text: string, expected: readonly string[] = []): Leak[] {
    return [...this.#patterns].flatMap(([value, patterns]) => {
      if (expected.includes(value)) return []
      const found = patterns.find(({ pattern }) => pattern.test(text))
      return found ? [{ what: found.what, where }] : []
    })
  }

  /** Every column of every row of every table; bytes come as hexadecimal digits. */
  async leaksInDatabase(pool: Pool): Promise<Leak[]> {
    const { rows: columns } = await pool.query<{ table: string; column: string }>(
      `select table_name as table, column_name as column from information_schema.columns
         where table_schema = current_schema() order by 1, 2`,
    )
    const leaks: Leak[] = []
    for (const { table, column } of columns) {
      const { rows } = await pool.query<{ text: string | null }>(
        `select string_agg("${column}"::text, E'\\n') as text from "${table}"`,
      )
      leaks.push(...this.leaksIn(`${table}.${column}`, rows[0]?.text ?? ''))
    }
    return leaks
  }
}
