import { type LastUse, lastUses } from './last-uses.ts'
import { KNOWN_SERVICES, serviceOf, trackedActions } from './known-services.ts'
import type { Services } from '../call.ts'
import type { Actor, Subject } from './subject.ts'

/** Whether a report tells of services alone, or of their actions as well. */
export type Granularity = (typeof GRANULARITIES)[number]

export const GRANULARITIES = ['SERVICE_LEVEL', 'ACTION_LEVEL'] as const

/** A report as it is kept: actors are places in `actors`, moments milliseconds. */
export interface ReportContent {
  readonly actors: readonly Actor[]
  /** What the subject has permissions for, by namespace. */
  readonly services: readonly ReportedService[]
}

interface ReportedService {
  readonly namespace: string
  /** Who tried anything of it, and when last: the latest first. */
  readonly uses: readonly Use[]
  /** Those that are granted and can be told of, by name; null when there are none, and in reports about services alone. */
  readonly actions: readonly ReportedAction[] | null
}

interface ReportedAction {
  readonly name: string
  /** Null when nobody ever tried it. */
  readonly last: Use | null
}

type Use = readonly [actor: number, at: number]

/** As policies may name services and reports can be asked about them. */
const NAMESPACE = /^[\w.-]{1,64}$/

/** AWS has some four hundred; beyond it those that are named last are left out. */
const MOST_SERVICES = 1_000

/**
 * What a subject may use, with when its actors last did: as it is now. Only permissions policies are looked at, as IAM does, and any
 * attempt is a use, whatever came of it.
 */
export async function makeReport(
  db: Services['db'],
  accountId: string,
  { actors, grants }: Subject,
  granularity: Granularity,
): Promise<ReportContent> {
  const uses = await lastUses(
    db,
    accountId,
    actors.map(({ id }) => id),
  )
  const places = new Map(actors.map(({ id }, place) => [id, place]))
  const byService = groupedByService(uses)
  const named = grants.flatMap(({ services }) => [...services]).filter((service) => NAMESPACE.test(service))
  const namespaces = [...new Set([...KNOWN_SERVICES, ...named])].slice(0, MOST_SERVICES).toSorted()
  const services = namespaces
    .filter((namespace) => grants.some((one) => one.toService(namespace)))
    .map((namespace): ReportedService => {
      const usesOfIt = byService.get(namespace) ?? []
      const actions = trackedActions(namespace).filter((action) => grants.some((one) => one.toAction(action)))
      return {
        namespace,
        uses: latestOfEach(places, usesOfIt),
        actions:
          granularity === 'ACTION_LEVEL' && actions.length > 0
            ? actions.map((action) => lastOf(action, places, usesOfIt))
            : null,
      }
    })
  return { actors, services }
}

function groupedByService(uses: readonly LastUse[]): ReadonlyMap<string, LastUse[]> {
  const groups = new Map<string, LastUse[]>()
  for (const use of uses) {
    const service = serviceOf(use.action)
    const group = groups.get(service)
    if (group === undefined) groups.set(service, [use])
    else group.push(use)
  }
  return groups
}

function lastOf(action: string, places: ReadonlyMap<string, number>, uses: readonly LastUse[]): ReportedAction {
  const [last = null] = latestOfEach(
    places,
    uses.filter((use) => use.action === action),
  )
  return { name: action.slice(action.indexOf(':') + 1), last }
}

/** When each actor last did any of it, the latest first. */
function latestOfEach(places: ReadonlyMap<string, number>, uses: readonly LastUse[]): Use[] {
  const latest = new Map<number, number>()
  for (const { ownerId, at } of uses) {
    const place = places.get(ownerId)
    if (place !== undefined) latest.set(place, Math.max(latest.get(place) ?? 0, at.getTime()))
  }
  return [...latest].toSorted(([a, atA], [b, atB]) => atB - atA || a - b)
}
