import { listOf, policy } from '../../access/declaration.ts'
import { getPolicy, listPolicies } from '../../iam/policies/read-policies.ts'
import { builder } from '../builder.ts'
import { nodesOf } from '../page.ts'
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
    resolve: (query, _parent, { arn }, context) => getPolicy(context, { policyArn: arn }, query),
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
      resolve: (_parent, args, context, info) => listPolicies(context, args, nodesOf(context, info)),
    },
    PolicyConnection,
  ),
)
