// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type DashboardAccountQueryVariables = Exact<{ [key: string]: never; }>;

export type DashboardAccountQuery = { account: { rootAccessKeysPresent: boolean, rootMfaEnabled: boolean, rootPasswordUnchanged: boolean, summary: { users: number, groups: number, roles: number, policies: number } } | null };

export type DashboardReportQueryVariables = Exact<{ [key: string]: never; }>;

export type DashboardReportQuery = { credentialReport: { content: string, generatedAt: string } | null };

export type DashboardUnusedKeysQueryVariables = Exact<{
  days: number;
}>;

export type DashboardUnusedKeysQuery = { unusedAccessKeys: { edges: Array<{ node: { accessKeyId: string, userName: string, createdAt: string, lastUsedAt: string | null } }>, pageInfo: { hasNextPage: boolean } } | null };

export type DashboardDenialsQueryVariables = Exact<{
  since: string;
}>;

export type DashboardDenialsQuery = { auditEvents: { edges: Array<{ node: { eventId: string, at: string, action: string, principalArn: string } }>, pageInfo: { hasNextPage: boolean } } | null };

export type DashboardSignaturesQueryVariables = Exact<{
  since: string;
}>;

export type DashboardSignaturesQuery = { failedSignatures: Array<{ accessKeyId: string | null, ownerArn: string | null, sourceIp: string | null, count: number, firstAt: string, lastAt: string }> | null };

export const DashboardAccountDocument: Document<DashboardAccountQuery, DashboardAccountQueryVariables> = "query DashboardAccount{account{rootAccessKeysPresent rootMfaEnabled rootPasswordUnchanged summary{users groups roles policies}}}"

export const DashboardReportDocument: Document<DashboardReportQuery, DashboardReportQueryVariables> = "query DashboardReport{credentialReport{content generatedAt}}"

export const DashboardUnusedKeysDocument: Document<DashboardUnusedKeysQuery, DashboardUnusedKeysQueryVariables> = "query DashboardUnusedKeys($days:Int!){unusedAccessKeys(days:$days first:50){edges{node{accessKeyId userName createdAt lastUsedAt}}pageInfo{hasNextPage}}}"

export const DashboardDenialsDocument: Document<DashboardDenialsQuery, DashboardDenialsQueryVariables> = "query DashboardDenials($since:DateTime!){auditEvents(first:100 filter:{result:DENIED since:$since}){edges{node{eventId at action principalArn}}pageInfo{hasNextPage}}}"

export const DashboardSignaturesDocument: Document<DashboardSignaturesQuery, DashboardSignaturesQueryVariables> = "query DashboardSignatures($since:DateTime!){failedSignatures(since:$since){accessKeyId ownerArn sourceIp count firstAt lastAt}}"
