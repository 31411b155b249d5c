import { listOf, policy } from '../../access/declaration.ts'
import { checkConstraints } from '../../iam/constraints.ts'
import { pageOfPolicies } from '../../iam/policies/page-of-policies.ts'
import { findPolicy } from '../../iam/policies/find-policy.ts'
import { builder } from '../builder.ts'
import { nodeQuery } from '../page.ts'
import { Policy, PolicyConnection, PolicyUsageFilter } from './policy.ts'

const PolicyScope = builder.enumType('PolicyScope', {
  description: 'Which managed policies to list.',
  values: {
    ALL: { description: 'Built-in policies and policies of the account.' },
    AWS: { description: 'Built-in policies, which every account has and nobody can change.' },
    LOCAL: { description: 'Policies that were created in the account.' },
  } as const,
})

builder.queryField('policy', (t) =>
  t.prismaField({
    type: Policy,
    nullable: true,
    description: 'A managed policy by ARN. NoSuchEntity when there is none.',
    args: { arn: t.arg({ type: 'ARN', required: true, description: 'ARN of the managed policy.' }) },
    access: { action: 'iam:GetPolicy', resource: (_parent, { arn }) => policy(arn) },
    resolve: async (query, _parent, { arn }, { db, principal }) => {
      checkConstraints({ policyArn: arn })
      const { accountId, id } = await findPolicy(db, principal.accountId, arn)
      return await db.policy.findUnique({ ...query, where: { accountId_id: { accountId, id } } })
    },
  }),
)

builder.queryField('policies', (t) =>
  t.connection(
    {
      type: Policy,
      nullable: true,
      description: 'The managed policies, ordered by name without regard to case.',
      args: {
        scope: t.arg({
          type: PolicyScope,
          defaultValue: 'ALL',
          description: 'Lists only built-in policies, or only policies of the account. Null: all.',
        }),
        onlyAttached: t.arg.boolean({
          defaultValue: false,
          description:
            'True: list only policies that are attached to a user, group or role; use as a permissions boundary does not count. False or null: all.',
        }),
        policyUsageFilter: t.arg({ type: PolicyUsageFilter }),
        pathPrefix: t.arg.string(),
      },
      access: { action: 'iam:ListPolicies', resource: (_parent, { pathPrefix }) => listOf('policy', pathPrefix) },
      resolve: async (_parent, args, context, info) => {
        const page = pageOfPolicies(context.principal.accountId, args)
        const { where, orderBy, take } = page
        return page.connection(
          await context.db.policy.findMany({ ...nodeQuery(context, info, page), where, orderBy, take }),
        )
      },
    },
    PolicyConnection,
  ),
)
