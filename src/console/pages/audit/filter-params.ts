import type { AuditEventFilter } from './documents.generated.ts'

/** The filters that are typed, in the order of the form. */
export const TEXT_FILTERS = [
  'principalArn',
  'accessKeyId',
  'action',
  'resource',
  'requestId',
  'decisionId',
  'sourceIdentity',
] as const
export const RESULTS = ['SUCCESS', 'DENIED', 'FAILURE'] as const
/** Names of spans of time, and how many seconds they are. */
export const SPANS = { lastHour: 3600, lastDay: 86_400, lastWeek: 604_800, lastMonth: 2_592_000 } as const

const ISO = /^\d{4}-\d{2}-\d{2}T/

/**
 * The filters in the address of the page, as the API takes them: they can be linked to, and are still there after going back.
 * `last` is in seconds before `now`; `since` and `until` are ISO 8601.
 */
export function readFilter(params: URLSearchParams, now: Date): AuditEventFilter {
  const filter: AuditEventFilter = {}
  for (const name of TEXT_FILTERS) {
    const value = params.get(name)
    if (value !== null && value !== '') filter[name] = value
  }
  const result = RESULTS.find((known) => known === params.get('result'))
  if (result) filter.result = result
  for (const name of ['since', 'until'] as const) {
    const value = params.get(name)
    if (value !== null && ISO.test(value)) filter[name] = value
  }
  const last = Number(params.get('last'))
  if (last > 0) filter.since = new Date(now.getTime() - last * 1000).toISOString()
  return filter
}
