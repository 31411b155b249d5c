import { parseIamArn } from '../../authn/arn.ts'
import type { Budget } from '../../budget/index.ts'
import { grantsOf, type PolicySource, type PolicySourceType } from '../../policy/index.ts'
import type { Services, ReadCall } from '../call.ts'
import { checkConstraints, lengthErrors, throwBroken } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { sourcePolicies } from '../simulation/source-policies.ts'
import { isKept } from './generate-report.ts'
import { serviceName } from './known-services.ts'
import type { Granularity, ReportContent } from './report.ts'
import type { Actor } from './subject.ts'

type Read = ReadCall & Pick<Services, 'clock'>

/** A report that was made, without what it says. */
export interface Job {
  /** Of what it is about. */
  readonly arn: string
  readonly jobType: Granularity
  readonly createdAt: Date
}

/** When a service was last used. */
export interface ServiceLastAccessed extends Last {
  readonly serviceName: string
  readonly serviceNamespace: string
  readonly totalAuthenticatedEntities: number
  /** Null when there are none, and in reports about services alone. */
  readonly trackedActions: readonly (Last & { readonly actionName: string })[] | null
}

/** The last time, and by whom. */
export interface Last {
  /** Null when nobody ever tried it, and then so is `by`. */
  readonly at: Date | null
  /** ARN of the user or the role. */
  readonly by: string | null
}

/** A user or a role that could have used a service, and when it last did. */
export interface EntityLastAccessed {
  readonly arn: string
  readonly id: string
  readonly name: string
  readonly path: string
  readonly type: 'USER' | 'ROLE'
  /** Null when it never tried. */
  readonly lastAuthenticated: Date | null
}

/**
 * What a report says of each service, by namespace (iam:GetServiceLastAccessedDetails). Throws NoSuchEntity for a report that there is
 * not, or that somebody else had made; ValidationError.
 */
export async function getServiceLastAccessedDetails(
  call: Read,
  { jobId }: { readonly jobId: string },
): Promise<Job & { readonly services: readonly ServiceLastAccessed[] }> {
  const { actors, services, ...job } = await findReport(call, jobId)
  return {
    ...job,
    services: services.map(({ namespace, uses, actions }) => ({
      serviceName: serviceName(namespace),
      serviceNamespace: namespace,
      ...lastOf(actors, uses[0]),
      totalAuthenticatedEntities: uses.length,
      trackedActions: actions && actions.map(({ name, last }) => ({ actionName: name, ...lastOf(actors, last) })),
    })),
  }
}

/**
 * The users and roles that could have used a service, who used it last first, and then by ARN
 * (iam:GetServiceLastAccessedDetailsWithEntities); none for a service that the report is not about. Throws NoSuchEntity,
 * ValidationError.
 */
export async function getServiceLastAccessedDetailsWithEntities(
  call: Read,
  { jobId, serviceNamespace }: { readonly jobId: string; readonly serviceNamespace: string },
): Promise<Job & { readonly entities: readonly EntityLastAccessed[] }> {
  checkConstraints({ jobId, serviceNamespace })
  const { actors, services, ...job } = await findReport(call, jobId)
  const service = services.find(({ namespace }) => namespace === serviceNamespace.toLowerCase())
  if (service === undefined) return { ...job, entities: [] }
  const used = new Set(service.uses.map(([place]) => place))
  return {
    ...job,
    entities: [
      ...service.uses.map(([place, at]) => entityOf(actors[place]!, new Date(at))),
      ...actors.filter((_actor, place) => !used.has(place)).map((actor) => entityOf(actor, null)),
    ],
  }
}

async function findReport({ db, principal, clock }: Read, jobId: string): Promise<Job & ReportContent> {
  checkConstraints({ jobId })
  const id = jobId.toLowerCase()
  const found = UUID.test(id)
    ? await db.serviceAccessReport.findUnique({ where: { accountId_id: { accountId: principal.accountId, id } } })
    : null
  // A report is its maker's alone, and another one's is as if it were not there.
  if (found === null || found.principalId !== principal.id || !isKept(found, clock()))
    throw new IamError('NoSuchEntity', `The report with job id ${jobId} cannot be found.`)
  const content: ReportContent = JSON.parse(found.content)
  return { arn: found.arn, jobType: found.granularity, createdAt: found.createdAt, ...content }
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

function lastOf(actors: readonly Actor[], use: readonly [place: number, at: number] | null | undefined): Last {
  return use ? { at: new Date(use[1]), by: actors[use[0]]!.arn } : { at: null, by: null }
}

function entityOf({ id, arn }: Actor, lastAuthenticated: Date | null): EntityLastAccessed {
  const { type, path, name } = parseIamArn(arn)!
  return { id, arn, name, path, type: type === 'role' ? 'ROLE' : 'USER', lastAuthenticated }
}

/** The policies of an identity that grant something of a service. */
export interface PoliciesGrantingService {
  readonly serviceNamespace: string
  readonly policies: readonly GrantingPolicy[]
}

interface GrantingPolicy {
  readonly policyName: string
  readonly policyType: 'INLINE' | 'MANAGED'
  /** Of a managed policy. */
  readonly policyArn: string | null
  /** What an inline policy is part of, null for a managed one. */
  readonly entityType: 'USER' | 'GROUP' | 'ROLE' | null
  readonly entityName: string | null
}

const MOST_NAMESPACES = 200

/**
 * For each of these services the policies by which a user (with its groups), a group or a role may use it
 * (iam:ListPoliciesGrantingServiceAccess), in the order in which the services were asked for. Boundaries grant nothing. Throws
 * NoSuchEntity, InvalidInput, ValidationError; OverBudget for what is parsed and answered.
 */
export async function listPoliciesGrantingServiceAccess(
  { db, principal }: ReadCall,
  { arn, serviceNamespaces }: { readonly arn: string; readonly serviceNamespaces: readonly string[] },
  budget: Budget,
): Promise<PoliciesGrantingService[]> {
  checkConstraints({ arn })
  throwBroken(lengthErrors('serviceNamespaces', serviceNamespaces, { min: 1, max: MOST_NAMESPACES }))
  for (const serviceNamespace of serviceNamespaces) checkConstraints({ serviceNamespace })
  const { identity } = await sourcePolicies(db, principal.accountId, arn, budget)
  const policies = identity.map(({ document, source }) => ({
    grants: grantsOf(document),
    policy: grantingPolicy(source),
  }))
  return [...new Set(serviceNamespaces)].map((serviceNamespace) => {
    const granting = policies.filter(({ grants }) => grants.toService(serviceNamespace))
    budget.draw('rows', granting.length)
    return { serviceNamespace, policies: granting.map(({ policy }) => policy) }
  })
}

const ENTITY_TYPES: Readonly<Partial<Record<PolicySourceType, GrantingPolicy['entityType']>>> = {
  'user-inline': 'USER',
  'group-inline': 'GROUP',
  'role-inline': 'ROLE',
}

function grantingPolicy({ id, type, name = id, arn, entityArn = '' }: PolicySource): GrantingPolicy {
  const entityType = ENTITY_TYPES[type] ?? null
  return {
    policyName: name,
    policyType: entityType === null ? 'MANAGED' : 'INLINE',
    policyArn: arn ?? null,
    entityType,
    entityName: parseIamArn(entityArn)?.name ?? null,
  }
}
