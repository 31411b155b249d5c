// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type ContextEntryInput = {
  /** For example `aws:MultiFactorAuthPresent`. */
  contextKeyName: string;
  /** Whether the key has one value or a list; told from the number of values when left out. */
  contextKeyType?: ContextKeyType | null | undefined;
  contextKeyValues: Array<string>;
};

export type ContextKeyType =
  | 'BINARY'
  | 'BINARY_LIST'
  | 'BOOLEAN'
  | 'BOOLEAN_LIST'
  | 'DATE'
  | 'DATE_LIST'
  | 'IP'
  | 'IP_LIST'
  | 'NUMERIC'
  | 'NUMERIC_LIST'
  | 'STRING'
  | 'STRING_LIST';

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

export type InlinePolicyIdentifierInput = {
  /** At most one `*`; `?` is any one character. */
  attachmentName: string;
  attachmentType: PolicyAttachmentType;
  policyName: string;
};

/** One level of an organization: its root, a unit, or the account. */
export type OrderedOrganizationPolicyInput = {
  /** At least one. */
  serviceControlPolicyInputList: Array<string>;
};

export type PolicyAttachmentType =
  | 'GROUP'
  | 'ROLE'
  | 'USER';

/** Policies of a type, of an ARN, or inline: exactly one of the three. */
export type PolicyIdentifierInput = {
  inlinePolicyIdentifier?: InlinePolicyIdentifierInput | null | undefined;
  /** At most one `*` in the name; `?` is any one character. */
  policyArn?: string | null | undefined;
  policyType?: PolicyIdentifierType | null | undefined;
};

export type PolicyIdentifierType =
  | 'AWS_MANAGED'
  | 'INLINE'
  | 'PERMISSION_BOUNDARY'
  | 'RCP'
  | 'SCP'
  | 'USER_MANAGED';

export type SimulateCustomPolicyInput = {
  /** Without wildcards. */
  actionNames: Array<string>;
  /** The user that the resource policy sees; needed beside one. */
  callerArn?: string | null | undefined;
  contextEntries?: Array<ContextEntryInput> | null | undefined;
  /** Service control policies from the root of an organization to the account: each level has to allow what is asked. */
  orderedOrganizationPolicyInputList?: Array<OrderedOrganizationPolicyInput> | null | undefined;
  /** At most one. */
  permissionsBoundaryPolicyInputList?: Array<string> | null | undefined;
  policyInputList: Array<string>;
  /** `*` when left out. */
  resourceArns?: Array<string> | null | undefined;
  /** Concerns EC2 only: it changes nothing here. */
  resourceHandlingOption?: string | null | undefined;
  /** Account of resources whose ARN names none. */
  resourceOwner?: string | null | undefined;
  resourcePolicy?: string | null | undefined;
};

export type SimulatePrincipalPolicyInput = {
  /** Without wildcards. */
  actionNames: Array<string>;
  /** The user that the resource policy sees; by default the source. */
  callerArn?: string | null | undefined;
  contextEntries?: Array<ContextEntryInput> | null | undefined;
  /** At most one; it takes the place of the one that is attached. */
  permissionsBoundaryPolicyInputList?: Array<string> | null | undefined;
  /** Policies of the principal that are left out, as if they were not attached. */
  policyExclusionList?: Array<PolicyIdentifierInput> | null | undefined;
  /** Policies beside those of the principal. */
  policyInputList?: Array<string> | null | undefined;
  /** A user, a group or a role. */
  policySourceArn: string;
  /** `*` when left out. */
  resourceArns?: Array<string> | null | undefined;
  /** Concerns EC2 only: it changes nothing here. */
  resourceHandlingOption?: string | null | undefined;
  /** Account of resources whose ARN names none. */
  resourceOwner?: string | null | undefined;
  resourcePolicy?: string | null | undefined;
};

export type SimulatePrincipalQueryVariables = Exact<{
  input: SimulatePrincipalPolicyInput;
}>;

export type SimulatePrincipalQuery = { simulatePrincipalPolicy: Array<{ evalActionName: string, evalResourceName: string, evalDecision: DecisionEffect, reason: DenialReason | null, mfaRequired: boolean, missingContextValues: Array<string> }> | null };

export type SimulateCustomQueryVariables = Exact<{
  input: SimulateCustomPolicyInput;
}>;

export type SimulateCustomQuery = { simulateCustomPolicy: Array<{ evalActionName: string, evalResourceName: string, evalDecision: DecisionEffect, reason: DenialReason | null, mfaRequired: boolean, missingContextValues: Array<string> }> | null };

export type ExplainPrincipalQueryVariables = Exact<{
  input: SimulatePrincipalPolicyInput;
}>;

export type ExplainPrincipalQuery = { simulatePrincipalPolicy: Array<{ evalActionName: string, evalResourceName: string, evalDecision: DecisionEffect, reason: DenialReason | null, mfaRequired: boolean, missingContextValues: Array<string>, matchedStatements: Array<{ sourcePolicyId: string, sourcePolicyName: string, sourcePolicyArn: string | null, sourceEntityArn: string | null, sourcePolicyType: string, sid: string | null, startPosition: { line: number, column: number }, endPosition: { line: number, column: number } }>, statements: Array<{ layer: string, policy: string, policyType: string, sid: string | null, effect: string, matched: boolean, failed: Array<string>, conditions: Array<{ operator: string, key: string, resolvedValues: Array<string | null>, requestValues: Array<string> | null, result: boolean }> }> }> | null };

export type ExplainCustomQueryVariables = Exact<{
  input: SimulateCustomPolicyInput;
}>;

