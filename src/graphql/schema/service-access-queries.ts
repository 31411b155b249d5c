import type { FieldMap } from '@pothos/core'
import { everything, principal } from '../../access/declaration.ts'
import {
  type EntityLastAccessed as Entity,
  getServiceLastAccessedDetails,
  getServiceLastAccessedDetailsWithEntities,
  type Job,
  listPoliciesGrantingServiceAccess,
  type PoliciesGrantingService as Granting,
  type ServiceLastAccessed as Service,
} from '../../iam/service-access/read-reports.ts'
import { builder } from '../builder.ts'
import type { PayloadFields } from '../operation.ts'
import { pageInOrder } from '../page.ts'
import { PolicyEntityType } from './policy-entities.ts'
import { AccessGranularity } from './service-access.ts'

type Action = NonNullable<Service['trackedActions']>[number]

const TrackedActionLastAccessed = builder.objectRef<Action>('TrackedActionLastAccessed').implement({
  description: 'An action that is granted, and when it was last attempted.',
  fields: (t) => ({
    actionName: t.exposeString('actionName', { description: 'The action without its service, e.g. `CreateUser`.' }),
    lastAccessedTime: t.expose('at', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last attempted; null when the audit trail knows of no attempt.',
    }),
    lastAccessedEntity: t.expose('by', {
      type: 'ARN',
      nullable: true,
      description: 'ARN of the user or role that attempted it last.',
    }),
  }),
})

const ServiceLastAccessed = builder.objectRef<Service>('ServiceLastAccessed').implement({
  description: 'A service that permissions are granted for, and when it was last attempted to be used.',
  fields: (t) => ({
    serviceName: t.exposeString('serviceName', {
      description: 'The name of the service; of a service that this server does not speak for, its namespace.',
    }),
    serviceNamespace: t.exposeString('serviceNamespace', { description: 'What actions of the service begin with.' }),
    lastAuthenticated: t.expose('at', {
      type: 'DateTime',
      nullable: true,
      description: 'When any action was last attempted; null when the audit trail knows of no attempt.',
    }),
    lastAuthenticatedEntity: t.expose('by', {
      type: 'ARN',
      nullable: true,
      description: 'ARN of the user or role that attempted it last.',
    }),
    totalAuthenticatedEntities: t.exposeInt('totalAuthenticatedEntities', {
      description: 'How many users and roles ever attempted to use the service.',
    }),
    trackedActions: t.field({
      type: [TrackedActionLastAccessed],
      nullable: true,
      access: 'parent',
      description:
        'The granted actions of a service that this server speaks for, by name; null for other services, and in a report about services alone.',
      resolve: ({ trackedActions }) => trackedActions,
    }),
  }),
})

const EntityLastAccessed = builder.objectRef<Entity>('EntityLastAccessed').implement({
  description: 'A user or role that could have used a service, and when it last attempted to.',
  fields: (t) => ({
    arn: t.expose('arn', { type: 'ARN' }),
    name: t.exposeString('name'),
    type: t.expose('type', { type: PolicyEntityType }),
    id: t.exposeID('id', { description: 'The unique id: `AIDA…` of a user, `AROA…` of a role.' }),
    path: t.exposeString('path'),
    lastAuthenticated: t.expose('lastAuthenticated', {
      type: 'DateTime',
      nullable: true,
      description: 'When it last attempted to use the service; null when the audit trail knows of no attempt.',
    }),
  }),
})

const ServiceLastAccessedConnection = builder.connectionObject(
  { type: ServiceLastAccessed, name: 'ServiceLastAccessedConnection' },
  { name: 'ServiceLastAccessedEdge' },
)
const EntityLastAccessedConnection = builder.connectionObject(
  { type: EntityLastAccessed, name: 'EntityLastAccessedConnection' },
  { name: 'EntityLastAccessedEdge' },
)

