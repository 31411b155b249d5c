import * as fc from 'fast-check'
import {
  type GraphQLField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'
import type { Names } from '../graphql/foreign/names.ts'
import { IDENTIFYING, PLAIN } from '../graphql/foreign/providers.ts'
import { everythingBelow } from '../graphql/foreign/questions.ts'
import { HOSTILE_TEXT } from './hostile-text.ts'

export interface Operation {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

interface Member {
  readonly name: string
  readonly type: GraphQLInputType
  readonly defaultValue?: unknown
}

/** How deep answers are read. */
const DEPTH = 4

/**
 * A query or mutation of one field, with any arguments that their types let through: most of them make sense, so that the others are
 * read.
 *
 * @param names of what there is
 */
export function operations(
  operation: 'Query' | 'Mutation',
  field: GraphQLField<unknown, unknown>,
  names: Names,
): fc.Arbitrary<Operation> {
  const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ')
  const selected = `${field.name}${passed && `(${passed})`} ${everythingBelow(field, names, DEPTH)}`
  const query = `${operation.toLowerCase()} ${declared && `(${declared})`} { ${selected} }`
  return membersOf(field.args).map((variables) => ({ query, variables }))

  function membersOf(members: readonly Member[]): fc.Arbitrary<Readonly<Record<string, unknown>>> {
    const needed = members.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined)
    return fc.record(Object.fromEntries(members.map(({ name, type }) => [name, memberOf(name, type)])), {
      requiredKeys: needed.map(({ name }) => name),
    })
  }

  function memberOf(name: string, type: GraphQLInputType): fc.Arbitrary<unknown> {
    const anything = valueOf(type)
    const sensible = sensibleOf(`${operation}.${field.name}.${name}`) ?? sensibleOf(name)
    if (sensible === undefined) return anything
    return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...sensible) }, { weight: 1, arbitrary: anything })
  }

  function sensibleOf(key: string): readonly unknown[] | undefined {
    if (key in PLAIN) return [PLAIN[key]]
    return IDENTIFYING[key]?.(names)
  }

  function valueOf(type: GraphQLInputType): fc.Arbitrary<unknown> {
    if (isNonNullType(type)) return valueOf(type.ofType)
    if (isListType(type)) return fc.array(valueOf(type.ofType), { maxLength: 3 })
    if (isInputObjectType(type)) return membersOf(Object.values(type.getFields()))
    if (isEnumType(type)) return fc.constantFrom(...type.getValues().map((value) => value.name))
    switch (type.name) {
      case 'Int':
        return fc.constantFrom(0, 1, -1, 2, 50, 1000, 1001, 2 ** 31 - 1, -(2 ** 31))
      case 'Boolean':
        return fc.boolean()
      case 'DateTime':
        return fc.constantFrom(...MOMENTS)
      case 'PolicyDocument':
        return fc.oneof(fc.constantFrom(...DOCUMENTS), HOSTILE_TEXT, fc.jsonValue())
      default:
        return textOf(names)
    }
  }
}

/** Global ids and cursors are base64: of `Type:id`, and of the JSON of a place in a list. */
function textOf(names: Names): fc.Arbitrary<string> {
  const some = fc.oneof(HOSTILE_TEXT, fc.constantFrom(...Object.values(names)))
  const kind = fc.constantFrom('User', 'Group', 'Role', 'AccessKey', 'MfaDevice', 'AuditEvent', 'constructor')
  const place = fc.oneof(fc.array(some, { maxLength: 3 }), fc.jsonValue())
  return fc.oneof(
    { weight: 2, arbitrary: some },
    fc.tuple(kind, some).map(([type, id]) => Buffer.from(`${type}:${id}`).toString('base64')),
    place.map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url')),
  )
}

/** The last two are the first and the last that JavaScript knows. */
const MOMENTS = [
  '2026-01-15T12:00:00Z',
  '1969-12-31T23:59:59.999Z',
  '0000-01-01T00:00:00Z',
  '2026',
  '-271821-04-20T00:00:00.000Z',
  '+275760-09-13T00:00:00.000Z',
]

const statement = (parts: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...parts }] })
const DOCUMENTS = [
  statement({ Action: 'iam:GetUser', Resource: '*' }),
  statement({ Action: 'iam:*', Resource: 'arn:aws:iam::*:user/${aws:username}' }),
  statement({ Action: '*', Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"__proto__":{"__proto__":"x"}}}}',
  statement({ Action: 'sts:AssumeRole', Principal: { AWS: '*' } }),
  statement({ Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'constructor' } }),
]
