// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type PolicyFindingType =
  /** The document is refused when it is written, or a condition has a value that its operator cannot compare: a Bool that is neither, a number or an address that is none. */
  | 'ERROR'
  /** It allows more, or denies less, than its author may mean. */
  | 'SECURITY_WARNING'
  /** It could be shorter or clearer. */
  | 'SUGGESTION'
  /** A part of it does nothing, or something else than it seems to. */
  | 'WARNING';

/** What a document is for: it decides which elements it may have. */
export type PolicyType =
  | 'IDENTITY'
  | 'RESOURCE'
  | 'SESSION'
  | 'TRUST';

export type ValidatePolicyQueryVariables = Exact<{
  document: string;
  type: PolicyType;
}>;

export type ValidatePolicyQuery = { validatePolicy: Array<{ findingType: PolicyFindingType, issueCode: string, message: string, path: string, line: number, column: number }> | null };

export const ValidatePolicyDocument: Document<ValidatePolicyQuery, ValidatePolicyQueryVariables> = "query ValidatePolicy($document:PolicyDocument!$type:PolicyType!){validatePolicy(document:$document type:$type){findingType issueCode message path line column}}"
