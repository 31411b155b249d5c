import { boundaryAsked } from '../../access/context.ts'
import { role, user } from '../../access/declaration.ts'
import {
  deleteRolePermissionsBoundary,
  deleteUserPermissionsBoundary,
  putRolePermissionsBoundary,
  putUserPermissionsBoundary,
} from '../../iam/held-policies/permissions-boundaries.ts'
import { type InputFields, mutation } from '../operation.ts'
import { changedRole } from './role.ts'
import { changedUser } from './user.ts'

// Which boundaries may be set is a condition. When one is taken away, the condition is about the one that is there.

const name = (t: InputFields) => t.string({ required: true })
const permissionsBoundary = (t: InputFields) => t.field({ type: 'ARN', required: true })
const ofUser = ({ userName }: { readonly userName: string }) => user(userName)
const ofRole = ({ roleName }: { readonly roleName: string }) => role(roleName)

mutation('putUserPermissionsBoundary', {
  description:
    'Sets the permissions boundary of a user: the user can do only what both the boundary and its policies allow. Replaces the former boundary.',
  input: (t) => ({ userName: name(t), permissionsBoundary: permissionsBoundary(t) }),
  needs: { action: 'iam:PutUserPermissionsBoundary', on: ofUser, keys: boundaryAsked },
  run: putUserPermissionsBoundary,
  answer: (t) => ({ user: changedUser(t, ({ id }) => id) }),
})

mutation('deleteUserPermissionsBoundary', {
  description: 'Removes the permissions boundary of a user. This can widen what the user may do.',
  input: (t) => ({ userName: name(t) }),
  needs: { action: 'iam:DeleteUserPermissionsBoundary', on: ofUser },
  run: deleteUserPermissionsBoundary,
  answer: (t) => ({ user: changedUser(t, ({ id }) => id) }),
})

mutation('putRolePermissionsBoundary', {
  description:
    'Sets the permissions boundary of a role: sessions of the role can do only what both the boundary and its policies allow. Replaces the former boundary.',
  input: (t) => ({ roleName: name(t), permissionsBoundary: permissionsBoundary(t) }),
  needs: { action: 'iam:PutRolePermissionsBoundary', on: ofRole, keys: boundaryAsked },
  run: putRolePermissionsBoundary,
  answer: (t) => ({ role: changedRole(t, ({ id }) => id) }),
})

mutation('deleteRolePermissionsBoundary', {
  description: 'Removes the permissions boundary of a role. This can widen what its sessions may do.',
  input: (t) => ({ roleName: name(t) }),
  needs: { action: 'iam:DeleteRolePermissionsBoundary', on: ofRole },
  run: deleteRolePermissionsBoundary,
  answer: (t) => ({ role: changedRole(t, ({ id }) => id) }),
})
