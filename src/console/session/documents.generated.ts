// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type IdentityQueryVariables = Exact<{ [key: string]: never; }>;

export type IdentityQuery = { viewer: { arn: string, accountId: string, mfaAuthenticatedAt: string | null, sessionExpiresAt: string | null, sessionIdleExpiresAt: string | null, passwordChangeRequired: boolean, accessKeyId: string | null } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;

export type SignOutMutation = { signOut: { signedOut: boolean } | null };

export type SignOutEverywhereMutationVariables = Exact<{ [key: string]: never; }>;

export type SignOutEverywhereMutation = { signOutEverywhere: { signedOut: boolean } | null };

export const IdentityDocument: Document<IdentityQuery, IdentityQueryVariables> = "query Identity{viewer{arn accountId mfaAuthenticatedAt sessionExpiresAt sessionIdleExpiresAt passwordChangeRequired accessKeyId}}"

export const SignOutDocument: Document<SignOutMutation, SignOutMutationVariables> = "mutation SignOut{signOut{signedOut}}"

export const SignOutEverywhereDocument: Document<SignOutEverywhereMutation, SignOutEverywhereMutationVariables> = "mutation SignOutEverywhere{signOutEverywhere{signedOut}}"