/** What is said of each report. */
const jobFields = (t: PayloadFields<Job>) =>
  ({
    arn: t.expose('arn', { type: 'ARN', description: 'What the report is about.' }),
    jobStatus: t.string({ description: 'Always `COMPLETED`.', resolve: () => 'COMPLETED' }),
    jobType: t.expose('jobType', { type: AccessGranularity }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the report was asked for and made.' }),
  }) satisfies FieldMap

const ServiceLastAccessedDetails = builder
  .objectRef<Awaited<ReturnType<typeof getServiceLastAccessedDetails>>>('ServiceLastAccessedDetails')
  .implement({
    description: 'A report about when services were last used.',
    fields: (t) => ({
      ...jobFields(t),
      services: t.connection(
        {
          type: ServiceLastAccessed,
          nullable: true,
          description: 'The services that permissions are granted for, by namespace.',
          access: 'parent',
          resolve: ({ services }, args) => pageInOrder(services, args),
        },
        ServiceLastAccessedConnection,
      ),
    }),
  })

const ServiceLastAccessedEntities = builder
  .objectRef<Awaited<ReturnType<typeof getServiceLastAccessedDetailsWithEntities>>>('ServiceLastAccessedEntities')
  .implement({
    description: 'What a report about last access says of one service.',
    fields: (t) => ({
      ...jobFields(t),
      entities: t.connection(
        {
          type: EntityLastAccessed,
          nullable: true,
          description:
            'Users and roles that could have used the service: who attempted it last comes first, who never did by ARN.',
          access: 'parent',
          resolve: ({ entities }, args) => pageInOrder(entities, args),
        },
        EntityLastAccessedConnection,
      ),
    }),
  })

builder.queryField('serviceLastAccessedDetails', (t) =>
  t.field({
    type: ServiceLastAccessedDetails,
    nullable: true,
    description:
      'A report that the caller made with `generateServiceLastAccessedDetails`: the same user, or the same session of a role. Any attempt counts as a use of a service, whatever came of it.',
    args: { jobId: t.arg.string({ required: true }) },
    access: { action: 'iam:GetServiceLastAccessedDetails', resource: () => everything() },
    resolve: (_parent, args, context) => getServiceLastAccessedDetails(context, args),
  }),
)

builder.queryField('serviceLastAccessedDetailsWithEntities', (t) =>
  t.field({
    type: ServiceLastAccessedEntities,
    nullable: true,
    description:
      'The users and roles that could have used a service, of a report that the caller made: the user or role itself, the members of a group, or whom a policy is attached to. There are none for a service that the report is not about.',
    args: { jobId: t.arg.string({ required: true }), serviceNamespace: t.arg.string({ required: true }) },
    access: { action: 'iam:GetServiceLastAccessedDetailsWithEntities', resource: () => everything() },
    resolve: (_parent, args, context) => getServiceLastAccessedDetailsWithEntities(context, args),
  }),
)

const GrantingPolicy = builder.objectRef<Granting['policies'][number]>('GrantingPolicy').implement({
  description: 'A policy that grants something of a service.',
  fields: (t) => ({
    policyName: t.exposeString('policyName'),
    policyType: t.exposeString('policyType', { description: '`INLINE` or `MANAGED`.' }),
    policyArn: t.expose('policyArn', {
      type: 'ARN',
      nullable: true,
      description: 'ARN of a managed policy; null for an inline policy.',
    }),
    entityType: t.expose('entityType', {
      type: PolicyEntityType,
      nullable: true,
      description: 'What an inline policy is a part of; null for a managed policy.',
    }),
    entityName: t.exposeString('entityName', {
      nullable: true,
      description: 'Name of what an inline policy is a part of; null for a managed policy.',
    }),
  }),
})

const PoliciesGrantingServiceAccess = builder.objectRef<Granting>('PoliciesGrantingServiceAccess').implement({
  description: 'The policies by which a service may be used.',
  fields: (t) => ({
    serviceNamespace: t.exposeString('serviceNamespace', { description: 'The service, as it was asked for.' }),
    policies: t.field({
      type: [GrantingPolicy],
      access: 'parent',
      description:
        'Policies with an Allow about the service: inline ones, then managed ones. Of a user those of its groups, too.',
      resolve: ({ policies }) => policies,
    }),
  }),
})

builder.queryField('policiesGrantingServiceAccess', (t) =>
  t.field({
    type: [PoliciesGrantingServiceAccess],
    nullable: true,
    description:
      'For each of some services the policies by which a user, group or role may use it. Permissions boundaries grant nothing, and what a Deny takes away is not looked at.',
    args: {
      arn: t.arg({ type: 'ARN', required: true, description: 'ARN of a user, a group or a role.' }),
      serviceNamespaces: t.arg.stringList({
        required: true,
        description: 'What actions of the services begin with, e.g. `iam`: 1 to 200.',
      }),
    },
    access: { action: 'iam:ListPoliciesGrantingServiceAccess', resource: (_parent, { arn }) => principal(arn) },
    resolve: (_parent, args, context) => listPoliciesGrantingServiceAccess(context, args, context.budget),
  }),
)
