// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../../../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AccessKeyStatus =
  | 'ACTIVE'
  | 'INACTIVE';

export type AddUserToGroupInput = {
  groupName: string;
  userName: string;
};

export type DeactivateMfaDeviceInput = {
  serialNumber: string;
  /** The caller when omitted. */
  userName?: string | null | undefined;
};

export type DeleteAccessKeyInput = {
  accessKeyId: string;
  /** Refuse unless the key is INACTIVE, as the console does. */
  requireInactive?: boolean | null | undefined;
  /** The caller when omitted. */
  userName?: string | null | undefined;
};

export type DeleteLoginProfileInput = {
  /** The caller when omitted. */
  userName?: string | null | undefined;
};

export type DeleteUserInput = {
  userName: string;
};

export type DeleteVirtualMfaDeviceInput = {
  serialNumber: string;
};

export type RemoveUserFromGroupInput = {
  groupName: string;
  userName: string;
};

export type TagInput = {
  key: string;
  value: string;
};

export type TagUserInput = {
  tags: Array<TagInput>;
  userName: string;
};

export type UntagUserInput = {
  tagKeys: Array<string>;
  userName: string;
};

export type UpdateLoginProfileInput = {
  password?: string | null | undefined;
  passwordResetRequired?: boolean | null | undefined;
  userName: string;
};

export type UpdateUserInput = {
  newPath?: string | null | undefined;
  newUserName?: string | null | undefined;
  userName: string;
};

export type UserSummaryQueryVariables = Exact<{
  name: string;
}>;

export type UserSummaryQuery = { user: { userId: string, name: string, path: string, arn: string, createdAt: string, passwordLastUsedAt: string | null, tags: Array<{ key: string, value: string }> | null, permissionsBoundary: { arn: string, policyName: string } | null, accessKeyQuota: { used: number, limit: number } } | null };

export type UserPasswordQueryVariables = Exact<{
  name: string;
}>;

export type UserPasswordQuery = { user: { loginProfile: { createdAt: string, passwordChangedAt: string, passwordExpiresAt: string | null, passwordResetRequired: boolean } | null } | null };

export type UserMfaQueryVariables = Exact<{
  name: string;
}>;

export type UserMfaQuery = { user: { mfaDevices: Array<{ serialNumber: string, enabledAt: string | null }> | null } | null };

export type UserGroupsQueryVariables = Exact<{
  name: string;
}>;

export type UserGroupsQuery = { user: { groups: { edges: Array<{ node: { name: string, path: string, arn: string, createdAt: string } }> } | null } | null };

export type UserBlockersQueryVariables = Exact<{
  name: string;
  withKeys: boolean;
  withPassword: boolean;
  withMfa: boolean;
  withInline: boolean;
  withAttached: boolean;
  withGroups: boolean;
}>;

export type UserBlockersQuery = { user: { accessKeys?: Array<{ accessKeyId: string, status: AccessKeyStatus }> | null, loginProfile?: { createdAt: string } | null, mfaDevices?: Array<{ serialNumber: string }> | null, inlinePolicies?: Array<{ policyName: string }> | null, attachedPolicies?: { edges: Array<{ node: { arn: string, policyName: string } }> } | null, groups?: { edges: Array<{ node: { name: string, arn: string } }> } | null } | null };

export type AddUserToGroupMutationVariables = Exact<{
  input: AddUserToGroupInput;
}>;

export type AddUserToGroupMutation = { addUserToGroup: { __typename: 'AddUserToGroupPayload' } | null };

export type RemoveUserFromGroupMutationVariables = Exact<{
  input: RemoveUserFromGroupInput;
}>;

export type RemoveUserFromGroupMutation = { removeUserFromGroup: { __typename: 'RemoveUserFromGroupPayload' } | null };

export type UpdateUserMutationVariables = Exact<{
  input: UpdateUserInput;
}>;

export type UpdateUserMutation = { updateUser: { user: { name: string } } | null };

export type TagUserMutationVariables = Exact<{
  input: TagUserInput;
}>;

export type TagUserMutation = { tagUser: { __typename: 'TagUserPayload' } | null };

export type UntagUserMutationVariables = Exact<{
  input: UntagUserInput;
}>;

export type UntagUserMutation = { untagUser: { __typename: 'UntagUserPayload' } | null };

export type UpdateLoginProfileMutationVariables = Exact<{
  input: UpdateLoginProfileInput;
}>;

export type UpdateLoginProfileMutation = { updateLoginProfile: { __typename: 'UpdateLoginProfilePayload' } | null };

export type DeleteLoginProfileMutationVariables = Exact<{
  input: DeleteLoginProfileInput;
}>;

export type DeleteLoginProfileMutation = { deleteLoginProfile: { __typename: 'DeleteLoginProfilePayload' } | null };

export type DeactivateMfaDeviceMutationVariables = Exact<{
  input: DeactivateMfaDeviceInput;
}>;

export type DeactivateMfaDeviceMutation = { deactivateMfaDevice: { __typename: 'DeactivateMfaDevicePayload' } | null };

