import { policy } from '../../access/declaration.ts'
import { getPolicyVersion, listPolicyTags, listPolicyVersions } from '../../iam/policies/read-policies.ts'
import { builder } from '../builder.ts'
import { PolicyVersion } from './policy.ts'
import { Tag } from './tag.ts'

builder.queryField('policyVersions', (t) =>
  t.field({
    type: [PolicyVersion],
    nullable: true,
    description: 'The versions of a managed policy, newest first.',
    args: { policyArn: t.arg({ type: 'ARN', required: true }) },
    access: { action: 'iam:ListPolicyVersions', resource: (_parent, { policyArn }) => policy(policyArn) },
    resolve: (_parent, args, context) => listPolicyVersions(context, args),
  }),
)

builder.queryField('policyVersion', (t) =>
  t.field({
    type: PolicyVersion,
    nullable: true,
    description: 'One version of a managed policy, with its document.',
    args: { policyArn: t.arg({ type: 'ARN', required: true }), versionId: t.arg.string({ required: true }) },
    access: { action: 'iam:GetPolicyVersion', resource: (_parent, { policyArn }) => policy(policyArn) },
    resolve: (_parent, args, context) => getPolicyVersion(context, args),
  }),
)

builder.queryField('policyTags', (t) =>
  t.field({
    type: [Tag],
    nullable: true,
    description: 'The tags of a managed policy by key.',
    args: { policyArn: t.arg({ type: 'ARN', required: true }) },
    access: { action: 'iam:ListPolicyTags', resource: (_parent, { policyArn }) => policy(policyArn) },
    resolve: (_parent, args, context) => listPolicyTags(context, args),
  }),
)
