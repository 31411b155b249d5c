import type { RequestContext } from './context.ts'

/** What a document is for: it decides which elements are legal, which version is required and which refusal texts apply. */
export type PolicyKind = 'managed' | 'inline' | 'session' | 'resource' | 'trust'

/** A place in the policy text. `offset` counts UTF-16 units from 0; `line` and `column` count from 1. */
export interface Position {
  readonly offset: number
  readonly line: number
  readonly column: number
}

export type PolicyVersion = '2012-10-17' | '2008-10-17'

/** Action/NotAction or Resource/NotResource: `negated` is the Not… form. */
export interface PatternList {
  readonly negated: boolean
  readonly values: readonly string[]
}

export type PrincipalType = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser'

/** One principal of a Principal element, with the place of its string in the text (quotes included). */
export interface PrincipalEntry {
  readonly type: PrincipalType
  readonly value: string
  readonly path: string
  readonly start: Position
  readonly end: Position
}

/** Principal or NotPrincipal (`negated`). A bare `"*"` is kept as `{ type: 'AWS', value: '*' }`. */
export interface PrincipalElement {
  readonly negated: boolean
  readonly entries: readonly PrincipalEntry[]
}

export type SetOperator = 'ForAllValues' | 'ForAnyValue'

/** One key under one operator; all clauses of a statement must hold. */
export interface ConditionClause {
  /** The operator in its canonical spelling, without set prefix and IfExists. */
  readonly operator: string
  readonly set?: SetOperator
  readonly ifExists: boolean
  /** The context key as written. */
  readonly key: string
  readonly values: readonly string[]
}

export interface Statement {
  readonly index: number
  readonly sid?: string
  readonly effect: 'Allow' | 'Deny'
  readonly principal?: PrincipalElement
  readonly action: PatternList
  /** Absent in trust policies only: the policy's own role is the resource. */
  readonly resource?: PatternList
  readonly conditions: readonly ConditionClause[]
  /** The opening brace. */
  readonly start: Position
  /** The closing brace itself, not the place after it. */
  readonly end: Position
}

/** A parsed policy, deeply frozen. */
export interface PolicyDocument {
  readonly kind: PolicyKind
  /** The version in force: an absent Version means 2008-10-17. */
  readonly version: PolicyVersion
  /** The Version element as written, if there is one. */
  readonly declaredVersion?: PolicyVersion
  readonly id?: string
  readonly statements: readonly Statement[]
}

export type PolicySourceType =
  | 'user-inline'
  | 'group-inline'
  | 'role-inline'
  | 'managed'
  | 'boundary'
  | 'session'
  | 'resource'
  | 'trust'
  | 'custom'
  | 'organization'

/** Where a policy comes from; it is handed back with every statement that a decision or a trace names. */
export interface PolicySource {
  readonly id: string
  readonly type: PolicySourceType
  readonly name?: string
  readonly arn?: string
  /** ARN of the user, group or role that an inline policy is part of. */
  readonly entityArn?: string
}

/** A statement as evidence: which policy, which statement, where in its text. */
export interface StatementRef {
  readonly source: PolicySource
  readonly index: number
  readonly sid?: string
  readonly effect: 'Allow' | 'Deny'
  readonly start: Position
  readonly end: Position
}

/**
 * `federated` is a GetFederationToken session; `web-identity` is an identity of an OIDC or SAML provider that has not
 * become a role session yet (AssumeRoleWithWebIdentity, AssumeRoleWithSAML).
 */
export type PrincipalKind = 'root' | 'user' | 'role-session' | 'federated' | 'web-identity' | 'service' | 'anonymous'

