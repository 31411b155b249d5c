import { useCallback, useState } from 'react'

/** Columns that can be shown and hidden; the name is always there. */
export const COLUMNS = [
  'path',
  'groups',
  'lastActivity',
  'lastSignIn',
  'mfa',
  'passwordAge',
  'accessKeyId',
  'accessKeyAge',
  'created',
  'userId',
  'arn',
] as const
export type Column = (typeof COLUMNS)[number]

export const PAGE_SIZES = [10, 20, 50, 100] as const

export interface Preferences {
  readonly pageSize: number
  readonly columns: readonly Column[]
}

const STORED = 'latchkey.users-table'
const DEFAULT: Preferences = {
  pageSize: 20,
  columns: ['path', 'groups', 'lastActivity', 'lastSignIn', 'mfa', 'passwordAge', 'accessKeyAge'],
}

/** How this person looks at the table, kept in this browser. */
export function usePreferences(): readonly [Preferences, (next: Preferences) => void] {
  const [preferences, setPreferences] = useState(read)
  const set = useCallback((next: Preferences) => {
    localStorage.setItem(STORED, JSON.stringify(next))
    setPreferences(next)
  }, [])
  return [preferences, set]
}

/** What is kept may come from another version: everything unknown in it is left out. */
function read(): Preferences {
  try {
    const kept: Partial<Record<keyof Preferences, unknown>> | null = JSON.parse(localStorage.getItem(STORED) ?? 'null')
    const columns = kept?.columns
    return {
      pageSize: PAGE_SIZES.find((size) => size === kept?.pageSize) ?? DEFAULT.pageSize,
      columns: Array.isArray(columns) ? COLUMNS.filter((column) => columns.includes(column)) : DEFAULT.columns,
    }
  } catch {
    return DEFAULT
  }
}