export type ExplainCustomQuery = { simulateCustomPolicy: Array<{ evalActionName: string, evalResourceName: string, evalDecision: DecisionEffect, reason: DenialReason | null, mfaRequired: boolean, missingContextValues: Array<string>, matchedStatements: Array<{ sourcePolicyId: string, sourcePolicyName: string, sourcePolicyArn: string | null, sourceEntityArn: string | null, sourcePolicyType: string, sid: string | null, startPosition: { line: number, column: number }, endPosition: { line: number, column: number } }>, statements: Array<{ layer: string, policy: string, policyType: string, sid: string | null, effect: string, matched: boolean, failed: Array<string>, conditions: Array<{ operator: string, key: string, resolvedValues: Array<string | null>, requestValues: Array<string> | null, result: boolean }> }> }> | null };

export type VerdictFragment = { evalActionName: string, evalResourceName: string, evalDecision: DecisionEffect, reason: DenialReason | null, mfaRequired: boolean, missingContextValues: Array<string> };

export type ExplanationFragment = { evalActionName: string, evalResourceName: string, evalDecision: DecisionEffect, reason: DenialReason | null, mfaRequired: boolean, missingContextValues: Array<string>, matchedStatements: Array<{ sourcePolicyId: string, sourcePolicyName: string, sourcePolicyArn: string | null, sourceEntityArn: string | null, sourcePolicyType: string, sid: string | null, startPosition: { line: number, column: number }, endPosition: { line: number, column: number } }>, statements: Array<{ layer: string, policy: string, policyType: string, sid: string | null, effect: string, matched: boolean, failed: Array<string>, conditions: Array<{ operator: string, key: string, resolvedValues: Array<string | null>, requestValues: Array<string> | null, result: boolean }> }> };

export type KnownActionsQueryVariables = Exact<{ [key: string]: never; }>;

export type KnownActionsQuery = { knownActions: Array<{ name: string, accessLevel: string | null, resourceArns: Array<string> | null }> | null };

export type PolicyToTryQueryVariables = Exact<{
  arn: string;
}>;

export type PolicyToTryQuery = { policy: { policyName: string, defaultVersion: { policyText: string | null } | null } | null };

export type SourceTextQueryVariables = Exact<{
  policyArn: string;
  entityName: string;
  policyName: string;
  managed: boolean;
  user: boolean;
  group: boolean;
  role: boolean;
}>;

export type SourceTextQuery = { policy?: { defaultVersion: { policyText: string | null } | null } | null, userPolicy?: { policyText: string | null } | null, groupPolicy?: { policyText: string | null } | null, rolePolicy?: { policyText: string | null } | null };

export const SimulatePrincipalDocument: Document<SimulatePrincipalQuery, SimulatePrincipalQueryVariables> = "query SimulatePrincipal($input:SimulatePrincipalPolicyInput!){simulatePrincipalPolicy(input:$input){...Verdict}}fragment Verdict on SimulationResult{evalActionName evalResourceName evalDecision reason mfaRequired missingContextValues}"

export const SimulateCustomDocument: Document<SimulateCustomQuery, SimulateCustomQueryVariables> = "query SimulateCustom($input:SimulateCustomPolicyInput!){simulateCustomPolicy(input:$input){...Verdict}}fragment Verdict on SimulationResult{evalActionName evalResourceName evalDecision reason mfaRequired missingContextValues}"

export const ExplainPrincipalDocument: Document<ExplainPrincipalQuery, ExplainPrincipalQueryVariables> = "query ExplainPrincipal($input:SimulatePrincipalPolicyInput!){simulatePrincipalPolicy(input:$input){...Explanation}}fragment Explanation on SimulationResult{...Verdict matchedStatements{sourcePolicyId sourcePolicyName sourcePolicyArn sourceEntityArn sourcePolicyType sid startPosition{line column}endPosition{line column}}statements{layer policy policyType sid effect matched failed conditions{operator key resolvedValues requestValues result}}}fragment Verdict on SimulationResult{evalActionName evalResourceName evalDecision reason mfaRequired missingContextValues}"

export const ExplainCustomDocument: Document<ExplainCustomQuery, ExplainCustomQueryVariables> = "query ExplainCustom($input:SimulateCustomPolicyInput!){simulateCustomPolicy(input:$input){...Explanation}}fragment Explanation on SimulationResult{...Verdict matchedStatements{sourcePolicyId sourcePolicyName sourcePolicyArn sourceEntityArn sourcePolicyType sid startPosition{line column}endPosition{line column}}statements{layer policy policyType sid effect matched failed conditions{operator key resolvedValues requestValues result}}}fragment Verdict on SimulationResult{evalActionName evalResourceName evalDecision reason mfaRequired missingContextValues}"

export const KnownActionsDocument: Document<KnownActionsQuery, KnownActionsQueryVariables> = "query KnownActions{knownActions{name accessLevel resourceArns}}"

export const PolicyToTryDocument: Document<PolicyToTryQuery, PolicyToTryQueryVariables> = "query PolicyToTry($arn:ARN!){policy(arn:$arn){policyName defaultVersion{policyText}}}"

export const SourceTextDocument: Document<SourceTextQuery, SourceTextQueryVariables> = "query SourceText($policyArn:ARN!$entityName:String!$policyName:String!$managed:Boolean!$user:Boolean!$group:Boolean!$role:Boolean!){policy(arn:$policyArn)@include(if:$managed){defaultVersion{policyText}}userPolicy(userName:$entityName policyName:$policyName)@include(if:$user){policyText}groupPolicy(groupName:$entityName policyName:$policyName)@include(if:$group){policyText}rolePolicy(roleName:$entityName policyName:$policyName)@include(if:$role){policyText}}"
