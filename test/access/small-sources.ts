import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { NamedKind } from '../../src/access/entities.ts'
import { createGate, type GateSources, type RequestGate } from '../../src/access/gate.ts'
import { type CompiledPrincipal, createPrincipalPolicies } from '../../src/access/principal-policies.ts'
import type { PolicySource, PrincipalPolicies, Tag, Target, TargetSource } from '../../src/access/sources.ts'
import type { Asker } from '../../src/access/verdict.ts'
import { principalContext } from '../../src/access/context.ts'
import type { RequestInfo } from '../../src/access/request-info.ts'
import type { Delegation, Principal } from '../../src/authn/principal.ts'
import { CodedError } from '../../src/errors/index.ts'

export const ACCOUNT = '111122223333'
export const OTHER_ACCOUNT = '444455556666'
export const NOW = new Date('2026-01-15T12:00:00Z')

export const arnHere = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`

const REQUEST: RequestInfo = {
  id: '11111111-2222-4333-8444-555555555555',
  sourceIp: '192.0.2.7',
  userAgent: 'a test',
  referer: null,
  secureTransport: true,
}

/** The user Alice in a password session, unless told otherwise. */
export function alice(overrides: Partial<Principal> = {}): Principal {
  return {
    kind: 'user',
    accountId: ACCOUNT,
    id: 'AIDAALICE',
    name: 'Alice',
    path: '/',
    arn: arnHere('user/Alice'),
    credential: 'PASSWORD',
    accessKeyId: null,
    sessionId: 'session-1',
    issuedAt: NOW,
    expiresAt: null,
    mfaAuthenticatedAt: null,
    sourceIdentity: null,
    passwordResetPending: false,
    signedFor: null,
    epoch: 1n,
    ...overrides,
  }
}

export function root(overrides: Partial<Principal> = {}): Principal {
  return alice({ kind: 'root', id: ACCOUNT, name: null, arn: arnHere('root'), ...overrides })
}

/** A session of the role `arn:aws:iam::111122223333:role/ops/Deploy`. */
export function roleSession(overrides: Partial<Principal> = {}): Principal {
  return alice({
    kind: 'role-session',
    id: 'AROADEPLOY:run',
    name: null,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Deploy/run`,
    credential: 'SESSION',
    accessKeyId: 'ASIADEPLOY',
    delegation: delegation({ ownerId: 'AROADEPLOY', principalArn: arnHere('role/ops/Deploy') }),
    ...overrides,
  })
}

/** Somebody whom Alice gave all her permissions by GetFederationToken. */
export function federated(overrides: Partial<Principal> = {}): Principal {
  const arn = `arn:aws:sts::${ACCOUNT}:federated-user/Guest`
  const session = { policies: [allow('*')], policyArns: [], tags: [] }
  return alice({
    kind: 'federated',
    id: `${ACCOUNT}:Guest`,
    name: null,
    arn,
    credential: 'SESSION',
    accessKeyId: 'ASIAGUEST',
    delegation: delegation({ ownerId: 'AIDAALICE', principalArn: arn, session }),
    ...overrides,
  })
}

function delegation(parts: Partial<Delegation> & Pick<Delegation, 'ownerId' | 'principalArn'>): Delegation {
  return { ownerIsRoot: false, sessionName: 'run', session: { policies: [], policyArns: [], tags: [] }, ...parts }
}

interface Reach {
  readonly on?: string | readonly string[]
  readonly when?: object
}

/** A policy of one statement, as text. */
export const allow = (action: string | readonly string[], reach?: Reach) => policy('Allow', action, reach)
export const deny = (action: string | readonly string[], reach?: Reach) => policy('Deny', action, reach)

function policy(effect: 'Allow' | 'Deny', action: string | readonly string[], { on = '*', when }: Reach = {}): string {
  const statement = { Effect: effect, Action: action, Resource: on, ...(when && { Condition: when }) }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}

/** What decides for everybody that is asked about, as its owner has it stored. */
export interface Stored extends Partial<Omit<PrincipalPolicies, 'identity' | 'boundary'>> {
  readonly identity?: readonly string[]
  readonly boundary?: string
}

