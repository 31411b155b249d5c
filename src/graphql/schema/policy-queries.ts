import { listOf, policy } from '../../access/declaration.ts'
import { getPolicy, listPolicies } from '../../iam/policies/read-policies.ts'
import { builder } from '../builder.ts'
import { nodesOf } from '../page.ts'
import { Policy, PolicyConnection, PolicyUsageFilter } from './policy.ts'

const PolicyScope = builder.enumType('PolicyScope', {
  description: 'AWS: the policies that come built in. LOCAL: those of this account.',
  values: ['ALL', 'AWS', 'LOCAL'] as const,
})

builder.queryField('policy', (t) =>
  t.prismaField({
    type: Policy,
    nullable: true,
    args: { arn: t.arg({ type: 'ARN', required: true }) },
    access: { action: 'iam:GetPolicy', resource: (_parent, { arn }) => policy(arn) },
    resolve: (query, _parent, { arn }, context) => getPolicy(context, { policyArn: arn }, query),
  }),
)

builder.queryField('policies', (t) =>
  t.connection(
    {
      type: Policy,
      nullable: true,
      description: 'Managed policies by name, without regard to case.',
      args: {
        scope: t.arg({ type: PolicyScope, defaultValue: 'ALL' }),
        onlyAttached: t.arg.boolean({ defaultValue: false, description: 'A boundary is not attached.' }),
        policyUsageFilter: t.arg({ type: PolicyUsageFilter }),
        pathPrefix: t.arg.string(),
      },
      access: { action: 'iam:ListPolicies', resource: (_parent, { pathPrefix }) => listOf('policy', pathPrefix) },
      resolve: (_parent, args, context, info) => listPolicies(context, args, nodesOf(context, info)),
    },
    PolicyConnection,
  ),
)
