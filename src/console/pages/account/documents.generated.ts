// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** There is no partial update: what is left out falls back to the default. */
export type UpdateAccountPasswordPolicyInput = {
  allowUsersToChangePassword?: boolean | null | undefined;
  hardExpiry?: boolean | null | undefined;
  /** Days, 1 to 1095; by default passwords do not expire. */
  maxPasswordAge?: number | null | undefined;
  /** 6 to 128; by default 6. */
  minimumPasswordLength?: number | null | undefined;
  /** 1 to 24; by default none is refused. */
  passwordReusePrevention?: number | null | undefined;
  requireLowercaseCharacters?: boolean | null | undefined;
  requireNumbers?: boolean | null | undefined;
  requireSymbols?: boolean | null | undefined;
  requireUppercaseCharacters?: boolean | null | undefined;
};

export type AccountOverviewQueryVariables = Exact<{ [key: string]: never; }>;

export type AccountOverviewQuery = { account: { id: string, createdAt: string, rootAccessKeysPresent: boolean, rootMfaEnabled: boolean, summary: { users: number, usersQuota: number, groups: number, groupsQuota: number, roles: number, rolesQuota: number, policies: number, policiesQuota: number, policyVersionsInUse: number, policyVersionsInUseQuota: number, providers: number, mfaDevices: number, mfaDevicesInUse: number, accessKeysPerUserQuota: number, groupsPerUserQuota: number, attachedPoliciesPerUserQuota: number, attachedPoliciesPerGroupQuota: number, attachedPoliciesPerRoleQuota: number, versionsPerPolicyQuota: number, policySizeQuota: number, userPolicySizeQuota: number, groupPolicySizeQuota: number, rolePolicySizeQuota: number, assumeRolePolicySizeQuota: number } } | null };

export type AccountAliasesQueryVariables = Exact<{ [key: string]: never; }>;

export type AccountAliasesQuery = { accountAliases: Array<string> | null };

export type CreateAccountAliasMutationVariables = Exact<{
  accountAlias: string;
}>;

export type CreateAccountAliasMutation = { createAccountAlias: { __typename: 'CreateAccountAliasPayload' } | null };

export type DeleteAccountAliasMutationVariables = Exact<{
  accountAlias: string;
}>;

export type DeleteAccountAliasMutation = { deleteAccountAlias: { __typename: 'DeleteAccountAliasPayload' } | null };

export type UpdateAccountPasswordPolicyMutationVariables = Exact<{
  input: UpdateAccountPasswordPolicyInput;
}>;

export type UpdateAccountPasswordPolicyMutation = { updateAccountPasswordPolicy: { __typename: 'UpdateAccountPasswordPolicyPayload' } | null };

export type DeleteAccountPasswordPolicyMutationVariables = Exact<{ [key: string]: never; }>;

export type DeleteAccountPasswordPolicyMutation = { deleteAccountPasswordPolicy: { __typename: 'DeleteAccountPasswordPolicyPayload' } | null };

export type IdentityProvidersQueryVariables = Exact<{
  withDetails: boolean;
}>;

export type IdentityProvidersQuery = { openIdConnectProviders: Array<{ arn: string, url: string, clientIds?: Array<string> | null, createdAt?: string | null }> | null };

export const AccountOverviewDocument: Document<AccountOverviewQuery, AccountOverviewQueryVariables> = "query AccountOverview{account{id createdAt rootAccessKeysPresent rootMfaEnabled summary{users usersQuota groups groupsQuota roles rolesQuota policies policiesQuota policyVersionsInUse policyVersionsInUseQuota providers mfaDevices mfaDevicesInUse accessKeysPerUserQuota groupsPerUserQuota attachedPoliciesPerUserQuota attachedPoliciesPerGroupQuota attachedPoliciesPerRoleQuota versionsPerPolicyQuota policySizeQuota userPolicySizeQuota groupPolicySizeQuota rolePolicySizeQuota assumeRolePolicySizeQuota}}}"

export const AccountAliasesDocument: Document<AccountAliasesQuery, AccountAliasesQueryVariables> = "query AccountAliases{accountAliases}"

export const CreateAccountAliasDocument: Document<CreateAccountAliasMutation, CreateAccountAliasMutationVariables> = "mutation CreateAccountAlias($accountAlias:String!){createAccountAlias(input:{accountAlias:$accountAlias}){__typename}}"

export const DeleteAccountAliasDocument: Document<DeleteAccountAliasMutation, DeleteAccountAliasMutationVariables> = "mutation DeleteAccountAlias($accountAlias:String!){deleteAccountAlias(input:{accountAlias:$accountAlias}){__typename}}"

export const UpdateAccountPasswordPolicyDocument: Document<UpdateAccountPasswordPolicyMutation, UpdateAccountPasswordPolicyMutationVariables> = "mutation UpdateAccountPasswordPolicy($input:UpdateAccountPasswordPolicyInput!){updateAccountPasswordPolicy(input:$input){__typename}}"

export const DeleteAccountPasswordPolicyDocument: Document<DeleteAccountPasswordPolicyMutation, DeleteAccountPasswordPolicyMutationVariables> = "mutation DeleteAccountPasswordPolicy{deleteAccountPasswordPolicy{__typename}}"

export const IdentityProvidersDocument: Document<IdentityProvidersQuery, IdentityProvidersQueryVariables> = "query IdentityProviders($withDetails:Boolean!){openIdConnectProviders{arn url clientIds@include(if:$withDetails)createdAt@include(if:$withDetails)}}"
