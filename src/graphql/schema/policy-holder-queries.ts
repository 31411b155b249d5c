import type { Requirement } from '../../access/declaration.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { checkConstraints } from '../../iam/constraints.ts'
import { IamError } from '../../iam/errors.ts'
import { likeLiteral } from '../../iam/like-literal.ts'
import { builder } from '../builder.ts'
import type { GraphQLContext } from '../context.ts'
import { AttachedPolicy } from './authorization-details.ts'
import { InlinePolicy, type InlinePolicyRow } from './inline-policy.ts'

// Users, groups and roles hold policies alike: three queries each, by IAM's own actions, all of them checked on the holder.

/** Each kind of holder has a parameter of its own; exactly one of them is there. */
export interface HolderName {
  readonly userName?: string
  readonly groupName?: string
  readonly roleName?: string
}

/** What is read of attached policies, which come by name. */
export const ATTACHED_POLICIES = {
  orderBy: { policy: { nameKey: 'asc' } },
  select: { policy: { select: { accountId: true, name: true, path: true, builtIn: true } } },
} as const

type Database = GraphQLContext['db']
type Attachment = Prisma.UserPolicyAttachmentGetPayload<typeof ATTACHED_POLICIES>
type Rows = Promise<Omit<InlinePolicyRow, 'owner'>[]>
type Need = Requirement<unknown, HolderName>

interface PolicyHolder<Row> {
  readonly kind: 'user' | 'group' | 'role'
  readonly list: Need
  readonly get: Need
  readonly listAttached: Need
  /** Throws NoSuchEntity. */
  readonly find: (db: Database, accountId: string, name: string) => Promise<Row>
  readonly owner: (row: Row) => InlinePolicyRow['owner']
  /** All of them by name, or the one with this key. */
  readonly inlinePolicies: (db: Database, row: Row, nameKey?: string) => Rows
  readonly attachments: (db: Database, row: Row, where: Prisma.PolicyWhereInput) => Promise<Attachment[]>
}

/** `userPolicyNames`, `userPolicy` and `attachedUserPolicies`, or those of groups or roles. */
export function addPolicyQueries<Row>(holder: PolicyHolder<Row>): void {
  const { kind, owner, inlinePolicies, attachments } = holder
  const parameter = `${kind}Name` as const
  const Kind = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
  const article = `a ${kind}`

  function find(db: Database, accountId: string, args: HolderName): Promise<Row> {
    return holder.find(db, accountId, args[parameter] ?? '')
  }

  builder.queryField(`${kind}PolicyNames`, (t) =>
    t.stringList({
      nullable: true,
      description: `The names of the inline policies of ${article}, in alphabetical order.`,
      args: { [parameter]: t.arg.string({ required: true }) },
      access: holder.list,
      resolve: async (_parent, args, { db, principal }) => {
        checkConstraints(args)
        const policies = await inlinePolicies(db, await find(db, principal.accountId, args))
        return policies.map(({ name }) => name)
      },
    }),
  )

  builder.queryField(`${kind}Policy`, (t) =>
    t.field({
      type: InlinePolicy,
      nullable: true,
      description: `An inline policy of ${article} by name. NoSuchEntity when there is none.`,
      args: { [parameter]: t.arg.string({ required: true }), policyName: t.arg.string({ required: true }) },
      access: holder.get,
      resolve: async (_parent, { policyName = '', ...args }, { db, principal }) => {
        checkConstraints({ ...args, policyName })
        const row = await find(db, principal.accountId, args)
        const [policy] = await inlinePolicies(db, row, policyName.toLowerCase())
        if (policy === undefined) {
          throw new IamError('NoSuchEntity', `The ${kind} policy with name ${policyName} cannot be found.`)
        }
        return { ...policy, owner: owner(row) }
      },
    }),
  )

  builder.queryField(`attached${Kind}Policies`, (t) =>
    t.field({
      type: [AttachedPolicy],
      nullable: true,
      description: `The managed policies that are attached to ${article}, ordered by name.`,
      args: { [parameter]: t.arg.string({ required: true }), pathPrefix: t.arg.string() },
      access: holder.listAttached,
      resolve: async (_parent, { pathPrefix, ...args }, { db, principal }) => {
        checkConstraints({ ...args, pathPrefix })
        const row = await find(db, principal.accountId, args)
        const found = await attachments(db, row, { path: { startsWith: likeLiteral(pathPrefix ?? '/') } })
        return found.map(({ policy }) => policy)
      },
    }),
  )
}
