import { groupArn, parseIamArn, managedPolicyArn, roleArn, userArn } from '../../authn/arn.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import {
  type CompiledPolicy,
  compilePolicy,
  type PolicySourceType,
  type PrincipalRef,
  parsePolicy,
} from '../../policy/index.ts'
import type { Budget } from '../../budget/index.ts'
import type { Tx } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'

/** The policies of a user (those of its groups too), of a group or of a role. */
export interface SourcePolicies {
  readonly identity: readonly CompiledPolicy[]
  /** Null when there is none. */
  readonly boundary: CompiledPolicy | null
  /** Null for a group, which never calls. */
  readonly principal: PrincipalRef | null
}

const VERSIONS = { versions: { select: { number: true, document: true } } } as const
const ATTACHED = { select: { policy: { include: VERSIONS } } } as const
const INLINE = { select: { name: true, document: true } } as const
const POLICIES = { inlinePolicies: INLINE, attachedPolicies: ATTACHED } as const

type InlineRow = Prisma.UserPolicyGetPayload<typeof INLINE>
type GroupRow = Prisma.GroupGetPayload<{ include: typeof POLICIES }>
type ManagedRow = Prisma.PolicyGetPayload<{ include: typeof VERSIONS }>

/** Throws NoSuchEntity, InvalidInput (an ARN that names something else), ValidationError; OverBudget for the bytes that are parsed. */
export async function sourcePolicies(
  db: Tx,
  accountId: string,
  policySourceArn: string,
  budget: Budget,
): Promise<SourcePolicies> {
  checkConstraints({ policySourceArn })
  const named = parseIamArn(policySourceArn)
  const found =
    named === null || !isSourceType(named.type)
      ? undefined
      : named.accountId === accountId
        ? await READERS[named.type](db, accountId, named.name, compilerFor(budget))
        : null
  if (named === null || found === undefined)
    throw new IamError(
      'InvalidInput',
      `Invalid Entity Arn: ${policySourceArn} does not clearly define entity type and name.`,
    )
  if (found === null || found.arn !== policySourceArn)
    throw new IamError('NoSuchEntity', `The ${named.type} with name ${named.name} cannot be found.`)
  return found
}

type Found = (SourcePolicies & { readonly arn: string }) | null
type SourceType = 'user' | 'group' | 'role'

const READERS: Readonly<
  Record<SourceType, (db: Tx, accountId: string, name: string, compile: Compile) => Promise<Found>>
> = {
  user: readUser,
  group: readGroup,
  role: readRole,
}

function isSourceType(type: string): type is SourceType {
  return type === 'user' || type === 'group' || type === 'role'
}

async function readUser(db: Tx, accountId: string, name: string, compile: Compile): Promise<Found> {
  const user = await db.user.findUnique({
    where: { accountId_nameKey: { accountId, nameKey: name.toLowerCase() }, root: false },
    include: { ...POLICIES, groups: { select: { group: { include: POLICIES } } }, boundary: { include: VERSIONS } },
  })
  if (user === null) return null
  const arn = userArn(user)
  const groups = user.groups.map(({ group }) => group)
  return {
    arn,
    identity: [
      ...inline(compile, 'user-inline', `user_${user.name}`, arn, user.inlinePolicies),
      ...groups.flatMap((group) => inlineOfGroup(compile, group)),
      ...managed(
        compile,
        [user, ...groups].flatMap(({ attachedPolicies }) => attachedPolicies),
      ),
    ],
    boundary: user.boundary && compileManaged(compile, 'boundary', user.boundary),
    principal: { kind: 'user', accountId, arn, uniqueId: user.id },
  }
}

async function readGroup(db: Tx, accountId: string, name: string, compile: Compile): Promise<Found> {
  const group = await db.group.findUnique({
    where: { accountId_nameKey: { accountId, nameKey: name.toLowerCase() } },
    include: POLICIES,
  })
  if (group === null) return null
  return {
    arn: groupArn(group),
    identity: [...inlineOfGroup(compile, group), ...managed(compile, group.attachedPolicies)],
    boundary: null,
    principal: null,
  }
}

async function readRole(db: Tx, accountId: string, name: string, compile: Compile): Promise<Found> {
  const role = await db.role.findUnique({
    where: { accountId_nameKey: { accountId, nameKey: name.toLowerCase() } },
    include: { ...POLICIES, boundary: { include: VERSIONS } },
  })
  if (role === null) return null
  const arn = roleArn(role)
  return {
    arn,
    identity: [
      ...inline(compile, 'role-inline', `role_${role.name}`, arn, role.inlinePolicies),
      ...managed(compile, role.attachedPolicies),
    ],
    boundary: role.boundary && compileManaged(compile, 'boundary', role.boundary),
    principal: { kind: 'role-session', accountId, arn, uniqueId: role.id },
  }
}

function inlineOfGroup(compile: Compile, group: GroupRow): CompiledPolicy[] {
  return inline(compile, 'group-inline', `group_${group.name}`, groupArn(group), group.inlinePolicies)
}

function inline(
  compile: Compile,
  type: PolicySourceType,
  prefix: string,
  entityArn: string,
  rows: readonly InlineRow[],
): CompiledPolicy[] {
  return rows.map(({ name, document }) =>
    compile('inline', document, { id: `${prefix}_${name}`, type, name, entityArn }),
  )
}

/** Attached to a user and to its groups, a policy counts once. */
function managed(compile: Compile, rows: readonly { readonly policy: ManagedRow }[]): CompiledPolicy[] {
  const policies = new Map(rows.map(({ policy }) => [policy.id, policy]))
  return [...policies.values()].map((policy) => compileManaged(compile, 'managed', policy))
}

function compileManaged(compile: Compile, type: 'managed' | 'boundary', policy: ManagedRow): CompiledPolicy {
  const { name, versions, defaultVersion } = policy
  const version = versions.find(({ number }) => number === defaultVersion)
  // Left out it might take a Deny with it.
  if (version === undefined) throw new Error(`Policy ${policy.id} has no version v${defaultVersion}.`)
  return compile('managed', version.document, { id: name, type, name, arn: managedPolicyArn(policy) })
}

type Compile = (kind: 'inline' | 'managed', text: string, source: Parameters<typeof compilePolicy>[1]) => CompiledPolicy

/** Parses each text at the caller's cost: what is stored is parsed again for every question. */
function compilerFor(budget: Budget): Compile {
  return (kind, text, source) => {
    budget.draw('policyBytes', text.length)
    const parsed = parsePolicy(text, kind, { stored: true })
    // It was checked when it was written; an answer without it would be wrong.
    if (!parsed.ok) throw new Error(`stored policy ${source.id} does not parse: ${parsed.error.message}`)
    return compilePolicy(parsed.document, source)
  }
}
