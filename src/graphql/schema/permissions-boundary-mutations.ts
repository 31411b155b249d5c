import { role, user } from '../../access/declaration.ts'
import {
  deleteRolePermissionsBoundary,
  deleteUserPermissionsBoundary,
  putRolePermissionsBoundary,
  putUserPermissionsBoundary,
} from '../../iam/held-policies/permissions-boundaries.ts'
import { builder } from '../builder.ts'
import { rolePayload } from './role-mutations.ts'
import { userPayload } from './user-mutations.ts'

/** Which boundaries may be set is a condition. When one is taken away, the condition is about the one that is there. */
const boundaryBeingSet = ({ input }: { input: { permissionsBoundary: string } }) => [
  ['iam:PermissionsBoundary', input.permissionsBoundary] as const,
]

const PutUserPermissionsBoundaryInput = builder.inputType('PutUserPermissionsBoundaryInput', {
  fields: (t) => ({
    userName: t.string({ required: true }),
    permissionsBoundary: t.field({ type: 'ARN', required: true }),
  }),
})

builder.mutationField('putUserPermissionsBoundary', (t) =>
  t.field({
    type: userPayload('PutUserPermissionsBoundaryPayload'),
    nullable: true,
    description: 'Limits what the user can ever do. Replaces the former boundary.',
    args: { input: t.arg({ type: PutUserPermissionsBoundaryInput, required: true }) },
    access: {
      action: 'iam:PutUserPermissionsBoundary',
      resource: (_parent, { input }) => user(input.userName),
      keys: boundaryBeingSet,
    },
    resolve: (_parent, { input }, { call }) => putUserPermissionsBoundary(call, input),
  }),
)

const DeleteUserPermissionsBoundaryInput = builder.inputType('DeleteUserPermissionsBoundaryInput', {
  fields: (t) => ({ userName: t.string({ required: true }) }),
})

builder.mutationField('deleteUserPermissionsBoundary', (t) =>
  t.field({
    type: userPayload('DeleteUserPermissionsBoundaryPayload'),
    nullable: true,
    description: 'Takes the boundary away, which can widen what the user may do.',
    args: { input: t.arg({ type: DeleteUserPermissionsBoundaryInput, required: true }) },
    access: { action: 'iam:DeleteUserPermissionsBoundary', resource: (_parent, { input }) => user(input.userName) },
    resolve: (_parent, { input }, { call }) => deleteUserPermissionsBoundary(call, input),
  }),
)

const PutRolePermissionsBoundaryInput = builder.inputType('PutRolePermissionsBoundaryInput', {
  fields: (t) => ({
    roleName: t.string({ required: true }),
    permissionsBoundary: t.field({ type: 'ARN', required: true }),
  }),
})

builder.mutationField('putRolePermissionsBoundary', (t) =>
  t.field({
    type: rolePayload('PutRolePermissionsBoundaryPayload'),
    nullable: true,
    description: 'Limits what the role can ever do. Replaces the former boundary.',
    args: { input: t.arg({ type: PutRolePermissionsBoundaryInput, required: true }) },
    access: {
      action: 'iam:PutRolePermissionsBoundary',
      resource: (_parent, { input }) => role(input.roleName),
      keys: boundaryBeingSet,
    },
    resolve: (_parent, { input }, { call }) => putRolePermissionsBoundary(call, input),
  }),
)

const DeleteRolePermissionsBoundaryInput = builder.inputType('DeleteRolePermissionsBoundaryInput', {
  fields: (t) => ({ roleName: t.string({ required: true }) }),
})

builder.mutationField('deleteRolePermissionsBoundary', (t) =>
  t.field({
    type: rolePayload('DeleteRolePermissionsBoundaryPayload'),
    nullable: true,
    description: 'Takes the boundary away, which can widen what the role may do.',
    args: { input: t.arg({ type: DeleteRolePermissionsBoundaryInput, required: true }) },
    access: { action: 'iam:DeleteRolePermissionsBoundary', resource: (_parent, { input }) => role(input.roleName) },
    resolve: (_parent, { input }, { call }) => deleteRolePermissionsBoundary(call, input),
  }),
)
