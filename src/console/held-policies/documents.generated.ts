// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AttachGroupPolicyInput = {
  groupName: string;
  policyArn: string;
};

export type AttachRolePolicyInput = {
  policyArn: string;
  roleName: string;
};

export type AttachUserPolicyInput = {
  policyArn: string;
  userName: string;
};

export type DeleteGroupPolicyInput = {
  groupName: string;
  policyName: string;
};

export type DeleteRolePolicyInput = {
  policyName: string;
  roleName: string;
};

export type DeleteUserPolicyInput = {
  policyName: string;
  userName: string;
};

export type DetachGroupPolicyInput = {
  groupName: string;
  policyArn: string;
};

export type DetachRolePolicyInput = {
  policyArn: string;
  roleName: string;
};

export type DetachUserPolicyInput = {
  policyArn: string;
  userName: string;
};

export type PutGroupPolicyInput = {
  groupName: string;
  policyDocument: string;
  policyName: string;
};

export type PutRolePolicyInput = {
  policyDocument: string;
  policyName: string;
  roleName: string;
};

export type PutUserPolicyInput = {
  policyDocument: string;
  policyName: string;
  userName: string;
};

export type GroupPoliciesQueryVariables = Exact<{
  name: string;
  withAttached: boolean;
  withInline: boolean;
  withText: boolean;
}>;

export type GroupPoliciesQuery = { group: { attachedPolicies?: { edges: Array<{ node: { arn: string, policyName: string } }> } | null, inlinePolicies?: Array<{ policyName: string, updatedAt: string, policyText?: string | null }> | null } | null };

export type AttachGroupPolicyMutationVariables = Exact<{
  input: AttachGroupPolicyInput;
}>;

export type AttachGroupPolicyMutation = { attachGroupPolicy: { group: { arn: string } } | null };

export type DetachGroupPolicyMutationVariables = Exact<{
  input: DetachGroupPolicyInput;
}>;

export type DetachGroupPolicyMutation = { detachGroupPolicy: { group: { arn: string } } | null };

export type PutGroupPolicyMutationVariables = Exact<{
  input: PutGroupPolicyInput;
}>;

export type PutGroupPolicyMutation = { putGroupPolicy: { group: { arn: string } } | null };

export type DeleteGroupPolicyMutationVariables = Exact<{
  input: DeleteGroupPolicyInput;
}>;

export type DeleteGroupPolicyMutation = { deleteGroupPolicy: { group: { arn: string } } | null };

export type RolePoliciesQueryVariables = Exact<{
  name: string;
  withAttached: boolean;
  withInline: boolean;
  withText: boolean;
}>;

export type RolePoliciesQuery = { role: { attachedPolicies?: { edges: Array<{ node: { arn: string, policyName: string } }> } | null, inlinePolicies?: Array<{ policyName: string, updatedAt: string, policyText?: string | null }> | null } | null };

export type AttachRolePolicyMutationVariables = Exact<{
  input: AttachRolePolicyInput;
}>;

export type AttachRolePolicyMutation = { attachRolePolicy: { role: { arn: string } } | null };

export type DetachRolePolicyMutationVariables = Exact<{
  input: DetachRolePolicyInput;
}>;

export type DetachRolePolicyMutation = { detachRolePolicy: { role: { arn: string } } | null };

export type PutRolePolicyMutationVariables = Exact<{
  input: PutRolePolicyInput;
}>;

export type PutRolePolicyMutation = { putRolePolicy: { role: { arn: string } } | null };

export type DeleteRolePolicyMutationVariables = Exact<{
  input: DeleteRolePolicyInput;
}>;

export type DeleteRolePolicyMutation = { deleteRolePolicy: { role: { arn: string } } | null };

export type UserPoliciesQueryVariables = Exact<{
  name: string;
  withAttached: boolean;
  withInline: boolean;
  withText: boolean;
}>;

export type UserPoliciesQuery = { user: { attachedPolicies?: { edges: Array<{ node: { arn: string, policyName: string } }> } | null, inlinePolicies?: Array<{ policyName: string, updatedAt: string, policyText?: string | null }> | null } | null };

export type AttachUserPolicyMutationVariables = Exact<{
  input: AttachUserPolicyInput;
}>;

export type AttachUserPolicyMutation = { attachUserPolicy: { user: { arn: string } } | null };

export type DetachUserPolicyMutationVariables = Exact<{
  input: DetachUserPolicyInput;
}>;

export type DetachUserPolicyMutation = { detachUserPolicy: { user: { arn: string } } | null };

export type PutUserPolicyMutationVariables = Exact<{
  input: PutUserPolicyInput;
}>;

