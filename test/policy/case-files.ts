import { readdirSync, readFileSync } from 'node:fs'
import type { PolicyKind, PrincipalRef } from '../../src/policy/index.ts'

/** The JSON files of test/policy/cases. Each says its form, and with it what its cases look like. */
export type CaseFile =
  | { readonly topic: string; readonly form: 'grammar'; readonly cases: readonly GrammarCase[] }
  | { readonly topic: string; readonly form: 'action'; readonly cases: readonly ActionCase[] }
  | { readonly topic: string; readonly form: 'resource'; readonly cases: readonly ResourceCase[] }
  | { readonly topic: string; readonly form: 'condition'; readonly cases: readonly ConditionCase[] }
  | { readonly topic: string; readonly form: 'decision'; readonly cases: readonly DecisionCase[] }

/** The policy as text or as a document to be printed on one line. */
export interface GrammarCase {
  readonly name: string
  readonly kind: PolicyKind
  readonly text?: string
  readonly document?: unknown
  /** IAM's message; absent when the text is accepted. */
  readonly refused?: string
  readonly path?: string
  /** What the text says at the place of the fault, or the place itself. */
  readonly at?: string
  readonly line?: number
  readonly column?: number
}

export interface ActionCase {
  readonly name: string
  readonly action?: string | readonly string[]
  readonly notAction?: string | readonly string[]
  readonly request: string
  readonly matches: boolean
}

export type Context = Readonly<Record<string, string | readonly string[]>>

export interface ResourceCase {
  readonly name: string
  readonly resource?: string | readonly string[]
  readonly notResource?: string | readonly string[]
  readonly request: string
  readonly context?: Context
  readonly version?: string
  readonly matches: boolean
  /** When a Deny reads the pattern otherwise than an Allow. */
  readonly denies?: boolean
}

export interface ConditionCase {
  readonly name: string
  readonly condition: unknown
  readonly context?: Context
  readonly version?: string
  readonly holds: boolean
}

export interface DecisionCase {
  readonly name: string
  readonly identity?: readonly unknown[]
  readonly boundary?: readonly unknown[]
  readonly session?: readonly unknown[]
  readonly resourcePolicy?: unknown
  readonly trust?: unknown
  readonly caller: keyof typeof CALLERS
  readonly action: string
  readonly resource: string
  readonly resourceAccount?: string
  readonly context?: Context
  readonly expect: {
    readonly effect: string
    readonly reason: string
    readonly layer?: string
    /** Sid of the deciding statement. */
    readonly sid?: string
    readonly tail?: string
  }
}

const ACCOUNT = '123456789012'

/** The callers of the decision cases, with the context keys that identify them. */
export const CALLERS = {
  alice: user(ACCOUNT, '/', 'alice', 'AIDAALICE00000000001'),
  pathedAlice: user(ACCOUNT, '/div/', 'alice', 'AIDAALICE00000000002'),
  stranger: user('999999999999', '/', 'mallory', 'AIDAMALLORY000000001'),
  root: {
    principal: { kind: 'root', accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, uniqueId: ACCOUNT },
    context: {},
  },
  deployer: {
    principal: {
      kind: 'role-session',
      accountId: ACCOUNT,
      arn: `arn:aws:iam::${ACCOUNT}:role/ci/deployer`,
      sessionArn: `arn:aws:sts::${ACCOUNT}:assumed-role/deployer/run-7`,
      uniqueId: 'AROADEPLOYER00000001',
    },
    context: {},
  },
  visitor: {
    principal: { kind: 'federated', accountId: ACCOUNT, arn: `arn:aws:sts::${ACCOUNT}:federated-user/visitor` },
    context: {},
  },
  google: { principal: { kind: 'web-identity', accountId: '', provider: 'accounts.google.com' }, context: {} },
  ec2: { principal: { kind: 'service', accountId: '', service: 'ec2.amazonaws.com' }, context: {} },
  anonymous: { principal: { kind: 'anonymous', accountId: '' }, context: {} },
} satisfies Record<string, { principal: PrincipalRef; context: Context }>

function user(accountId: string, path: string, name: string, uniqueId: string) {
  const principal = { kind: 'user', accountId, arn: `arn:aws:iam::${accountId}:user${path}${name}`, uniqueId } as const
  return { principal, context: { 'aws:username': name } }
}

export function readCaseFiles(): CaseFile[] {
  const folder = new URL('cases/', import.meta.url)
  return readdirSync(folder)
    .toSorted()
    .map((name): CaseFile => JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
}
