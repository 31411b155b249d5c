// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All that is given must hold, to the letter. */
export type AuditEventFilter = {
  accessKeyId?: string | null | undefined;
  action?: string | null | undefined;
  decisionId?: string | null | undefined;
  mfa?: boolean | null | undefined;
  principalArn?: string | null | undefined;
  requestId?: string | null | undefined;
  resource?: string | null | undefined;
  result?: AuditResult | null | undefined;
  /** From this moment on. */
  since?: string | null | undefined;
  sourceIdentity?: string | null | undefined;
  sourceIp?: string | null | undefined;
  /** Up to this moment, which is in it. */
  until?: string | null | undefined;
};

export type AuditResult =
  /** Policies did not allow it. */
  | 'DENIED'
  /** It was allowed and did not work; `errorCode` says why. */
  | 'FAILURE'
  /** It was done. */
  | 'SUCCESS';

export type EventFieldsFragment = { eventId: string, at: string, action: string, resource: string, result: AuditResult, errorCode: string | null, principalArn: string, principalId: string, accessKeyId: string | null, sourceIdentity: string | null, mfa: boolean | null, sourceIp: string | null, userAgent: string | null, requestId: string, decisionId: string | null, detail: unknown };

export type AuditEventsQueryVariables = Exact<{
  filter?: AuditEventFilter | null | undefined;
  after?: string | null | undefined;
  first: number;
}>;

export type AuditEventsQuery = { auditEvents: { edges: Array<{ node: { eventId: string, at: string, action: string, resource: string, result: AuditResult, errorCode: string | null, principalArn: string, principalId: string, accessKeyId: string | null, sourceIdentity: string | null, mfa: boolean | null, sourceIp: string | null, userAgent: string | null, requestId: string, decisionId: string | null, detail: unknown } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type AuditEventAddedSubscriptionVariables = Exact<{
  filter?: AuditEventFilter | null | undefined;
}>;

export type AuditEventAddedSubscription = { auditEventAdded: { eventId: string, at: string, action: string, resource: string, result: AuditResult, errorCode: string | null, principalArn: string, principalId: string, accessKeyId: string | null, sourceIdentity: string | null, mfa: boolean | null, sourceIp: string | null, userAgent: string | null, requestId: string, decisionId: string | null, detail: unknown } | null };

export type KeyAccountQueryVariables = Exact<{
  id: string;
}>;

export type KeyAccountQuery = { accessKeyInfo: { accountId: string } | null };

export const AuditEventsDocument: Document<AuditEventsQuery, AuditEventsQueryVariables> = "query AuditEvents($filter:AuditEventFilter$after:String$first:Int!){auditEvents(filter:$filter after:$after first:$first){edges{node{...EventFields}}pageInfo{hasNextPage endCursor}}}fragment EventFields on AuditEvent{eventId at action resource result errorCode principalArn principalId accessKeyId sourceIdentity mfa sourceIp userAgent requestId decisionId detail}"

export const AuditEventAddedDocument: Document<AuditEventAddedSubscription, AuditEventAddedSubscriptionVariables> = "subscription AuditEventAdded($filter:AuditEventFilter){auditEventAdded(filter:$filter){...EventFields}}fragment EventFields on AuditEvent{eventId at action resource result errorCode principalArn principalId accessKeyId sourceIdentity mfa sourceIp userAgent requestId decisionId detail}"

export const KeyAccountDocument: Document<KeyAccountQuery, KeyAccountQueryVariables> = "query KeyAccount($id:ID!){accessKeyInfo(id:$id){accountId}}"