/** Who asks. Only resource and trust policies look at it; identity policies are chosen by whoever builds the layers. */
export interface PrincipalRef {
  readonly kind: PrincipalKind
  /** Account of the caller; empty for anonymous, services and web identities. */
  readonly accountId: string
  /** User ARN, role ARN (with path) of a role session, `…:root`, federated-user ARN. */
  readonly arn?: string
  /** Role sessions: `arn:aws:sts::A:assumed-role/Role/Session`. */
  readonly sessionArn?: string
  /** `AIDA…` of the user or `AROA…` of the role (without the session name). */
  readonly uniqueId?: string
  /** Web identity: the provider's ARN, or its host for the built-in providers. */
  readonly provider?: string
  /** Service principal name, e.g. `ec2.amazonaws.com`. */
  readonly service?: string
}

export interface AccessRequest {
  readonly action: string
  readonly resource: string
  readonly context: RequestContext
  readonly principal: PrincipalRef
  /** Account that owns the resource; absent means the caller's own. */
  readonly resourceAccountId?: string
}

export type DecisionEffect = 'ALLOW' | 'IMPLICIT_DENY' | 'EXPLICIT_DENY'

export type DecisionReason =
  | 'IDENTITY_POLICY'
  | 'NO_IDENTITY_POLICY'
  | 'PERMISSIONS_BOUNDARY'
  | 'SESSION_POLICY'
  | 'RESOURCE_POLICY'
  | 'ORGANIZATION_POLICY'
  | 'ROOT'
  | 'EVALUATION_ERROR'

export type LayerName = 'identity' | 'boundary' | 'session' | 'resource' | 'trust' | 'organization'

/** Frozen and shared between calls unless a trace was asked for. */
export interface Decision {
  readonly effect: DecisionEffect
  readonly reason: DecisionReason
  /** The layer that decided; absent for ROOT and EVALUATION_ERROR. */
  readonly layer?: LayerName
  /** The statement that allowed, or that denied explicitly. */
  readonly statement?: StatementRef
  readonly trace?: Trace
}

/** Everything that was looked at, in the order of the layers, policies and statements. */
export interface Trace {
  readonly layers: readonly LayerTrace[]
  /** Condition keys and variables (as first written) that relevant statements use and the request does not carry. */
  readonly missingContextKeys: readonly string[]
}

export interface LayerTrace {
  readonly layer: LayerName
  readonly effect: DecisionEffect
  /** Statements whose action matches the request; those about other actions are left out. */
  readonly statements: readonly StatementTrace[]
}

export interface StatementTrace {
  readonly statement: StatementRef
  readonly matched: boolean
  /** What kept the statement from applying, in the order of evaluation; empty when it matched. */
  readonly failed: readonly ('principal' | 'resource' | 'condition')[]
  readonly action: PatternTrace
  readonly resource?: PatternTrace
  readonly principal?: PrincipalTrace
  readonly conditions: readonly ConditionTrace[]
}

/** `patterns` carry the variables' values: `resolved` is absent when a variable has none. */
export interface PatternTrace {
  readonly matched: boolean
  readonly negated: boolean
  readonly patterns: readonly { readonly pattern: string; readonly resolved?: string; readonly matched: boolean }[]
}

/** How far a resource or trust policy's Principal reaches: see PrincipalGrant in match/principal.ts. */
export interface PrincipalTrace {
  readonly matched: boolean
  readonly negated: boolean
  readonly grant: 'none' | 'account' | 'limited' | 'direct'
  readonly entries: readonly { readonly type: PrincipalType; readonly value: string }[]
}

export interface ConditionTrace {
  /** As in the document: `ForAllValues:StringLikeIfExists`. */
  readonly operator: string
  readonly key: string
  readonly policyValues: readonly { readonly value: string; readonly resolved?: string }[]
  /** Absent when the request does not carry the key. */
  readonly requestValues?: readonly string[]
  readonly result: boolean
  /** Why the condition does not hold; absent when it does. */
  readonly failure?: 'KEY_MISSING' | 'VARIABLE_MISSING' | 'NO_VALUE_MATCHED' | 'EXCLUDED_VALUE_MATCHED'
}
