import type { Table, Tables } from './tables.ts'
import type { Bound, Path } from './values.ts'

/** What a statement is asked for that is not known here: Prisma answers it. */
export class Unknown extends Error {}

/** What one statement is made with. */
export interface Scope {
  readonly enums: ReadonlySet<string>
  readonly bound: readonly Bound[]
  /** Whether the planner must see the values: a pattern says which part of an index is read. */
  single: boolean
  table(model: string): Table
  alias(): string
  /** Answers what stands for the value until the statement is whole. */
  bind(path: Path, type: string, pattern?: (text: string) => string): string
}

export function createScope(tables: Tables, enums: ReadonlySet<string>): Scope {
  const bound: Bound[] = []
  let aliases = 0
  return {
    enums,
    bound,
    single: false,
    table(model) {
      const table = tables.get(model)
      if (table === undefined) throw new Unknown()
      return table
    },
    alias: () => `t${aliases++}`,
    bind(path, type, pattern) {
      bound.push({ path, type, ...(pattern !== undefined && { pattern }) })
      return `{${bound.length}}`
    },
  }
}
