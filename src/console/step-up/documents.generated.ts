// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AuthenticateMfaMutationVariables = Exact<{
  mfaCode: string;
}>;

export type AuthenticateMfaMutation = { authenticateMfa: { recoveryCodesLeft: number | null, viewer: { arn: string } } | null };

export const AuthenticateMfaDocument: Document<AuthenticateMfaMutation, AuthenticateMfaMutationVariables> = "mutation AuthenticateMfa($mfaCode:String!){authenticateMfa(input:{mfaCode:$mfaCode}){recoveryCodesLeft viewer{arn}}}"
