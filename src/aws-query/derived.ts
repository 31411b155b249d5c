import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'
import { type OperationFacts, operationFactsOf } from '../graphql/operation-facts.ts'
import { isRuleName } from '../iam/constraints.ts'
import { camelCase } from './camel-case.ts'
import type { AwsOperation, AwsRow } from './operation.ts'
import { choice, flag, integer, list, type Parameter, type Parameters, required, TAGS, text } from './parameters.ts'

/**
 * The operations of one service: what the rows say, and what they do not say taken from the declarations of the schema. A mutation
 * that carries out the action whose name it has is offered without any row, as an action that only succeeds. A row
 * that has neither a document nor such a mutation in this schema is left out: tests serve small schemas, and
 * test/access/aws-names.test.ts holds that the real one lacks none.
 */
export function operationsOf(service: string, rows: readonly AwsRow[], schema: GraphQLSchema): readonly AwsOperation[] {
  const declared = declaredIn(service, schema)
  const written = rows.flatMap((row): AwsOperation[] => {
    const { name, document, selects, parameters } = row
    if (document !== undefined) return [{ ...row, document }]
    const declaration = declared.get(name)
    if (declaration === undefined) return []
    return [
      {
        ...row,
        document: documentOf(declaration.field, selects),
        parameters: { ...parametersOf(declaration), ...parameters },
      },
    ]
  })
  const names = new Set(rows.map(({ name }) => name))
  const derived = [...declared]
    .filter(([name]) => !names.has(name))
    .map(
      ([name, declaration]): AwsOperation => ({
        name,
        document: documentOf(declaration.field),
        parameters: parametersOf(declaration),
      }),
    )
  return [...written, ...derived]
}

interface DeclaredMutation {
  readonly field: GraphQLField<unknown, unknown>
  readonly facts: OperationFacts
}

/** The mutations that carry out the action whose name they have, by that name. */
function declaredIn(service: string, schema: GraphQLSchema): ReadonlyMap<string, DeclaredMutation> {
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {})
  return new Map(
    fields.flatMap((field): [string, DeclaredMutation][] => {
      const facts = operationFactsOf(field)
      const [prefix, name = ''] = facts?.action.split(':') ?? []
      return facts && prefix === service && camelCase(name) === field.name ? [[name, { field, facts }]] : []
    }),
  )
}

function documentOf({ name, args: [input] }: GraphQLField<unknown, unknown>, selects = '__typename'): string {
  if (input === undefined) return `mutation { ${name} { ${selects} } }`
  return `mutation ($input: ${String(input.type)}) { ${name}(input: $input) { ${selects} } }`
}

/** The members of the input in the order of AWS's model, under AWS's names. */
function parametersOf({ field, facts }: DeclaredMutation): Parameters {
  const [input] = field.args
  const type = input && nullable(input.type)
  if (!isInputObjectType(type)) return {}
  const fields = type.getFields()
  const members = facts.members.filter((name) => !facts.beyondAws.includes(name))
  return Object.fromEntries(
    members.flatMap((name) => {
      const member = fields[name]
      return member === undefined ? [] : [[awsName(name), parameterOf(name, member.type)]]
    }),
  )
}

function parameterOf(name: string, type: GraphQLInputType): Parameter {
  if (isNonNullType(type)) return required(parameterOf(name, type.ofType))
  // Of lists of objects there are only tags.
  if (isListType(type)) return isInputObjectType(nullable(type.ofType)) ? TAGS : list(text())
  if (isEnumType(type))
    return choice(Object.fromEntries(type.getValues().map(({ name: value }) => [titled(value), value])))
  const rule = isRuleName(name) ? name : undefined
  switch (String(type)) {
    case 'Boolean':
      return flag
    case 'Int':
      return integer(rule)
    default:
      return text(rule)
  }
}

function nullable(type: GraphQLInputType): GraphQLInputType {
  return isNonNullType(type) ? type.ofType : type
}

/** The inverse of `camelCase` for the abbreviations that AWS's names have: `virtualMfaDeviceName` is `VirtualMFADeviceName`. */
function awsName(member: string): string {
  const name = member.replace(/Mfa|OpenId|clientId|openId|^aws|^saml|^ssh/g, (word) => ABBREVIATED[word] ?? word)
  return name.charAt(0).toUpperCase() + name.slice(1)
}

const ABBREVIATED: Readonly<Record<string, string>> = {
  Mfa: 'MFA',
  OpenId: 'OpenID',
  openId: 'OpenID',
  clientId: 'ClientID',
  aws: 'AWS',
  saml: 'SAML',
  ssh: 'SSH',
}

/** `INACTIVE` is `Inactive`; a value of two words needs a row that says both spellings. */
function titled(value: string): string {
  return value.charAt(0) + value.slice(1).toLowerCase()
}
