import type { ReportRow } from '../credential-report/report-rows.ts'

/** AWS advises to rotate keys after so many days, and calls a key unused after as many. */
export const OLD_DAYS = 90
const DAY_MS = 24 * 60 * 60 * 1000
const SLOTS = ['access_key_1', 'access_key_2'] as const

/** Upper bounds of the columns of the picture, in days; the last column has none. */
const BOUNDS = [30, 60, 90, 180, 365] as const

/** Ages in whole days of the active keys in the report, at the moment `now`. */
function activeKeyAges(row: ReportRow, now: Date): readonly number[] {
  return SLOTS.filter((slot) => row[`${slot}_active`] === 'true').map((slot) =>
    Math.floor((now.getTime() - new Date(row[`${slot}_last_rotated`] ?? '').getTime()) / DAY_MS),
  )
}

export interface ReportFindings {
  /** How many active keys are older than OLD_DAYS, and whose. */
  readonly oldKeys: readonly string[]
  readonly withoutMfa: readonly string[]
  /** How many active keys are of which age. */
  readonly ages: readonly { readonly range: string; readonly count: number }[]
}

/** What the credential report has to say about risks. */
export function findingsOf(rows: readonly ReportRow[], now: Date): ReportFindings {
  const ages = rows.flatMap((row) => activeKeyAges(row, now))
  const edges = [-1, ...BOUNDS, Number.POSITIVE_INFINITY]
  return {
    oldKeys: rows.flatMap((row) =>
      activeKeyAges(row, now)
        .filter((age) => age > OLD_DAYS)
        .map(() => row.user ?? ''),
    ),
    withoutMfa: rows
      .filter(({ password_enabled, mfa_active }) => password_enabled === 'true' && mfa_active === 'false')
      .map(({ user = '' }) => user),
    ages: edges.slice(1).map((bound, n) => {
      const least = (edges[n] ?? 0) + 1
      return {
        range: Number.isFinite(bound) ? `${least}–${bound}` : `≥ ${least}`,
        count: ages.filter((age) => age >= least && age <= bound).length,
      }
    }),
  }
}

/** The names that come most often, with their numbers, most often first. */
export function mostFrequent(names: readonly string[], most: number): readonly { name: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return Array.from(counts, ([name, count]) => ({ name, count }))
    .toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name))
    .slice(0, most)
}
