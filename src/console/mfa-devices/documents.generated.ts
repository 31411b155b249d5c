// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type CreateVirtualMfaDeviceInput = {
  path?: string | null | undefined;
  tags?: Array<TagInput> | null | undefined;
  virtualMfaDeviceName: string;
};

export type DeactivateMfaDeviceInput = {
  serialNumber: string;
  /** The caller when omitted. */
  userName?: string | null | undefined;
};

export type DeleteVirtualMfaDeviceInput = {
  serialNumber: string;
};

export type EnableMfaDeviceInput = {
  authenticationCode1: string;
  /** The code right after the first. */
  authenticationCode2: string;
  /** False when the recovery codes of a first device are not wanted. */
  recoveryCodes?: boolean | null | undefined;
  serialNumber: string;
  /** The caller when omitted; root, which has no name, omits it. */
  userName?: string | null | undefined;
};

export type ResyncMfaDeviceInput = {
  authenticationCode1: string;
  /** The code right after the first. */
  authenticationCode2: string;
  serialNumber: string;
  /** The caller when omitted; root, which has no name, omits it. */
  userName?: string | null | undefined;
};

export type TagInput = {
  key: string;
  value: string;
};

export type MfaDevicesQueryVariables = Exact<{
  userName?: string | null | undefined;
}>;

export type MfaDevicesQuery = { user: { mfaDevices: Array<{ serialNumber: string, enabledAt: string | null }> | null, recoveryCodes: { left: number, createdAt: string, lastUsedAt: string | null } | null } | null };

export type CreateRecoveryCodesMutationVariables = Exact<{ [key: string]: never; }>;

export type CreateRecoveryCodesMutation = { createRecoveryCodes: { recoveryCodes: Array<string> } | null };

export type CreateVirtualMfaDeviceMutationVariables = Exact<{
  input: CreateVirtualMfaDeviceInput;
}>;

export type CreateVirtualMfaDeviceMutation = { createVirtualMfaDevice: { base32StringSeed: string, qrCodePng: string, mfaDevice: { serialNumber: string } } | null };

export type EnableMfaDeviceMutationVariables = Exact<{
  input: EnableMfaDeviceInput;
}>;

export type EnableMfaDeviceMutation = { enableMfaDevice: { recoveryCodes: Array<string> | null } | null };

export type ResyncMfaDeviceMutationVariables = Exact<{
  input: ResyncMfaDeviceInput;
}>;

export type ResyncMfaDeviceMutation = { resyncMfaDevice: { __typename: 'ResyncMfaDevicePayload' } | null };

export type DeactivateMfaDeviceMutationVariables = Exact<{
  input: DeactivateMfaDeviceInput;
}>;

export type DeactivateMfaDeviceMutation = { deactivateMfaDevice: { __typename: 'DeactivateMfaDevicePayload' } | null };

export type DeleteVirtualMfaDeviceMutationVariables = Exact<{
  input: DeleteVirtualMfaDeviceInput;
}>;

export type DeleteVirtualMfaDeviceMutation = { deleteVirtualMfaDevice: { __typename: 'DeleteVirtualMfaDevicePayload' } | null };

export const MfaDevicesDocument: Document<MfaDevicesQuery, MfaDevicesQueryVariables> = "query MfaDevices($userName:String){user(name:$userName){mfaDevices{serialNumber enabledAt}recoveryCodes{left createdAt lastUsedAt}}}"

export const CreateRecoveryCodesDocument: Document<CreateRecoveryCodesMutation, CreateRecoveryCodesMutationVariables> = "mutation CreateRecoveryCodes{createRecoveryCodes{recoveryCodes}}"

export const CreateVirtualMfaDeviceDocument: Document<CreateVirtualMfaDeviceMutation, CreateVirtualMfaDeviceMutationVariables> = "mutation CreateVirtualMfaDevice($input:CreateVirtualMfaDeviceInput!){createVirtualMfaDevice(input:$input){mfaDevice{serialNumber}base32StringSeed qrCodePng}}"

export const EnableMfaDeviceDocument: Document<EnableMfaDeviceMutation, EnableMfaDeviceMutationVariables> = "mutation EnableMfaDevice($input:EnableMfaDeviceInput!){enableMfaDevice(input:$input){recoveryCodes}}"

export const ResyncMfaDeviceDocument: Document<ResyncMfaDeviceMutation, ResyncMfaDeviceMutationVariables> = "mutation ResyncMfaDevice($input:ResyncMfaDeviceInput!){resyncMfaDevice(input:$input){__typename}}"

export const DeactivateMfaDeviceDocument: Document<DeactivateMfaDeviceMutation, DeactivateMfaDeviceMutationVariables> = "mutation DeactivateMfaDevice($input:DeactivateMfaDeviceInput!){deactivateMfaDevice(input:$input){__typename}}"

export const DeleteVirtualMfaDeviceDocument: Document<DeleteVirtualMfaDeviceMutation, DeleteVirtualMfaDeviceMutationVariables> = "mutation DeleteVirtualMfaDevice($input:DeleteVirtualMfaDeviceInput!){deleteVirtualMfaDevice(input:$input){__typename}}"
