import { policy } from '../../access/declaration.ts'
import { managedPolicyArn } from '../../authn/arn.ts'
import {
  arnOfEntity,
  type EntitiesArgs,
  entitiesPage,
  ENTITY_FILTERS,
  ENTITY_TYPES,
  type PolicyEntity as Entity,
} from '../../iam/policies/policy-entities.ts'
import { listEntitiesForPolicy } from '../../iam/policies/read-policies.ts'
import { builder } from '../builder.ts'
import { Policy, PolicyUsageFilter } from './policy.ts'

export const PolicyEntityType = builder.enumType('PolicyEntityType', {
  description: 'The kind of an entity that uses a managed policy.',
  values: ENTITY_TYPES,
})

const EntityFilter = builder.enumType('EntityFilter', {
  description:
    'A kind of entity that uses a managed policy. LOCAL_MANAGED_POLICY and AWS_MANAGED_POLICY are accepted as in IAM and find nothing: policies are not attached to policies.',
  values: ENTITY_FILTERS,
})

const PolicyEntity = builder.objectRef<Entity>('PolicyEntity').implement({
  description:
    'A user, group or role that a managed policy is attached to, or a user or role that has it as permissions boundary.',
  fields: (t) => ({
    type: t.field({ type: PolicyEntityType, resolve: ({ type }) => type }),
    name: t.exposeString('name'),
    id: t.exposeID('id', { description: 'The unique id: `AIDA…` of a user, `AGPA…` of a group, `AROA…` of a role.' }),
    arn: t.field({ type: 'ARN', resolve: arnOfEntity }),
  }),
})

const PolicyEntityConnection = builder.connectionObject(
  { type: PolicyEntity, name: 'PolicyEntityConnection' },
  { name: 'PolicyEntityEdge' },
)

builder.prismaObjectField(Policy, 'entities', (t) =>
  t.connection(
    {
      type: PolicyEntity,
      nullable: true,
      description:
        'Groups, then roles, then users that the policy is attached to or that have it as permissions boundary; each kind by name.',
      args: {
        entityFilter: t.arg({ type: EntityFilter }),
        pathPrefix: t.arg.string(),
        policyUsageFilter: t.arg({ type: PolicyUsageFilter }),
      },
      access: { action: 'iam:ListEntitiesForPolicy', resource: (row) => policy(managedPolicyArn(row)) },
      select: (args: EntitiesArgs) => nestedEntities(args).select,
      resolve: (rows, args) => entitiesPage(args).connection(rows),
    },
    PolicyEntityConnection,
  ),
)

builder.queryField('entitiesForPolicy', (t) =>
  t.connection(
    {
      type: PolicyEntity,
      nullable: true,
      description:
        'Groups, then roles, then users that a managed policy is attached to or that have it as permissions boundary; each kind by name.',
      args: {
        policyArn: t.arg({ type: 'ARN', required: true }),
        entityFilter: t.arg({ type: EntityFilter }),
        pathPrefix: t.arg.string(),
        policyUsageFilter: t.arg({ type: PolicyUsageFilter }),
      },
      access: { action: 'iam:ListEntitiesForPolicy', resource: (_parent, { policyArn }) => policy(policyArn) },
      resolve: (_parent, args, context) => listEntitiesForPolicy(context, args),
    },
    PolicyEntityConnection,
  ),
)

/** Bad arguments are an error of the field itself, after the gate: for the statement that reads the policy they mean none. */
function nestedEntities(args: EntitiesArgs) {
  try {
    return entitiesPage(args)
  } catch {
    return entitiesPage({})
  }
}