export type DeleteUserDeviceMutationVariables = Exact<{
  input: DeleteVirtualMfaDeviceInput;
}>;

export type DeleteUserDeviceMutation = { deleteVirtualMfaDevice: { __typename: 'DeleteVirtualMfaDevicePayload' } | null };

export type DeleteUserAccessKeyMutationVariables = Exact<{
  input: DeleteAccessKeyInput;
}>;

export type DeleteUserAccessKeyMutation = { deleteAccessKey: { __typename: 'DeleteAccessKeyPayload' } | null };

export type DeleteUserMutationVariables = Exact<{
  input: DeleteUserInput;
}>;

export type DeleteUserMutation = { deleteUser: { __typename: 'DeleteUserPayload' } | null };

export const UserSummaryDocument: Document<UserSummaryQuery, UserSummaryQueryVariables> = "query UserSummary($name:String!){user(name:$name){userId name path arn createdAt passwordLastUsedAt tags{key value}permissionsBoundary{arn policyName}accessKeyQuota{used limit}}}"

export const UserPasswordDocument: Document<UserPasswordQuery, UserPasswordQueryVariables> = "query UserPassword($name:String!){user(name:$name){loginProfile{createdAt passwordChangedAt passwordExpiresAt passwordResetRequired}}}"

export const UserMfaDocument: Document<UserMfaQuery, UserMfaQueryVariables> = "query UserMfa($name:String!){user(name:$name){mfaDevices{serialNumber enabledAt}}}"

export const UserGroupsDocument: Document<UserGroupsQuery, UserGroupsQueryVariables> = "query UserGroups($name:String!){user(name:$name){groups(first:100){edges{node{name path arn createdAt}}}}}"

export const UserBlockersDocument: Document<UserBlockersQuery, UserBlockersQueryVariables> = "query UserBlockers($name:String!$withKeys:Boolean!$withPassword:Boolean!$withMfa:Boolean!$withInline:Boolean!$withAttached:Boolean!$withGroups:Boolean!){user(name:$name){accessKeys@include(if:$withKeys){accessKeyId status}loginProfile@include(if:$withPassword){createdAt}mfaDevices@include(if:$withMfa){serialNumber}inlinePolicies@include(if:$withInline){policyName}attachedPolicies(first:100)@include(if:$withAttached){edges{node{arn policyName}}}groups(first:100)@include(if:$withGroups){edges{node{name arn}}}}}"

export const AddUserToGroupDocument: Document<AddUserToGroupMutation, AddUserToGroupMutationVariables> = "mutation AddUserToGroup($input:AddUserToGroupInput!){addUserToGroup(input:$input){__typename}}"

export const RemoveUserFromGroupDocument: Document<RemoveUserFromGroupMutation, RemoveUserFromGroupMutationVariables> = "mutation RemoveUserFromGroup($input:RemoveUserFromGroupInput!){removeUserFromGroup(input:$input){__typename}}"

export const UpdateUserDocument: Document<UpdateUserMutation, UpdateUserMutationVariables> = "mutation UpdateUser($input:UpdateUserInput!){updateUser(input:$input){user{name}}}"

export const TagUserDocument: Document<TagUserMutation, TagUserMutationVariables> = "mutation TagUser($input:TagUserInput!){tagUser(input:$input){__typename}}"

export const UntagUserDocument: Document<UntagUserMutation, UntagUserMutationVariables> = "mutation UntagUser($input:UntagUserInput!){untagUser(input:$input){__typename}}"

export const UpdateLoginProfileDocument: Document<UpdateLoginProfileMutation, UpdateLoginProfileMutationVariables> = "mutation UpdateLoginProfile($input:UpdateLoginProfileInput!){updateLoginProfile(input:$input){__typename}}"

export const DeleteLoginProfileDocument: Document<DeleteLoginProfileMutation, DeleteLoginProfileMutationVariables> = "mutation DeleteLoginProfile($input:DeleteLoginProfileInput!){deleteLoginProfile(input:$input){__typename}}"

export const DeactivateMfaDeviceDocument: Document<DeactivateMfaDeviceMutation, DeactivateMfaDeviceMutationVariables> = "mutation DeactivateMfaDevice($input:DeactivateMfaDeviceInput!){deactivateMfaDevice(input:$input){__typename}}"

export const DeleteUserDeviceDocument: Document<DeleteUserDeviceMutation, DeleteUserDeviceMutationVariables> = "mutation DeleteUserDevice($input:DeleteVirtualMfaDeviceInput!){deleteVirtualMfaDevice(input:$input){__typename}}"

export const DeleteUserAccessKeyDocument: Document<DeleteUserAccessKeyMutation, DeleteUserAccessKeyMutationVariables> = "mutation DeleteUserAccessKey($input:DeleteAccessKeyInput!){deleteAccessKey(input:$input){__typename}}"

export const DeleteUserDocument: Document<DeleteUserMutation, DeleteUserMutationVariables> = "mutation DeleteUser($input:DeleteUserInput!){deleteUser(input:$input){__typename}}"
