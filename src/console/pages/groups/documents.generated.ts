// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AddUserToGroupInput = {
  groupName: string;
  userName: string;
};

export type CreateGroupInput = {
  groupName: string;
  path?: string | null | undefined;
};

export type DeleteGroupInput = {
  groupName: string;
};

export type RemoveUserFromGroupInput = {
  groupName: string;
  userName: string;
};

export type UpdateGroupInput = {
  groupName: string;
  newGroupName?: string | null | undefined;
  newPath?: string | null | undefined;
};

export type GroupsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;

export type GroupsQuery = { groups: { edges: Array<{ node: { name: string, arn: string, path: string, createdAt: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type GroupQueryVariables = Exact<{
  name: string;
  first: number;
  after?: string | null | undefined;
}>;

export type GroupQuery = { group: { name: string, arn: string, groupId: string, path: string, createdAt: string, users: { edges: Array<{ node: { name: string, arn: string, createdAt: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type CreateGroupMutationVariables = Exact<{
  input: CreateGroupInput;
}>;

export type CreateGroupMutation = { createGroup: { group: { name: string } } | null };

export type UpdateGroupMutationVariables = Exact<{
  input: UpdateGroupInput;
}>;

export type UpdateGroupMutation = { updateGroup: { group: { name: string } } | null };

export type DeleteGroupMutationVariables = Exact<{
  input: DeleteGroupInput;
}>;

export type DeleteGroupMutation = { deleteGroup: { groupName: string } | null };

export type AddUserToGroupMutationVariables = Exact<{
  input: AddUserToGroupInput;
}>;

export type AddUserToGroupMutation = { addUserToGroup: { group: { name: string } } | null };

export type RemoveUserFromGroupMutationVariables = Exact<{
  input: RemoveUserFromGroupInput;
}>;

export type RemoveUserFromGroupMutation = { removeUserFromGroup: { group: { name: string } } | null };

export const GroupsDocument: Document<GroupsQuery, GroupsQueryVariables> = "query Groups($first:Int!$after:String){groups(first:$first after:$after){edges{node{name arn path createdAt}}pageInfo{hasNextPage endCursor}}}"

export const GroupDocument: Document<GroupQuery, GroupQueryVariables> = "query Group($name:String!$first:Int!$after:String){group(name:$name){name arn groupId path createdAt users(first:$first after:$after){edges{node{name arn createdAt}}pageInfo{hasNextPage endCursor}}}}"

export const CreateGroupDocument: Document<CreateGroupMutation, CreateGroupMutationVariables> = "mutation CreateGroup($input:CreateGroupInput!){createGroup(input:$input){group{name}}}"

export const UpdateGroupDocument: Document<UpdateGroupMutation, UpdateGroupMutationVariables> = "mutation UpdateGroup($input:UpdateGroupInput!){updateGroup(input:$input){group{name}}}"

export const DeleteGroupDocument: Document<DeleteGroupMutation, DeleteGroupMutationVariables> = "mutation DeleteGroup($input:DeleteGroupInput!){deleteGroup(input:$input){groupName}}"

export const AddUserToGroupDocument: Document<AddUserToGroupMutation, AddUserToGroupMutationVariables> = "mutation AddUserToGroup($input:AddUserToGroupInput!){addUserToGroup(input:$input){group{name}}}"

export const RemoveUserFromGroupDocument: Document<RemoveUserFromGroupMutation, RemoveUserFromGroupMutationVariables> = "mutation RemoveUserFromGroup($input:RemoveUserFromGroupInput!){removeUserFromGroup(input:$input){group{name}}}"
