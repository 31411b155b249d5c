// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AccessKeyStatus =
  | 'ACTIVE'
  | 'INACTIVE';

export type CreateAccessKeyInput = {
  /** Makes a retry safe: the same token within 24 hours answers with the same key and secret instead of a second key. */
  clientToken?: string | null | undefined;
  /** Kept as the user's tag whose key is the access key id. */
  description?: string | null | undefined;
  /** The caller when omitted. */
  userName?: string | null | undefined;
};

export type DeleteAccessKeyInput = {
  accessKeyId: string;
  /** Refuse unless the key is INACTIVE, as the console does. */
  requireInactive?: boolean | null | undefined;
  /** The caller when omitted. */
  userName?: string | null | undefined;
};

export type UpdateAccessKeyInput = {
  accessKeyId: string;
  /** An empty text removes the description. */
  description?: string | null | undefined;
  status?: AccessKeyStatus | null | undefined;
  /** The caller when omitted. */
  userName?: string | null | undefined;
};

export type AccessKeysQueryVariables = Exact<{
  userName?: string | null | undefined;
  withLastUsed: boolean;
}>;

export type AccessKeysQuery = { user: { name: string, accessKeyQuota: { limit: number }, accessKeys: Array<{ accessKeyId: string, createdAt: string, status: AccessKeyStatus, description: string | null, lastUsed?: { at: string | null, service: string | null, region: string | null, operation: string | null, sourceIp: string | null } | null }> | null } | null };

export type CreateAccessKeyMutationVariables = Exact<{
  input: CreateAccessKeyInput;
}>;

export type CreateAccessKeyMutation = { createAccessKey: { secretAccessKey: string, csv: string, accessKey: { accessKeyId: string } } | null };

export type UpdateAccessKeyMutationVariables = Exact<{
  input: UpdateAccessKeyInput;
}>;

export type UpdateAccessKeyMutation = { updateAccessKey: { accessKey: { accessKeyId: string, status: AccessKeyStatus } } | null };

export type DeleteAccessKeyMutationVariables = Exact<{
  input: DeleteAccessKeyInput;
}>;

export type DeleteAccessKeyMutation = { deleteAccessKey: { deletedAccessKeyId: string } | null };

export const AccessKeysDocument: Document<AccessKeysQuery, AccessKeysQueryVariables> = "query AccessKeys($userName:String$withLastUsed:Boolean!){user(name:$userName){name accessKeyQuota{limit}accessKeys{accessKeyId createdAt status description lastUsed@include(if:$withLastUsed){at service region operation sourceIp}}}}"

export const CreateAccessKeyDocument: Document<CreateAccessKeyMutation, CreateAccessKeyMutationVariables> = "mutation CreateAccessKey($input:CreateAccessKeyInput!){createAccessKey(input:$input){accessKey{accessKeyId}secretAccessKey csv}}"

export const UpdateAccessKeyDocument: Document<UpdateAccessKeyMutation, UpdateAccessKeyMutationVariables> = "mutation UpdateAccessKey($input:UpdateAccessKeyInput!){updateAccessKey(input:$input){accessKey{accessKeyId status}}}"

export const DeleteAccessKeyDocument: Document<DeleteAccessKeyMutation, DeleteAccessKeyMutationVariables> = "mutation DeleteAccessKey($input:DeleteAccessKeyInput!){deleteAccessKey(input:$input){deletedAccessKeyId}}"
