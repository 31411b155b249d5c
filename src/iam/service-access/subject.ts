import { parseIamArn, roleArn, userArn } from '../../authn/arn.ts'
import type { Budget } from '../../budget/index.ts'
import { type Grants, grantsOf, parsePolicy } from '../../policy/index.ts'
import type { Services } from '../call.ts'
import { findPolicy } from '../policies/find-policy.ts'
import { sourcePolicies } from '../simulation/source-policies.ts'

type Db = Services['db']

/** A user or a role that may use what is granted. */
export interface Actor {
  readonly id: string
  readonly arn: string
}

/** What a report is about. */
export interface Subject {
  /** Of each of its policies. */
  readonly grants: readonly Grants[]
  /** Who may use them: a user or a role itself, the members of a group, everybody whom a policy is attached to, by ARN. */
  readonly actors: readonly Actor[]
}

const COLUMNS = { accountId: true, id: true, name: true, path: true } as const

/**
 * The user, group, role or managed policy with exactly this ARN. Permissions boundaries do not count, as they grant nothing. Throws
 * NoSuchEntity, InvalidInput; OverBudget for the bytes that are parsed.
 */
export async function findSubject(db: Db, accountId: string, arn: string, budget: Budget): Promise<Subject> {
  const { type = '', name = '' } = parseIamArn(arn) ?? {}
  const { grants, actors } =
    type === 'policy'
      ? await policyWithActors(db, accountId, arn, budget)
      : await holderWithActors(db, accountId, arn, budget, name)
  return { grants, actors: actors.toSorted((a, b) => (a.arn < b.arn ? -1 : 1)) }
}

async function holderWithActors(
  db: Db,
  accountId: string,
  arn: string,
  budget: Budget,
  name: string,
): Promise<Subject> {
  const { identity, principal } = await sourcePolicies(db, accountId, arn, budget)
  const { uniqueId } = principal ?? {}
  return {
    grants: identity.map(({ document }) => grantsOf(document)),
    actors: uniqueId === undefined ? await membersOf(db, accountId, name) : [{ id: uniqueId, arn }],
  }
}

async function membersOf(db: Db, accountId: string, groupName: string): Promise<Actor[]> {
  const members = await db.groupMember.findMany({
    where: { accountId, group: { nameKey: groupName.toLowerCase() } },
    select: { user: { select: COLUMNS } },
  })
  return members.map(({ user }) => ({ id: user.id, arn: userArn(user) }))
}

async function policyWithActors(db: Db, accountId: string, arn: string, budget: Budget): Promise<Subject> {
  const { id: policyId, defaultVersion } = await findPolicy(db, accountId, arn)
  const key = { accountId, policyId, number: defaultVersion }
  const { document: text } = await db.policyVersion.findUniqueOrThrow({
    where: { accountId_policyId_number: key },
    select: { document: true },
  })
  budget.draw('policyBytes', text.length)
  const parsed = parsePolicy(text, 'managed', { stored: true })
  // It was checked when it was written.
  if (!parsed.ok) throw new Error(`stored policy ${policyId} does not parse: ${parsed.error.message}`)
  const attached = { some: { policyId } }
  const [users, roles] = [
    await db.user.findMany({
      where: {
        accountId,
        OR: [{ attachedPolicies: attached }, { groups: { some: { group: { attachedPolicies: attached } } } }],
      },
      select: COLUMNS,
    }),
    await db.role.findMany({ where: { accountId, attachedPolicies: attached }, select: COLUMNS }),
  ]
  return {
    grants: [grantsOf(parsed.document)],
    actors: [
      ...users.map((user) => ({ id: user.id, arn: userArn(user) })),
      ...roles.map((role) => ({ id: role.id, arn: roleArn(role) })),
    ],
  }
}
