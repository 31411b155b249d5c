import type { GraphQLField } from 'graphql'
import { buildSchema } from '../../src/graphql/schema.ts'
import { everythingBelow, rootFields } from '../graphql/foreign/questions.ts'
import { printJson } from './print.ts'

export type Input = Readonly<Record<string, unknown>>

export interface Asking {
  /** How deep everything below the field is asked for; 3 when left out. */
  readonly deep?: number
  /** What is asked for below the field instead of everything. */
  readonly select?: string
}

export interface GraphqlAnswer {
  readonly codes: readonly string[]
  /** Of the decision that denied it; '' when none did. */
  readonly decisionId: string
  /** The text at a path below the root field; throws when there is none. */
  readonly text: (path: string) => string
}

interface Heard {
  readonly body: string
}

const schema = buildSchema()
const fields = rootFields(schema)

/** Fields of Query and Mutation: those that a request asks for once. */
export const ROOT_FIELD_NAMES: readonly string[] = [...fields.keys()]
  .filter((name) => !name.startsWith('Subscription.'))
  .map((name) => name.replace(/^\w+\./, ''))

export function rootField(name: string): GraphQLField<unknown, unknown> {
  const field = fields.get(`Query.${name}`) ?? fields.get(`Mutation.${name}`)
  if (field === undefined) throw new Error(`The schema has no field ${name}.`)
  return field
}

export const isMutation = (name: string): boolean => fields.has(`Mutation.${name}`)

/** Asks for one root field and everything below it, so that a recording says with a name what is asked. */
export function graphqlRequest(name: string, input: Input, { deep = 3, select }: Asking) {
  const field = rootField(name)
  const variables = isMutation(name) && field.args.length > 0 ? { input } : input
  const args = field.args.filter((arg) => arg.name in variables)
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')
  const selection = select ?? selectionOf(name, deep)
  const operation = isMutation(name) ? 'mutation' : 'query'
  const query = `${operation} ${declared && `(${declared})`} { ${name}${passed && `(${passed})`} ${selection} }`
  const shown = [`for ${operation} ${name}`, Object.keys(input).length > 0 ? printJson(input) : '', select ?? '']
  return {
    subject: { door: 'graphql' as const, name },
    request: shown.filter((part) => part !== '').join('\n'),
    path: '/graphql',
    init: {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    },
    answerOf: (heard: Heard) => answerOf(heard, name),
  }
}

const selections = new Map<string, string>()

function selectionOf(name: string, deep: number): string {
  const key = `${name} ${deep}`
  const names = { userArn: 'arn:aws:iam::123456789012:user/x', roleArn: 'arn:aws:iam::123456789012:role/x' }
  const selection = selections.get(key) ?? everythingBelow(rootField(name), names, deep)
  selections.set(key, selection)
  return selection
}

function answerOf({ body }: Heard, name: string): GraphqlAnswer {
  const { data, errors = [] }: { data?: Record<string, unknown> | null; errors?: WireError[] } = JSON.parse(body)
  const own = errors.filter(({ path = [] }) => path.length <= 1)
  return {
    codes: own.map(({ extensions }) => extensions.code),
    decisionId: own[0]?.extensions.authz?.decisionId ?? '',
    text(path) {
      const value = `${name}.${path}`
        .split('.')
        .reduce<unknown>((found, key) => (Object(found) === found ? Reflect.get(Object(found), key) : undefined), data)
      if (typeof value !== 'string') throw new Error(`There is no text at ${path}: ${body}`)
      return value
    },
  }
}

interface WireError {
  readonly path?: readonly (string | number)[]
  readonly extensions: { readonly code: string; readonly authz?: { readonly decisionId: string } }
}
