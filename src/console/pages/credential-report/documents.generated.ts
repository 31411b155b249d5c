// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AccessKeyStatus =
  | 'ACTIVE'
  | 'INACTIVE';

export type CredentialReportState =
  | 'COMPLETE'
  | 'INPROGRESS'
  | 'STARTED';

export type CredentialReportQueryVariables = Exact<{ [key: string]: never; }>;

export type CredentialReportQuery = { credentialReport: { content: string, generatedAt: string } | null };

export type GenerateCredentialReportMutationVariables = Exact<{ [key: string]: never; }>;

export type GenerateCredentialReportMutation = { generateCredentialReport: { state: CredentialReportState } | null };

export type RootCredentialsQueryVariables = Exact<{ [key: string]: never; }>;

export type RootCredentialsQuery = { account: { rootAccessKeysPresent: boolean } | null };

export type KeyOwnerQueryVariables = Exact<{
  id: string;
}>;

export type KeyOwnerQuery = { accessKey: { accessKeyId: string, status: AccessKeyStatus, userName: string } | null };

export const CredentialReportDocument: Document<CredentialReportQuery, CredentialReportQueryVariables> = "query CredentialReport{credentialReport{content generatedAt}}"

export const GenerateCredentialReportDocument: Document<GenerateCredentialReportMutation, GenerateCredentialReportMutationVariables> = "mutation GenerateCredentialReport{generateCredentialReport{state}}"

export const RootCredentialsDocument: Document<RootCredentialsQuery, RootCredentialsQueryVariables> = "query RootCredentials{account{rootAccessKeysPresent}}"

export const KeyOwnerDocument: Document<KeyOwnerQuery, KeyOwnerQueryVariables> = "query KeyOwner($id:ID!){accessKey(id:$id){accessKeyId status userName}}"
