import { entityOf } from '../../entities/entity.ts'
import { NEW_POLICY } from '../../policy-document/new-policy.ts'
import { type ContextRow, entriesOf, type MfaAnswer } from './context-rows.ts'
import type { SimulateCustomPolicyInput, SimulatePrincipalPolicyInput } from './documents.generated.ts'

/** Whose policies are tried: those of somebody, or such as nobody has. */
export const SOURCES = ['USER', 'GROUP', 'ROLE', 'CUSTOM'] as const
export type Source = (typeof SOURCES)[number]

/** The question as it is being put together. */
export interface Draft {
  readonly source: Source
  /** Name of the user, group or role. */
  readonly name: string
  /** Undefined while nobody but the API knows its path. */
  readonly arn: string | undefined
  /** The managed policy that the only document of `custom` was taken from and that it still is. */
  readonly policyArn: string | null
  readonly custom: readonly string[]
  /** Beside those that somebody has. */
  readonly more: readonly string[]
  readonly boundary: string | null
  readonly callerArn: string
  readonly actions: readonly string[]
  /** ARNs, one in each line. */
  readonly resources: string
  readonly mfa: MfaAnswer
  /** Seconds. */
  readonly mfaAge: string
  readonly context: readonly ContextRow[]
}

/** A question as the API takes it. */
export type Question =
  | { readonly kind: 'principal'; readonly input: SimulatePrincipalPolicyInput }
  | { readonly kind: 'custom'; readonly input: SimulateCustomPolicyInput }

const EMPTY: Draft = {
  source: 'USER',
  name: '',
  arn: undefined,
  policyArn: null,
  custom: [NEW_POLICY],
  more: [],
  boundary: null,
  callerArn: '',
  actions: [],
  resources: '*',
  mfa: 'UNSAID',
  mfaAge: '0',
  context: [],
}

const FOLDERS = { USER: 'user', GROUP: 'group', ROLE: 'role' } as const
const CUSTOM = 'custom'

/** What the address of the page says of the question: everything but policies that were typed, and the context. */
export function readAddress(address: URLSearchParams): Draft {
  const resources = address.getAll('resource')
  const shared = {
    ...EMPTY,
    actions: [...new Set(address.getAll('action'))],
    ...(resources.length > 0 && { resources: resources.join('\n') }),
  }
  const policyArn = address.get('policy')
  if (policyArn !== null) return { ...shared, source: 'CUSTOM', policyArn }
  const arn = address.get('principal') ?? ''
  if (arn === CUSTOM) return { ...shared, source: 'CUSTOM' }
  const entity = entityOf(arn)
  return entity === null ? shared : { ...shared, source: entity.type, name: entity.name, arn }
}

/** The address that leads to the same question. */
export function addressOf(draft: Draft, accountId: string): URLSearchParams {
  const { source, policyArn, actions } = draft
  const parameters = new URLSearchParams()
  if (source === 'CUSTOM') parameters.set(policyArn === null ? 'principal' : 'policy', policyArn ?? CUSTOM)
  else parameters.set('principal', principalArn(draft, accountId))
  for (const action of actions) parameters.append('action', action)
  for (const resource of resourcesOf(draft)) parameters.append('resource', resource)
  return parameters
}

/** A name that was typed stands for somebody at the root of the tree, and an ARN for itself. */
export function principalArn({ source, name, arn }: Draft, accountId: string): string {
  if (source === 'CUSTOM' || name === '') return ''
  if (name.startsWith('arn:')) return name
  return arn ?? `arn:aws:iam::${accountId}:${FOLDERS[source]}/${name}`
}

/** What a request of the principal would carry by itself, by the condition key in lower case. */
export function ownContext(draft: Draft, accountId: string): ReadonlyMap<string, string> {
  const arn = principalArn(draft, accountId)
  const entity = entityOf(arn)
  return new Map(
    entity?.type === 'USER'
      ? [
          ['aws:username', entity.name],
          ['aws:principalarn', arn],
        ]
      : [],
  )
}

export function resourcesOf({ resources }: Draft): string[] {
  const lines = resources.split('\n').map((line) => line.trim())
  const given = [...new Set(lines.filter((line) => line !== ''))]
  return given.length === 0 ? ['*'] : given
}

/** Null while something is missing without which nothing can be asked. */
export function questionOf(draft: Draft, accountId: string): Question | null {
  const { source, custom, more, boundary, callerArn, actions } = draft
  if (actions.length === 0) return null
  const shared = {
    actionNames: [...actions],
    resourceArns: resourcesOf(draft),
    contextEntries: entriesOf(draft),
    ...(boundary !== null && { permissionsBoundaryPolicyInputList: [boundary] }),
  }
  if (source === 'CUSTOM') {
    const caller = callerArn.trim()
    return { kind: 'custom', input: { ...shared, policyInputList: [...custom], ...(caller && { callerArn: caller }) } }
  }
  const policySourceArn = principalArn(draft, accountId)
  if (policySourceArn === '') return null
  return {
    kind: 'principal',
    input: { ...shared, policySourceArn, ...(more.length > 0 && { policyInputList: [...more] }) },
  }
}

/** The same question about one action on one resource. */
export function narrowed(question: Question, actionName: string, resourceArn: string): Question {
  const pair = { actionNames: [actionName], resourceArns: [resourceArn] }
  return question.kind === 'principal'
    ? { kind: 'principal', input: { ...question.input, ...pair } }
    : { kind: 'custom', input: { ...question.input, ...pair } }
}
