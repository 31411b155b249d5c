import { type RuleName, throwViolations, violationsOf } from '../iam/constraints.ts'
import { camelCase } from './camel-case.ts'
import type { FormNode } from './form.ts'

/** How a parameter reads. Constraints of the whole value are IAM's (`rule`); the operation itself checks what is inside lists. */
export type Parameter = {
  readonly required?: true
  /** Its name among the variables; the name with a small first letter when absent. */
  readonly variable?: string
} & (
  | { readonly kind: 'text'; readonly rule?: RuleName }
  | { readonly kind: 'integer'; readonly rule?: RuleName }
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: 'list'; readonly of: Parameter }
  | { readonly kind: 'structure'; readonly members: Parameters }
  /** A structure of one member, which stands for it among the variables. */
  | { readonly kind: 'only'; readonly member: string }
  /** AWS has it, this server does not do what it asks for: left unread it would be promised in silence. */
  | { readonly kind: 'refused' }
)

export type Parameters = Readonly<Record<string, Parameter>>

export type Value = string | number | boolean | readonly Value[] | { readonly [name: string]: Value }

export const text = (rule?: RuleName): Parameter => ({ kind: 'text', ...(rule && { rule }) })
export const integer = (rule?: RuleName): Parameter => ({ kind: 'integer', ...(rule && { rule }) })
export const flag: Parameter = { kind: 'flag' }
/** An enumeration: values of AWS and what the schema calls them. */
export const choice = (values: Readonly<Record<string, string>>): Parameter => ({ kind: 'choice', values })
export const list = (of: Parameter): Parameter => ({ kind: 'list', of })
export const structure = (members: Parameters): Parameter => ({ kind: 'structure', members })
export const only = (member: string): Parameter => ({ kind: 'only', member })
export const refused: Parameter = { kind: 'refused' }
export const required = (parameter: Parameter): Parameter => ({ ...parameter, required: true })

export const TAGS = list(structure({ Key: required(text()), Value: required(text()) }))

const INTEGER = /^-?\d{1,9}$/
const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
])

/**
 * Reads the parameters of an action; what the action does not have is ignored. Throws one ValidationError for all that AWS finds
 * before it looks at permissions: what is missing, unreadable, too long, or out of range.
 */
export function readParameters(form: FormNode, parameters: Parameters): Readonly<Record<string, Value>> {
  const broken: string[] = []
  const values = readMembers(form, parameters, '', broken)
  const ruled = Object.entries(parameters).flatMap(([name, parameter]) => {
    const value = values[name]
    const rule = 'rule' in parameter ? parameter.rule : undefined
    return rule !== undefined && (typeof value === 'string' || typeof value === 'number') ? [[rule, value]] : []
  })
  const violations = violationsOf(Object.fromEntries(ruled))
  throwViolations({ broken: [...broken, ...violations.broken], sentence: violations.sentence })
  return values
}

/** The same values under the names that the schema has for them. */
export function variablesOf(values: Readonly<Record<string, Value>>, parameters: Parameters): Record<string, Value> {
  const entries = Object.entries(parameters).flatMap(([name, parameter]) => {
    const value = values[name]
    return value === undefined ? [] : [[parameter.variable ?? camelCase(name), variableOf(value, parameter)] as const]
  })
  return Object.fromEntries(entries)
}

function variableOf(value: Value, parameter: Parameter): Value {
  if (parameter.kind === 'choice' && typeof value === 'string') return parameter.values[value] ?? value
  if (parameter.kind === 'list' && isList(value)) return value.map((item) => variableOf(item, parameter.of))
  if (parameter.kind === 'structure' && isMembers(value)) return variablesOf(value, parameter.members)
  return value
}

function readMembers(node: FormNode, members: Parameters, path: string, broken: string[]): Record<string, Value> {
  const values: Record<string, Value> = {}
  for (const [name, parameter] of Object.entries(members)) {
    const place = `${path}${camelCase(name)}`
    const child = node.children.get(name)
    const faults = broken.length
    const value = child && read(child, parameter, place, broken)
    if (value !== undefined) values[name] = value
    // Also when only `Name.member.1` is there and the parameter is no list: then it is said of nothing that it is wrong.
    else if (parameter.required && broken.length === faults) broken.push(violation(place, 'Member must not be null'))
  }
  return values
}

/** Undefined when it is not there or cannot be read; what cannot be read is noted. */
function read(node: FormNode, parameter: Parameter, place: string, broken: string[]): Value | undefined {
  if (parameter.kind === 'list') return readList(node, parameter.of, place, broken)
  if (parameter.kind === 'structure') return readMembers(node, parameter.members, `${place}.`, broken)
  if (parameter.kind === 'only') return node.children.get(parameter.member)?.value
  const { value } = node
  // An empty list is sent as an empty text.
  if (parameter.kind === 'refused') return value === '' ? undefined : refuse('Member is not supported by this server')
  if (value === undefined) return undefined
  switch (parameter.kind) {
    case 'text':
      return value
    case 'integer':
      return INTEGER.test(value) ? Number(value) : refuse('Member must be an integer')
    case 'flag':
      return FLAGS.get(value.toLowerCase()) ?? refuse('Member must be true or false')
    default:
      return Object.hasOwn(parameter.values, value) ? value : refuse('Member must satisfy enum value set')
  }
  function refuse(constraint: string): undefined {
    broken.push(violation(place, constraint))
  }
}

/** Members are numbered from 1; where numbers are left out, the next one follows. A list without any is sent as an empty text. */
function readList(node: FormNode, of: Parameter, place: string, broken: string[]): Value[] {
  const members = [...(node.children.get('member')?.children ?? [])]
  const numbered = members.map(([number, child]) => ({ number: Number(number), child }))
  if (members.some(([number]) => !/^[1-9]\d{0,8}$/.test(number)))
    broken.push(violation(place, 'Members must be numbered from 1'))
  return numbered
    .toSorted((a, b) => a.number - b.number)
    .flatMap(({ number, child }) => read(child, of, `${place}.${number}.member`, broken) ?? [])
}

function violation(place: string, constraint: string): string {
  return `Value at '${place}' failed to satisfy constraint: ${constraint}`
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

function isMembers(value: Value): value is { readonly [name: string]: Value } {
  return typeof value === 'object' && !isList(value)
}
