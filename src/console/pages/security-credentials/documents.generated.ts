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

export type SessionsQueryVariables = Exact<{ [key: string]: never; }>;

export type SessionsQuery = { viewer: { sessions: Array<{ sessionId: string, issuedAt: string, expiresAt: string, mfaAuthenticatedAt: string | null, sourceIp: string | null, userAgent: string | null, accessKeyId: string | null, current: boolean }> } };

export type RevokeSessionMutationVariables = Exact<{
  sessionId: string;
}>;

export type RevokeSessionMutation = { revokeSession: { __typename: 'RevokeSessionPayload' } | null };

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

export const SessionsDocument: Document<SessionsQuery, SessionsQueryVariables> = "query Sessions{viewer{sessions{sessionId issuedAt expiresAt mfaAuthenticatedAt sourceIp userAgent accessKeyId current}}}"

export const RevokeSessionDocument: Document<RevokeSessionMutation, RevokeSessionMutationVariables> = "mutation RevokeSession($sessionId:String!){revokeSession(input:{sessionId:$sessionId}){__typename}}"

export const RootEmailDocument: Document<RootEmailQuery, RootEmailQueryVariables> = "query RootEmail{viewer{rootEmail}}"

export const UpdateRootEmailDocument: Document<UpdateRootEmailMutation, UpdateRootEmailMutationVariables> = "mutation UpdateRootEmail($input:UpdateRootEmailInput!){updateRootEmail(input:$input){email}}"

export const ChangeOwnPasswordDocument: Document<ChangeOwnPasswordMutation, ChangeOwnPasswordMutationVariables> = "mutation ChangeOwnPassword($input:ChangePasswordInput!){changePassword(input:$input){changed}}"
