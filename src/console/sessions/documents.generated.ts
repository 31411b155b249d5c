// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type RevokeUserSessionInput = {
  /** As in `userSessions`. */
  sessionId: string;
  userName: string;
};

export type RevokeUserSessionsInput = {
  userName: string;
};

export type SessionRowFragment = { sessionId: string, issuedAt: string, expiresAt: string, lastSeenAt: string | null, mfaAuthenticatedAt: string | null, sourceIp: string | null, userAgent: string | null, accessKeyId: string | null, current: boolean };

export type SessionsQueryVariables = Exact<{ [key: string]: never; }>;

export type SessionsQuery = { viewer: { sessions: Array<{ sessionId: string, issuedAt: string, expiresAt: string, lastSeenAt: string | null, mfaAuthenticatedAt: string | null, sourceIp: string | null, userAgent: string | null, accessKeyId: string | null, current: boolean }> } };

export type UserSessionsQueryVariables = Exact<{
  userName: string;
}>;

export type UserSessionsQuery = { userSessions: Array<{ sessionId: string, issuedAt: string, expiresAt: string, lastSeenAt: string | null, mfaAuthenticatedAt: string | null, sourceIp: string | null, userAgent: string | null, accessKeyId: string | null, current: boolean }> | null };

export type RevokeSessionMutationVariables = Exact<{
  sessionId: string;
}>;

export type RevokeSessionMutation = { revokeSession: { __typename: 'RevokeSessionPayload' } | null };

export type RevokeUserSessionMutationVariables = Exact<{
  input: RevokeUserSessionInput;
}>;

export type RevokeUserSessionMutation = { revokeUserSession: { __typename: 'RevokeSessionPayload' } | null };

export type RevokeUserSessionsMutationVariables = Exact<{
  input: RevokeUserSessionsInput;
}>;

export type RevokeUserSessionsMutation = { revokeUserSessions: { __typename: 'RevokeUserSessionsPayload' } | null };

export const SessionsDocument: Document<SessionsQuery, SessionsQueryVariables> = "query Sessions{viewer{sessions{...SessionRow}}}fragment SessionRow on Session{sessionId issuedAt expiresAt lastSeenAt mfaAuthenticatedAt sourceIp userAgent accessKeyId current}"

export const UserSessionsDocument: Document<UserSessionsQuery, UserSessionsQueryVariables> = "query UserSessions($userName:String!){userSessions(userName:$userName){...SessionRow}}fragment SessionRow on Session{sessionId issuedAt expiresAt lastSeenAt mfaAuthenticatedAt sourceIp userAgent accessKeyId current}"

export const RevokeSessionDocument: Document<RevokeSessionMutation, RevokeSessionMutationVariables> = "mutation RevokeSession($sessionId:String!){revokeSession(input:{sessionId:$sessionId}){__typename}}"

export const RevokeUserSessionDocument: Document<RevokeUserSessionMutation, RevokeUserSessionMutationVariables> = "mutation RevokeUserSession($input:RevokeUserSessionInput!){revokeUserSession(input:$input){__typename}}"

export const RevokeUserSessionsDocument: Document<RevokeUserSessionsMutation, RevokeUserSessionsMutationVariables> = "mutation RevokeUserSessions($input:RevokeUserSessionsInput!){revokeUserSessions(input:$input){__typename}}"