export type PutUserPolicyMutation = { putUserPolicy: { user: { arn: string } } | null };

export type DeleteUserPolicyMutationVariables = Exact<{
  input: DeleteUserPolicyInput;
}>;

export type DeleteUserPolicyMutation = { deleteUserPolicy: { user: { arn: string } } | null };

export const GroupPoliciesDocument: Document<GroupPoliciesQuery, GroupPoliciesQueryVariables> = "query GroupPolicies($name:String!$withAttached:Boolean!$withInline:Boolean!$withText:Boolean!){group(name:$name){attachedPolicies(first:100)@include(if:$withAttached){edges{node{arn policyName}}}inlinePolicies@include(if:$withInline){policyName updatedAt policyText@include(if:$withText)}}}"

export const AttachGroupPolicyDocument: Document<AttachGroupPolicyMutation, AttachGroupPolicyMutationVariables> = "mutation AttachGroupPolicy($input:AttachGroupPolicyInput!){attachGroupPolicy(input:$input){group{arn}}}"

export const DetachGroupPolicyDocument: Document<DetachGroupPolicyMutation, DetachGroupPolicyMutationVariables> = "mutation DetachGroupPolicy($input:DetachGroupPolicyInput!){detachGroupPolicy(input:$input){group{arn}}}"

export const PutGroupPolicyDocument: Document<PutGroupPolicyMutation, PutGroupPolicyMutationVariables> = "mutation PutGroupPolicy($input:PutGroupPolicyInput!){putGroupPolicy(input:$input){group{arn}}}"

export const DeleteGroupPolicyDocument: Document<DeleteGroupPolicyMutation, DeleteGroupPolicyMutationVariables> = "mutation DeleteGroupPolicy($input:DeleteGroupPolicyInput!){deleteGroupPolicy(input:$input){group{arn}}}"

export const RolePoliciesDocument: Document<RolePoliciesQuery, RolePoliciesQueryVariables> = "query RolePolicies($name:String!$withAttached:Boolean!$withInline:Boolean!$withText:Boolean!){role(name:$name){attachedPolicies(first:100)@include(if:$withAttached){edges{node{arn policyName}}}inlinePolicies@include(if:$withInline){policyName updatedAt policyText@include(if:$withText)}}}"

export const AttachRolePolicyDocument: Document<AttachRolePolicyMutation, AttachRolePolicyMutationVariables> = "mutation AttachRolePolicy($input:AttachRolePolicyInput!){attachRolePolicy(input:$input){role{arn}}}"

export const DetachRolePolicyDocument: Document<DetachRolePolicyMutation, DetachRolePolicyMutationVariables> = "mutation DetachRolePolicy($input:DetachRolePolicyInput!){detachRolePolicy(input:$input){role{arn}}}"

export const PutRolePolicyDocument: Document<PutRolePolicyMutation, PutRolePolicyMutationVariables> = "mutation PutRolePolicy($input:PutRolePolicyInput!){putRolePolicy(input:$input){role{arn}}}"

export const DeleteRolePolicyDocument: Document<DeleteRolePolicyMutation, DeleteRolePolicyMutationVariables> = "mutation DeleteRolePolicy($input:DeleteRolePolicyInput!){deleteRolePolicy(input:$input){role{arn}}}"

export const UserPoliciesDocument: Document<UserPoliciesQuery, UserPoliciesQueryVariables> = "query UserPolicies($name:String!$withAttached:Boolean!$withInline:Boolean!$withText:Boolean!){user(name:$name){attachedPolicies(first:100)@include(if:$withAttached){edges{node{arn policyName}}}inlinePolicies@include(if:$withInline){policyName updatedAt policyText@include(if:$withText)}}}"

export const AttachUserPolicyDocument: Document<AttachUserPolicyMutation, AttachUserPolicyMutationVariables> = "mutation AttachUserPolicy($input:AttachUserPolicyInput!){attachUserPolicy(input:$input){user{arn}}}"

export const DetachUserPolicyDocument: Document<DetachUserPolicyMutation, DetachUserPolicyMutationVariables> = "mutation DetachUserPolicy($input:DetachUserPolicyInput!){detachUserPolicy(input:$input){user{arn}}}"

export const PutUserPolicyDocument: Document<PutUserPolicyMutation, PutUserPolicyMutationVariables> = "mutation PutUserPolicy($input:PutUserPolicyInput!){putUserPolicy(input:$input){user{arn}}}"

export const DeleteUserPolicyDocument: Document<DeleteUserPolicyMutation, DeleteUserPolicyMutationVariables> = "mutation DeleteUserPolicy($input:DeleteUserPolicyInput!){deleteUserPolicy(input:$input){user{arn}}}"
