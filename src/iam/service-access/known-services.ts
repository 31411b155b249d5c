import { ACTIONS } from '../../access/actions.ts'
import { AWS_NAMES } from '../../access/aws-names.ts'

/** The services that this server speaks for, under the names that reports give them. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['cloudtrail', 'AWS CloudTrail'],
  ['iam', 'AWS Identity and Access Management'],
  ['latchkey', 'Latchkey'],
  ['sts', 'AWS Security Token Service'],
])

/** The services that a document may mean which names none: those that this server speaks for. */
export const KNOWN_SERVICES: readonly string[] = [...NAMES.keys()]

/** What a report calls a service: other services than those that this server speaks for have no name beside their prefix. */
export function serviceName(namespace: string): string {
  return NAMES.get(namespace) ?? namespace
}

/** The actions of a service that the audit trail tells of, `service:Name`, by name; none of a service of somebody else. */
export function trackedActions(namespace: string): readonly string[] {
  return TRACKED.get(namespace) ?? []
}

const OFFERED = AWS_NAMES.filter(({ notOffered }) => notOffered === null).map(
  ({ service, name }) => `${service}:${name}`,
)
const ALL = [...new Set([...Object.keys(ACTIONS), ...OFFERED])].toSorted()
const TRACKED = new Map(KNOWN_SERVICES.map((service) => [service, ALL.filter((name) => serviceOf(name) === service)]))

/** The prefix of an action. */
export function serviceOf(action: string): string {
  return action.split(':', 1)[0] ?? action
}
