import { policy } from '../../access/declaration.ts'
import { checkConstraints } from '../../iam/constraints.ts'
import { findPolicy } from '../../iam/policies/find-policy.ts'
import { findVersion } from '../../iam/policies/policy-versions.ts'
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
    resolve: async (_parent, { policyArn }, { db, principal }) => {
      checkConstraints({ policyArn })
      const found = await findPolicy(db, principal.accountId, policyArn)
      const versions = await db.policyVersion.findMany({
        where: { accountId: found.accountId, policyId: found.id },
        orderBy: { number: 'desc' },
      })
      return versions.map((version) => ({ ...version, policy: found }))
    },
  }),
)

builder.queryField('policyVersion', (t) =>
  t.field({
    type: PolicyVersion,
    nullable: true,
    description: 'One version of a managed policy, with its document.',
    args: { policyArn: t.arg({ type: 'ARN', required: true }), versionId: t.arg.string({ required: true }) },
    access: { action: 'iam:GetPolicyVersion', resource: (_parent, { policyArn }) => policy(policyArn) },
    resolve: async (_parent, { policyArn, versionId }, { db, principal }) => {
      checkConstraints({ policyArn, versionId })
      const found = await findPolicy(db, principal.accountId, policyArn)
      return { ...(await findVersion(db, found, policyArn, versionId)), policy: found }
    },
  }),
)

builder.queryField('policyTags', (t) =>
  t.field({
    type: [Tag],
    nullable: true,
    description: 'The tags of a managed policy, ordered by key.',
    args: { policyArn: t.arg({ type: 'ARN', required: true }) },
    access: { action: 'iam:ListPolicyTags', resource: (_parent, { policyArn }) => policy(policyArn) },
    resolve: async (_parent, { policyArn }, { db, principal }) => {
      checkConstraints({ policyArn })
      const { accountId, id: policyId } = await findPolicy(db, principal.accountId, policyArn)
      return await db.policyTag.findMany({ where: { accountId, policyId }, orderBy: { key: 'asc' } })
    },
  }),
)
