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

const PolicyEntityType = builder.enumType('PolicyEntityType', { values: ENTITY_TYPES })

const EntityFilter = builder.enumType('EntityFilter', {
  description: 'Policies are not attached to policies: the last two find nothing.',
  values: ENTITY_FILTERS,
})

const PolicyEntity = builder.objectRef<Entity>('PolicyEntity').implement({
  description: 'A user, group or role that has a policy.',
  fields: (t) => ({
    type: t.field({ type: PolicyEntityType, resolve: ({ type }) => type }),
    name: t.exposeString('name'),
    id: t.exposeID('id', { description: 'The unique id: `AIDA…`, `AGPA…`, `AROA…`.' }),
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
        'Groups, roles and users of this account that the policy is attached to or whose boundary it is, each by name.',
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
      description: 'The same of a policy by ARN, for whoever may not read the policy itself.',
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