function storedPolicies({ identity = [], boundary, ...facts }: Stored = {}): PrincipalPolicies {
  return {
    epoch: 1n,
    mayChangePassword: false,
    hasMfaDevice: false,
    tags: [],
    ...facts,
    identity: identity.map((text) => ({ id: digest(text), type: 'user-inline', name: 'p', text })),
    boundary:
      boundary === undefined
        ? null
        : { id: 'b', type: 'boundary', name: 'Limit', arn: arnHere('policy/Limit'), text: boundary },
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export interface SmallPolicySource extends PolicySource {
  /** Whose policies were read, in order. */
  readonly read: string[]
}

/** The same policies for whoever asks; what is stored can be exchanged between two questions. Null: the owner is gone. */
function policySource(stored: () => PrincipalPolicies | null): SmallPolicySource {
  const read: string[] = []
  const answer = async (owner: string) => {
    read.push(owner)
    await setImmediate()
    return stored()
  }
  return {
    read,
    loadPrincipal: (_accountId, userId) => answer(userId),
    loadRole: (_accountId, roleId) => answer(roleId),
    loadManaged: async () => [],
  }
}

/** Something with a name, in the account `ACCOUNT` unless it says another. */
export interface Entity {
  readonly kind: NamedKind
  readonly id: string
  readonly name: string
  readonly arn: string
  readonly tags?: readonly Tag[]
  readonly boundaryArn?: string
  readonly accountId?: string
  readonly accessKeyIds?: readonly string[]
}

export interface SmallTargetSource extends TargetSource {
  /** What was read, in order: `user Bob`, `id AIDABOB`, `key AKIABOB`, `tags of mfa a,b`. */
  readonly read: string[]
}

/** Finds entities as the database does: names without regard to case, everything within one account. */
export function targetSource(
  entities: readonly Entity[],
  tags: Readonly<Record<string, readonly Tag[]>> = {},
): SmallTargetSource {
  const read: string[] = []
  const find = async (what: string, accountId: string, fits: (entity: Entity) => boolean): Promise<Target | null> => {
    read.push(what)
    await setImmediate()
    const found = entities.find((entity) => (entity.accountId ?? ACCOUNT) === accountId && fits(entity))
    return found ? { arn: found.arn, tags: found.tags ?? [], boundaryArn: found.boundaryArn ?? null } : null
  }
  return {
    read,
    find: (kind, accountId, name) =>
      find(
        `${kind} ${name}`,
        accountId,
        (entity) => entity.kind === kind && entity.name.toLowerCase() === name.toLowerCase(),
      ),
    findUserById: (accountId, userId) => find(`id ${userId}`, accountId, ({ id }) => id === userId),
    findAccessKeyOwner: (accountId, accessKeyId) =>
      find(`key ${accessKeyId}`, accountId, ({ accessKeyIds = [] }) => accessKeyIds.includes(accessKeyId)),
    loadTags: async (kind, _accountId, keys) => {
      read.push(`tags of ${kind} ${keys.join(',')}`)
      await setImmediate()
      return new Map(keys.flatMap((key) => (tags[key] ? [[key, tags[key]]] : [])))
    },
  }
}

/** Numbers decisions, so that one that is answered twice can be told from two. */
export function decisionIds(): () => string {
  let made = 0
  return () => `decision-${++made}`
}

export interface SmallGate {
  readonly gate: RequestGate
  readonly policies: SmallPolicySource
  readonly targets: SmallTargetSource
  /** Effects of the decisions that an operation hung on. */
  readonly decided: string[]
  /** The gate of another request of the same process. */
  readonly open: (principal?: Principal | null) => RequestGate
}

/** The gate of one request over small sources. */
export function openGate({
  principal = alice(),
  stored = {},
  entities = [],
  tags = {},
  ...sources
}: {
  readonly principal?: Principal | null | (() => Principal | null)
  readonly stored?: Stored | null
  readonly entities?: readonly Entity[]
  readonly tags?: Readonly<Record<string, readonly Tag[]>>
} & Partial<GateSources> = {}): SmallGate {
  const decided: string[] = []
  const policies = policySource(() => stored && storedPolicies(stored))
  const targets = targetSource(entities, tags)
  const gate = createGate({
    policies,
    targets,
    clock: () => NOW,
    newDecisionId: decisionIds(),
    onDecision: (effect) => void decided.push(effect),
    ...sources,
  })
  const open = (who: Principal | null | (() => Principal | null) = principal) =>
    gate.open({ principal: typeof who === 'function' ? who : () => who, request: REQUEST })
  return { gate: open(), policies, targets, decided, open }
}

/** The compiled policies of a principal. */
export async function compiledOf(principal: Principal, stored: Stored = {}): Promise<CompiledPrincipal> {
  const policies = createPrincipalPolicies(
    policySource(() => storedPolicies(stored)),
    () => 0,
  )
  const compiled = await policies.load(principal, (ask) => ask())
  if (compiled === null) throw new Error('nobody')
  return compiled
}

/** Somebody who asks `judge`. */
export async function askerOf(principal: Principal, stored: Stored = {}): Promise<Asker> {
  const compiled = await compiledOf(principal, stored)
  return { principal, compiled, now: NOW, context: principalContext(principal, compiled.tags, REQUEST, NOW) }
}

/** What was refused: the coded error, whether it is thrown at once or later. */
export async function refusedWith(work: () => unknown): Promise<CodedError> {
  try {
    await work()
  } catch (error) {
    if (error instanceof CodedError) return error
    throw error
  }
  throw new Error('It was not refused.')
}
