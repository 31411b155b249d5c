// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AccountAliasQueryVariables = Exact<{ [key: string]: never; }>;

export type AccountAliasQuery = { account: { alias: string | null } | null };

export const AccountAliasDocument: Document<AccountAliasQuery, AccountAliasQueryVariables> = "query AccountAlias{account{alias}}"
