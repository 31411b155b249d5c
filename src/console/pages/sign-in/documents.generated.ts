// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type ChangePasswordInput = {
  newPassword: string;
  oldPassword: string;
};

/** For an IAM user: account (id or alias), userName, password. For the account root: rootEmail, password. */
export type SignInInput = {
  account?: string | null | undefined;
  /** Six digits of a device, or a recovery code; needed when an MFA device is enabled (`extensions.mfaCodeRequired`). */
  mfaCode?: string | null | undefined;
  password: string;
  rootEmail?: string | null | undefined;
  userName?: string | null | undefined;
};

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;

export type SignInMutation = { signIn: { recoveryCodesLeft: number | null, viewer: { arn: string } } | null };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;

export type ChangePasswordMutation = { changePassword: { changed: boolean } | null };

export const SignInDocument: Document<SignInMutation, SignInMutationVariables> = "mutation SignIn($input:SignInInput!){signIn(input:$input){recoveryCodesLeft viewer{arn}}}"

export const ChangePasswordDocument: Document<ChangePasswordMutation, ChangePasswordMutationVariables> = "mutation ChangePassword($input:ChangePasswordInput!){changePassword(input:$input){changed}}"
