// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type PasswordPolicyQueryVariables = Exact<{ [key: string]: never; }>;

export type PasswordPolicyQuery = { passwordPolicy: { minimumPasswordLength: number, requireUppercaseCharacters: boolean, requireLowercaseCharacters: boolean, requireNumbers: boolean, requireSymbols: boolean, allowUsersToChangePassword: boolean, maxPasswordAge: number | null, passwordReusePrevention: number | null, hardExpiry: boolean } | null };

export const PasswordPolicyDocument: Document<PasswordPolicyQuery, PasswordPolicyQueryVariables> = "query PasswordPolicy{passwordPolicy{minimumPasswordLength requireUppercaseCharacters requireLowercaseCharacters requireNumbers requireSymbols allowUsersToChangePassword maxPasswordAge passwordReusePrevention hardExpiry}}"
