// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type SignInWithAccessKeyMutationVariables = Exact<{ [key: string]: never; }>;

export type SignInWithAccessKeyMutation = { signInWithAccessKey: { viewer: { arn: string } } | null };

export const SignInWithAccessKeyDocument: Document<SignInWithAccessKeyMutation, SignInWithAccessKeyMutationVariables> = "mutation SignInWithAccessKey{signInWithAccessKey{viewer{arn}}}"
