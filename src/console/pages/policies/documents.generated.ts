// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../../api/document.ts'

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

export type CreatePolicyInput = {
  /** Cannot be changed later. */
  description?: string | null | undefined;
  path?: string | null | undefined;
  policyDocument: string;
  policyName: string;
  tags?: Array<TagInput> | null | undefined;
};

export type CreatePolicyVersionInput = {
  policyArn: string;
  policyDocument: string;
  /** Without it the new text is stored but not in force. */
  setAsDefault?: boolean | null | undefined;
};

export type DeletePolicyInput = {
  policyArn: string;
};

export type DeletePolicyVersionInput = {
  policyArn: string;
  versionId: string;
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

export type PolicyEntityType =
  | 'GROUP'
  | 'ROLE'
  | 'USER';

/** AWS: the policies that come built in. LOCAL: those of this account. */
export type PolicyScope =
  | 'ALL'
  | 'AWS'
  | 'LOCAL';

/** PERMISSIONS_POLICY: attached to somebody. PERMISSIONS_BOUNDARY: the boundary of somebody. */
export type PolicyUsageFilter =
  | 'PERMISSIONS_BOUNDARY'
  | 'PERMISSIONS_POLICY';

export type SetDefaultPolicyVersionInput = {
  policyArn: string;
  versionId: string;
};

export type TagInput = {
  key: string;
  value: string;
};

export type TagPolicyInput = {
  policyArn: string;
  tags: Array<TagInput>;
};

export type UntagPolicyInput = {
  policyArn: string;
  tagKeys: Array<string>;
};

export type PoliciesQueryVariables = Exact<{
  scope: PolicyScope;
  first: number;
  after?: string | null | undefined;
}>;

export type PoliciesQuery = { policies: { edges: Array<{ node: { arn: string, policyName: string, path: string, attachmentCount: number, permissionsBoundaryUsageCount: number, updatedAt: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type PolicyQueryVariables = Exact<{
  arn: string;
  withVersions: boolean;
  withText: boolean;
}>;

export type PolicyQuery = { policy: { arn: string, policyId: string, policyName: string, path: string, description: string | null, createdAt: string, updatedAt: string, attachmentCount: number, permissionsBoundaryUsageCount: number, defaultVersionId: string, tags: Array<{ key: string, value: string }> | null, defaultVersion?: { versionId: string, policyText: string | null } | null, versions?: Array<{ versionId: string, isDefaultVersion: boolean, createdAt: string, policyText?: string | null }> | null } | null };

export type PolicyEntitiesQueryVariables = Exact<{
  arn: string;
  usage: PolicyUsageFilter;
  first: number;
  after?: string | null | undefined;
}>;

export type PolicyEntitiesQuery = { entitiesForPolicy: { edges: Array<{ node: { id: string, arn: string, name: string, type: PolicyEntityType } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type CreatePolicyMutationVariables = Exact<{
  input: CreatePolicyInput;
}>;

export type CreatePolicyMutation = { createPolicy: { policy: { arn: string } } | null };

export type DeletePolicyMutationVariables = Exact<{
  input: DeletePolicyInput;
}>;

export type DeletePolicyMutation = { deletePolicy: { policyName: string } | null };

export type CreatePolicyVersionMutationVariables = Exact<{
  input: CreatePolicyVersionInput;
}>;

export type CreatePolicyVersionMutation = { createPolicyVersion: { versionId: string } | null };

export type DeletePolicyVersionMutationVariables = Exact<{
  input: DeletePolicyVersionInput;
}>;

export type DeletePolicyVersionMutation = { deletePolicyVersion: { versionId: string } | null };

export type SetDefaultPolicyVersionMutationVariables = Exact<{
  input: SetDefaultPolicyVersionInput;
}>;

export type SetDefaultPolicyVersionMutation = { setDefaultPolicyVersion: { policy: { defaultVersionId: string } } | null };

export type TagPolicyMutationVariables = Exact<{
  input: TagPolicyInput;
}>;

export type TagPolicyMutation = { tagPolicy: { policy: { arn: string } } | null };

export type UntagPolicyMutationVariables = Exact<{
  input: UntagPolicyInput;
}>;

export type UntagPolicyMutation = { untagPolicy: { policy: { arn: string } } | null };

export type AttachUserPolicyMutationVariables = Exact<{
  input: AttachUserPolicyInput;
}>;

export type AttachUserPolicyMutation = { attachUserPolicy: { policy: { arn: string } } | null };

export type AttachGroupPolicyMutationVariables = Exact<{
  input: AttachGroupPolicyInput;
}>;

export type AttachGroupPolicyMutation = { attachGroupPolicy: { policy: { arn: string } } | null };

export type AttachRolePolicyMutationVariables = Exact<{
  input: AttachRolePolicyInput;
}>;

export type AttachRolePolicyMutation = { attachRolePolicy: { policy: { arn: string } } | null };

export type DetachUserPolicyMutationVariables = Exact<{
  input: DetachUserPolicyInput;
}>;

export type DetachUserPolicyMutation = { detachUserPolicy: { policy: { arn: string } } | null };

export type DetachGroupPolicyMutationVariables = Exact<{
  input: DetachGroupPolicyInput;
}>;

export type DetachGroupPolicyMutation = { detachGroupPolicy: { policy: { arn: string } } | null };

export type DetachRolePolicyMutationVariables = Exact<{
  input: DetachRolePolicyInput;
}>;

export type DetachRolePolicyMutation = { detachRolePolicy: { policy: { arn: string } } | null };

export const PoliciesDocument: Document<PoliciesQuery, PoliciesQueryVariables> = "query Policies($scope:PolicyScope!$first:Int!$after:String){policies(scope:$scope first:$first after:$after){edges{node{arn policyName path attachmentCount permissionsBoundaryUsageCount updatedAt}}pageInfo{hasNextPage endCursor}}}"

export const PolicyDocument: Document<PolicyQuery, PolicyQueryVariables> = "query Policy($arn:ARN!$withVersions:Boolean!$withText:Boolean!){policy(arn:$arn){arn policyId policyName path description createdAt updatedAt attachmentCount permissionsBoundaryUsageCount defaultVersionId tags{key value}defaultVersion@include(if:$withText){versionId policyText}versions@include(if:$withVersions){versionId isDefaultVersion createdAt policyText@include(if:$withText)}}}"

export const PolicyEntitiesDocument: Document<PolicyEntitiesQuery, PolicyEntitiesQueryVariables> = "query PolicyEntities($arn:ARN!$usage:PolicyUsageFilter!$first:Int!$after:String){entitiesForPolicy(policyArn:$arn policyUsageFilter:$usage first:$first after:$after){edges{node{id arn name type}}pageInfo{hasNextPage endCursor}}}"

export const CreatePolicyDocument: Document<CreatePolicyMutation, CreatePolicyMutationVariables> = "mutation CreatePolicy($input:CreatePolicyInput!){createPolicy(input:$input){policy{arn}}}"

export const DeletePolicyDocument: Document<DeletePolicyMutation, DeletePolicyMutationVariables> = "mutation DeletePolicy($input:DeletePolicyInput!){deletePolicy(input:$input){policyName}}"

export const CreatePolicyVersionDocument: Document<CreatePolicyVersionMutation, CreatePolicyVersionMutationVariables> = "mutation CreatePolicyVersion($input:CreatePolicyVersionInput!){createPolicyVersion(input:$input){versionId}}"

export const DeletePolicyVersionDocument: Document<DeletePolicyVersionMutation, DeletePolicyVersionMutationVariables> = "mutation DeletePolicyVersion($input:DeletePolicyVersionInput!){deletePolicyVersion(input:$input){versionId}}"

export const SetDefaultPolicyVersionDocument: Document<SetDefaultPolicyVersionMutation, SetDefaultPolicyVersionMutationVariables> = "mutation SetDefaultPolicyVersion($input:SetDefaultPolicyVersionInput!){setDefaultPolicyVersion(input:$input){policy{defaultVersionId}}}"

export const TagPolicyDocument: Document<TagPolicyMutation, TagPolicyMutationVariables> = "mutation TagPolicy($input:TagPolicyInput!){tagPolicy(input:$input){policy{arn}}}"

export const UntagPolicyDocument: Document<UntagPolicyMutation, UntagPolicyMutationVariables> = "mutation UntagPolicy($input:UntagPolicyInput!){untagPolicy(input:$input){policy{arn}}}"

export const AttachUserPolicyDocument: Document<AttachUserPolicyMutation, AttachUserPolicyMutationVariables> = "mutation AttachUserPolicy($input:AttachUserPolicyInput!){attachUserPolicy(input:$input){policy{arn}}}"

export const AttachGroupPolicyDocument: Document<AttachGroupPolicyMutation, AttachGroupPolicyMutationVariables> = "mutation AttachGroupPolicy($input:AttachGroupPolicyInput!){attachGroupPolicy(input:$input){policy{arn}}}"

export const AttachRolePolicyDocument: Document<AttachRolePolicyMutation, AttachRolePolicyMutationVariables> = "mutation AttachRolePolicy($input:AttachRolePolicyInput!){attachRolePolicy(input:$input){policy{arn}}}"

export const DetachUserPolicyDocument: Document<DetachUserPolicyMutation, DetachUserPolicyMutationVariables> = "mutation DetachUserPolicy($input:DetachUserPolicyInput!){detachUserPolicy(input:$input){policy{arn}}}"

export const DetachGroupPolicyDocument: Document<DetachGroupPolicyMutation, DetachGroupPolicyMutationVariables> = "mutation DetachGroupPolicy($input:DetachGroupPolicyInput!){detachGroupPolicy(input:$input){policy{arn}}}"

export const DetachRolePolicyDocument: Document<DetachRolePolicyMutation, DetachRolePolicyMutationVariables> = "mutation DetachRolePolicy($input:DetachRolePolicyInput!){detachRolePolicy(input:$input){policy{arn}}}"
