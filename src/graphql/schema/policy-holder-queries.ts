import type { Requirement } from '../../access/declaration.ts'
import type { ReadCall } from '../../iam/call.ts'
import type { AttachedPolicyRow } from '../../iam/held-policies/holders.ts'
import { builder } from '../builder.ts'
import { AttachedPolicy } from './authorization-details.ts'
import { InlinePolicy, type InlinePolicyRow } from './inline-policy.ts'

// Users, groups and roles hold policies alike: three queries each, by IAM's own actions, all of them checked on the holder.

/** Each kind of holder has a parameter of its own; exactly one of them is there. */
export interface HolderName {
  readonly userName?: string
  readonly groupName?: string
  readonly roleName?: string
}

/** The holder that the arguments name. */
export function holderName({ userName, groupName, roleName }: HolderName): string {
  return userName ?? groupName ?? roleName ?? ''
}

interface Read<Args, Answer> {
  readonly need: Requirement<unknown, HolderName>
  /** A function of `iam/`. */
  read(call: ReadCall, args: HolderName & Args): Promise<Answer>
}

interface PolicyHolder {
  readonly kind: 'user' | 'group' | 'role'
  readonly list: Read<object, string[]>
  readonly get: Read<{ readonly policyName: string }, InlinePolicyRow>
  readonly listAttached: Read<{ readonly pathPrefix?: string | null | undefined }, AttachedPolicyRow[]>
}

/** `userPolicyNames`, `userPolicy` and `attachedUserPolicies`, or those of groups or roles. */
export function addPolicyQueries({ kind, list, get, listAttached }: PolicyHolder): void {
  const parameter = `${kind}Name` as const
  const Kind = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
  const article = `a ${kind}`

  builder.queryField(`${kind}PolicyNames`, (t) =>
    t.stringList({
      nullable: true,
      description: `The names of the inline policies of ${article}.`,
      args: { [parameter]: t.arg.string({ required: true }) },
      access: list.need,
      resolve: (_parent, args, context) => list.read(context, args),
    }),
  )

  builder.queryField(`${kind}Policy`, (t) =>
    t.field({
      type: InlinePolicy,
      nullable: true,
      description: `An inline policy of ${article}.`,
      args: { [parameter]: t.arg.string({ required: true }), policyName: t.arg.string({ required: true }) },
      access: get.need,
      resolve: (_parent, { policyName = '', ...args }, context) => get.read(context, { ...args, policyName }),
    }),
  )

  builder.queryField(`attached${Kind}Policies`, (t) =>
    t.field({
      type: [AttachedPolicy],
      nullable: true,
      description: `The managed policies that are attached to ${article}.`,
      args: { [parameter]: t.arg.string({ required: true }), pathPrefix: t.arg.string() },
      access: listAttached.need,
      resolve: (_parent, args, context) => listAttached.read(context, args),
    }),
  )
}
