// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type DecisionEffect =
  | 'ALLOW'
  | 'EXPLICIT_DENY'
  | 'IMPLICIT_DENY';

/** `ORGANIZATION_POLICY` only in simulations: accounts here belong to no organization. */
export type DenialReason =
  | 'IDENTITY_POLICY'
  | 'NO_IDENTITY_POLICY'
  | 'ORGANIZATION_POLICY'
  | 'PERMISSIONS_BOUNDARY'
  | 'RESOURCE_POLICY'
  | 'SESSION_POLICY';

export type DecisionQueryVariables = Exact<{
  id: string;
}>;

export type DecisionQuery = { decision: { id: string, action: string, allowed: boolean, effect: DecisionEffect, reason: DenialReason | null, principal: string, resource: string, mfaRequired: boolean, message: string | null, missingContextValues: Array<string> | null, context: Array<{ key: string, values: Array<string> }> | null, statements: Array<{ layer: string, policy: string, policyArn: string | null, policyType: string, sid: string | null, effect: string, matched: boolean, failed: Array<string>, conditions: Array<{ operator: string, key: string, resolvedValues: Array<string | null>, requestValues: Array<string> | null, result: boolean }> }> | null } | null };

export const DecisionDocument: Document<DecisionQuery, DecisionQueryVariables> = "query Decision($id:ID!){decision(id:$id){id action allowed effect reason principal resource mfaRequired message context{key values}statements{layer policy policyArn policyType sid effect matched failed conditions{operator key resolvedValues requestValues result}}missingContextValues}}"
