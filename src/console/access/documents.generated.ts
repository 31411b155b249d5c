// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AccessCheck = {
  /** For example `iam:CreateAccessKey`. */
  action: string;
  /** An ARN, or `*`. Absent: the caller itself for actions on users, else what the action is judged on. */
  resource?: string | null | undefined;
};

export type CanQueryVariables = Exact<{
  checks: Array<AccessCheck> | AccessCheck;
  actions: Array<string> | string;
}>;

export type CanQuery = { viewer: { mayBeAllowed: Array<boolean>, can: Array<{ allowed: boolean, mfaRequired: boolean }> } };

export const CanDocument: Document<CanQuery, CanQueryVariables> = "query Can($checks:[AccessCheck!]!$actions:[String!]!){viewer{can(checks:$checks){allowed mfaRequired}mayBeAllowed(actions:$actions)}}"
