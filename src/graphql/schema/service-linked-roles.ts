import { GLOBAL_REGION, roleOfService } from '../../access/context.ts'
import { everyRole, newRole, role } from '../../access/declaration.ts'
import { createServiceLinkedRole } from '../../iam/service-linked-roles/create-service-linked-role.ts'
import { deleteServiceLinkedRole } from '../../iam/service-linked-roles/delete-service-linked-role.ts'
import { parseDeletionTaskId } from '../../iam/service-linked-roles/deletion-task.ts'
import { type Deletion, serviceLinkedRoleDeletion } from '../../iam/service-linked-roles/read-deletion.ts'
import { serviceLinkedName } from '../../iam/service-linked-roles/service-linked-name.ts'
import { SERVICE_LINKED_PATH } from '../../iam/roles/protected-role.ts'
import { builder } from '../builder.ts'
import { mutation } from '../operation.ts'
import { changedRole } from './role.ts'

mutation('createServiceLinkedRole', {
  description:
    "Makes the role of a service. It trusts that service alone and has no permissions. Its policies, its trust policy and its sessions' duration cannot be changed, and only `deleteServiceLinkedRole` deletes it.",
  input: (t) => ({
    awsServiceName: t.string({
      required: true,
      description:
        'The service principal, as `billing.example.com`: a host name in small letters, of a service of AWS or of the company. The name of the role follows from it: `AWSServiceRoleForBilling`.',
    }),
    description: t.string({ description: 'At most 1000 characters. Left out or null: no description.' }),
    customSuffix: t.string({
      description:
        'Ends the name of the role, after `_`, to tell several roles of a service apart: 1 to 64 characters. Left out or null: none.',
    }),
  }),
  needs: {
    action: 'iam:CreateServiceLinkedRole',
    on: ({ awsServiceName, customSuffix }) => newRole(serviceLinkedName(awsServiceName, customSuffix)),
    keys: ({ awsServiceName }) => roleOfService(awsServiceName),
  },
  run: createServiceLinkedRole,
  answer: (t) => ({
    role: changedRole(t, ({ id }) => id),
    assumeRolePolicyText: t.string({
      description: 'The trust policy of the role. IAM returns it with this operation.',
      access: 'parent',
      resolve: ({ trustPolicy }) => trustPolicy,
    }),
  }),
})

mutation('deleteServiceLinkedRole', {
  description:
    'Deletes the role of a service and ends its sessions. Whether it did, tells `serviceLinkedRoleDeletion`: not while the role is in an instance profile.',
  input: (t) => ({ roleName: t.string({ required: true }) }),
  needs: { action: 'iam:DeleteServiceLinkedRole', on: (input) => role(input.roleName) },
  run: deleteServiceLinkedRole,
  answer: (t) => ({
    deletionTaskId: t.exposeString('deletionTaskId', {
      description: 'Asks `serviceLinkedRoleDeletion`: `task/aws-service-role/<service>/<role>/<UUID>`.',
    }),
  }),
})

const DeletionStatus = builder.enumType('ServiceLinkedRoleDeletionStatus', {
  description: 'How the deletion of a service-linked role has ended.',
  values: {
    SUCCEEDED: { description: 'The role is gone.' },
    FAILED: { description: 'The role is there as before.' },
  } as const,
})

const RoleUsage = builder.objectRef<Pick<Deletion, 'usedBy'>>('RoleUsage').implement({
  description: 'What uses a role in one region.',
  fields: (t) => ({
    region: t.string({ description: 'Always `us-east-1`, the one region of IAM.', resolve: () => GLOBAL_REGION }),
    resources: t.stringList({
      description: 'ARNs of what must let go of the role.',
      resolve: ({ usedBy }) => [...usedBy],
    }),
  }),
})

const DeletionFailure = builder.objectRef<Deletion>('ServiceLinkedRoleDeletionFailure').implement({
  description: 'Why a service-linked role is still there.',
  fields: (t) => ({
    reason: t.string({ description: 'In words.', resolve: () => 'The role is in an instance profile.' }),
    usages: t.field({
      type: [RoleUsage],
      description: 'What uses the role, by region.',
      access: 'parent',
      resolve: (failed) => [failed],
    }),
  }),
})

const ServiceLinkedRoleDeletion = builder.objectRef<Deletion>('ServiceLinkedRoleDeletion').implement({
  description: 'What became of the deletion of a service-linked role.',
  fields: (t) => ({
    status: t.field({
      type: DeletionStatus,
      description: 'Whether the role is gone.',
      resolve: ({ usedBy }) => (usedBy.length === 0 ? 'SUCCEEDED' : 'FAILED'),
    }),
    failure: t.field({
      type: DeletionFailure,
      nullable: true,
      description: 'Why it failed; null when it did not.',
      access: 'parent',
      resolve: (deletion) => (deletion.usedBy.length === 0 ? null : deletion),
    }),
  }),
})

builder.queryField('serviceLinkedRoleDeletion', (t) =>
  t.field({
    type: ServiceLinkedRoleDeletion,
    nullable: true,
    description:
      'What became of the deletion of a service-linked role, for seven days. Errors: NoSuchEntity, InvalidInput for what is no such id.',
    args: {
      deletionTaskId: t.arg.string({
        required: true,
        description: 'What `deleteServiceLinkedRole` returned.',
      }),
    },
    access: {
      action: 'iam:GetServiceLinkedRoleDeletionStatus',
      resource: (_parent, { deletionTaskId }) => {
        const task = parseDeletionTaskId(deletionTaskId)
        return task === null ? everyRole(SERVICE_LINKED_PATH) : newRole(task)
      },
    },
    resolve: (_parent, args, context) => serviceLinkedRoleDeletion(context, args),
  }),
)
