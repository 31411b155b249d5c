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

export type UpdateRootEmailInput = {
  email: string;
  /** The current one. */
  password: string;
};

export type RootEmailQueryVariables = Exact<{ [key: string]: never; }>;

export type RootEmailQuery = { viewer: { rootEmail: string | null } };

export type UpdateRootEmailMutationVariables = Exact<{
  input: UpdateRootEmailInput;
}>;

export type UpdateRootEmailMutation = { updateRootEmail: { email: string } | null };

export type ChangeOwnPasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;

export type ChangeOwnPasswordMutation = { changePassword: { changed: boolean } | null };

export const RootEmailDocument: Document<RootEmailQuery, RootEmailQueryVariables> = "query RootEmail{viewer{rootEmail}}"

export const UpdateRootEmailDocument: Document<UpdateRootEmailMutation, UpdateRootEmailMutationVariables> = "mutation UpdateRootEmail($input:UpdateRootEmailInput!){updateRootEmail(input:$input){email}}"

export const ChangeOwnPasswordDocument: Document<ChangeOwnPasswordMutation, ChangeOwnPasswordMutationVariables> = "mutation ChangeOwnPassword($input:ChangePasswordInput!){changePassword(input:$input){changed}}"
