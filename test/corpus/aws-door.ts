import { Kind, parse } from 'graphql'
import type { AwsOperation, Service } from '../../src/aws-query/operation.ts'
import { SERVICES } from '../support/aws-services.ts'

export type Parameters = { readonly [name: string]: Parameter }
type Parameter = string | readonly Parameter[] | Parameters

export interface AwsAnswer {
  readonly codes: readonly string[]
  /** The text of the first element of this name; throws when there is none. */
  readonly text: (element: string) => string
}

interface Heard {
  readonly status: number
  readonly body: string
}

/** Every action that is offered, as `iam:CreateUser`. */
export const ACTIONS: readonly string[] = SERVICES.flatMap(({ name, operations }) =>
  operations.map((operation) => `${name}:${operation.name}`),
)

const byName: ReadonlyMap<string, { readonly service: Service; readonly operation: AwsOperation }> = new Map(
  SERVICES.flatMap((service) =>
    service.operations.map((operation) => [`${service.name}:${operation.name}`, { service, operation }] as const),
  ),
)

/** `CreateUser` alone means IAM. */
export function operationNamed(action: string): { readonly service: Service; readonly operation: AwsOperation } {
  const found = byName.get(fullName(action))
  if (found === undefined) throw new Error(`Neither IAM nor STS has ${action} here.`)
  return found
}

function fullName(action: string): string {
  return action.includes(':') ? action : `iam:${action}`
}

/** The field of the schema that carries it out. */
export function rootFieldOf({ document }: AwsOperation): string {
  const [definition] = parse(document).definitions
  const [field] = definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : []
  if (field?.kind !== Kind.FIELD) throw new Error(`No field: ${document}`)
  return field.name.value
}

export function awsRequest(action: string, parameters: Parameters) {
  const { service, operation } = operationNamed(action)
  const given = flat(parameters, '')
  const form = new URLSearchParams({ Action: operation.name, Version: service.version, ...Object.fromEntries(given) })
  return {
    subject: { door: 'aws' as const, name: fullName(action) },
    request: [`for ${fullName(action)}`, ...given.map(([name, value]) => `${name}=${value}`)].join('\n'),
    service: service.name,
    init: {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: form.toString(),
    },
    answerOf,
  }
}

/** Members of lists are numbered from 1, those of structures named. */
function flat(value: Parameter, name: string): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[name, value]]
  if (isList(value)) return value.flatMap((item, at) => flat(item, `${name}.member.${at + 1}`))
  return Object.entries(value).flatMap(([member, inner]) => flat(inner, name === '' ? member : `${name}.${member}`))
}

function isList(value: Parameter): value is readonly Parameter[] {
  return Array.isArray(value)
}

function answerOf({ status, body }: Heard): AwsAnswer {
  const find = (element: string) => new RegExp(`<${element}>([^<]*)</${element}>`).exec(body)?.[1]
  return {
    codes: status < 300 ? [] : [find('Code') ?? 'none'],
    text(element) {
      const found = find(element)
      if (found === undefined) throw new Error(`There is no ${element}: ${body}`)
      return found.replaceAll('&#xD;', '').replaceAll('&amp;', '&')
    },
  }
}

/** Parameters that break a rule of the action; null for one without rules. */
export function badParameters(action: string): Parameters | null {
  const { parameters = {}, paged } = operationNamed(action).operation
  if (Object.values(parameters).some(({ required }) => required)) return {}
  if (paged) return { MaxItems: '0' }
  const [first] = Object.entries(parameters)
  if (first === undefined) return null
  const [parameter, { kind }] = first
  return { [parameter]: kind === 'text' ? '/ /' : 'many' }
}
