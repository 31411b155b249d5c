// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type CreateRoleInput = {
  /** The trust policy: who may assume the role. */
  assumeRolePolicyDocument: string;
  description?: string | null | undefined;
  /** Seconds, 3600 to 43200; 3600 when omitted. */
  maxSessionDuration?: number | null | undefined;
  path?: string | null | undefined;
  /** A managed policy that limits what the role can ever do. */
  permissionsBoundary?: string | null | undefined;
  roleName: string;
  tags?: Array<TagInput> | null | undefined;
};

export type DeleteRoleInput = {
  roleName: string;
};

export type DeleteRolePermissionsBoundaryInput = {
  roleName: string;
};

export type PutRolePermissionsBoundaryInput = {
  permissionsBoundary: string;
  roleName: string;
};

export type RevokeRoleSessionsInput = {
  roleName: string;
};

export type TagInput = {
  key: string;
  value: string;
};

export type TagRoleInput = {
  roleName: string;
  tags: Array<TagInput>;
};

export type UntagRoleInput = {
  roleName: string;
  tagKeys: Array<string>;
};

export type UpdateAssumeRolePolicyInput = {
  policyDocument: string;
  roleName: string;
};

export type UpdateRoleInput = {
  description?: string | null | undefined;
  /** Seconds, 3600 to 43200. */
  maxSessionDuration?: number | null | undefined;
  roleName: string;
};

export type RolesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;

export type RolesQuery = { roles: { edges: Array<{ node: { name: string, arn: string, path: string, description: string | null, createdAt: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type RoleQueryVariables = Exact<{
  name: string;
}>;

export type RoleQuery = { role: { name: string, arn: string, roleId: string, path: string, description: string | null, createdAt: string, maxSessionDuration: number, assumeRolePolicyText: string | null, lastUsed: { at: string | null, region: string | null } | null, permissionsBoundary: { arn: string, policyName: string } | null, tags: Array<{ key: string, value: string }> | null } | null };

export type CreateRoleMutationVariables = Exact<{
  input: CreateRoleInput;
}>;

export type CreateRoleMutation = { createRole: { role: { name: string } } | null };

export type UpdateRoleMutationVariables = Exact<{
  input: UpdateRoleInput;
}>;

export type UpdateRoleMutation = { updateRole: { role: { name: string } } | null };

export type UpdateAssumeRolePolicyMutationVariables = Exact<{
  input: UpdateAssumeRolePolicyInput;
}>;

export type UpdateAssumeRolePolicyMutation = { updateAssumeRolePolicy: { role: { name: string } } | null };

export type PutRolePermissionsBoundaryMutationVariables = Exact<{
  input: PutRolePermissionsBoundaryInput;
}>;

export type PutRolePermissionsBoundaryMutation = { putRolePermissionsBoundary: { role: { name: string } } | null };

export type DeleteRolePermissionsBoundaryMutationVariables = Exact<{
  input: DeleteRolePermissionsBoundaryInput;
}>;

export type DeleteRolePermissionsBoundaryMutation = { deleteRolePermissionsBoundary: { role: { name: string } } | null };

export type TagRoleMutationVariables = Exact<{
  input: TagRoleInput;
}>;

export type TagRoleMutation = { tagRole: { role: { name: string } } | null };

export type UntagRoleMutationVariables = Exact<{
  input: UntagRoleInput;
}>;

export type UntagRoleMutation = { untagRole: { role: { name: string } } | null };

export type RevokeRoleSessionsMutationVariables = Exact<{
  input: RevokeRoleSessionsInput;
}>;

export type RevokeRoleSessionsMutation = { revokeRoleSessions: { role: { name: string } } | null };

export type DeleteRoleMutationVariables = Exact<{
  input: DeleteRoleInput;
}>;

export type DeleteRoleMutation = { deleteRole: { roleName: string } | null };

export const RolesDocument: Document<RolesQuery, RolesQueryVariables> = "query Roles($first:Int!$after:String){roles(first:$first after:$after){edges{node{name arn path description createdAt}}pageInfo{hasNextPage endCursor}}}"

export const RoleDocument: Document<RoleQuery, RoleQueryVariables> = "query Role($name:String!){role(name:$name){name arn roleId path description createdAt maxSessionDuration assumeRolePolicyText lastUsed{at region}permissionsBoundary{arn policyName}tags{key value}}}"

export const CreateRoleDocument: Document<CreateRoleMutation, CreateRoleMutationVariables> = "mutation CreateRole($input:CreateRoleInput!){createRole(input:$input){role{name}}}"

export const UpdateRoleDocument: Document<UpdateRoleMutation, UpdateRoleMutationVariables> = "mutation UpdateRole($input:UpdateRoleInput!){updateRole(input:$input){role{name}}}"

export const UpdateAssumeRolePolicyDocument: Document<UpdateAssumeRolePolicyMutation, UpdateAssumeRolePolicyMutationVariables> = "mutation UpdateAssumeRolePolicy($input:UpdateAssumeRolePolicyInput!){updateAssumeRolePolicy(input:$input){role{name}}}"

export const PutRolePermissionsBoundaryDocument: Document<PutRolePermissionsBoundaryMutation, PutRolePermissionsBoundaryMutationVariables> = "mutation PutRolePermissionsBoundary($input:PutRolePermissionsBoundaryInput!){putRolePermissionsBoundary(input:$input){role{name}}}"

export const DeleteRolePermissionsBoundaryDocument: Document<DeleteRolePermissionsBoundaryMutation, DeleteRolePermissionsBoundaryMutationVariables> = "mutation DeleteRolePermissionsBoundary($input:DeleteRolePermissionsBoundaryInput!){deleteRolePermissionsBoundary(input:$input){role{name}}}"

export const TagRoleDocument: Document<TagRoleMutation, TagRoleMutationVariables> = "mutation TagRole($input:TagRoleInput!){tagRole(input:$input){role{name}}}"

export const UntagRoleDocument: Document<UntagRoleMutation, UntagRoleMutationVariables> = "mutation UntagRole($input:UntagRoleInput!){untagRole(input:$input){role{name}}}"

export const RevokeRoleSessionsDocument: Document<RevokeRoleSessionsMutation, RevokeRoleSessionsMutationVariables> = "mutation RevokeRoleSessions($input:RevokeRoleSessionsInput!){revokeRoleSessions(input:$input){role{name}}}"

export const DeleteRoleDocument: Document<DeleteRoleMutation, DeleteRoleMutationVariables> = "mutation DeleteRole($input:DeleteRoleInput!){deleteRole(input:$input){roleName}}"
