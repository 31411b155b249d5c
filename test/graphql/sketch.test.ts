import { readFileSync } from 'node:fs'
import path from 'node:path'
import {
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  type TypeNode,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { printSchemaFile } from '../../src/graphql/print.ts'
import { buildSchema } from '../../src/graphql/schema.ts'
import { declaredAccess } from './declared-access.ts'

const sketch = readFileSync(path.join(import.meta.dirname, 'sketch.graphql'), 'utf8')
const schema = buildSchema()
const printed = printSchemaFile(schema)

/** Where `actual` breaks a promise of `promised`: what a client that was written against it would trip over. */
function broken(promised: DocumentNode, actual: DocumentNode): string[] {
  return promised.definitions.flatMap((definition) => {
    if (!('name' in definition) || definition.name === undefined) return []
    const name = definition.name.value
    const others = actual.definitions.filter((other) => 'name' in other && other.name?.value === name)
    const promises = { name, definition }
    return others.length === 0 ? [`${name} is missing`] : others.flatMap((other) => brokenDefinition(promises, other))
  })
}

function brokenDefinition(
  { name, definition }: { readonly name: string; readonly definition: DefinitionNode },
  other: DefinitionNode,
): string[] {
  if (isObjectLike(definition) && isObjectLike(other)) {
    const interfaces = new Set(other.interfaces?.map((one) => one.name.value))
    const lost = (definition.interfaces ?? []).filter((one) => !interfaces.has(one.name.value))
    return [
      ...lost.map((one) => `${name} is no ${one.name.value}`),
      ...brokenFields(name, definition.fields ?? [], other.fields ?? []),
    ]
  }
  if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && other.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
    return brokenInputs(name, definition.fields ?? [], other.fields ?? [])
  if (definition.kind === Kind.ENUM_TYPE_DEFINITION && other.kind === Kind.ENUM_TYPE_DEFINITION) {
    const values = new Set(other.values?.map((value) => value.name.value))
    const lost = (definition.values ?? []).filter((value) => !values.has(value.name.value))
    return lost.map((value) => `${name}.${value.name.value} is missing`)
  }
  if (definition.kind === Kind.DIRECTIVE_DEFINITION && other.kind === Kind.DIRECTIVE_DEFINITION) {
    return [
      ...(definition.repeatable === other.repeatable ? [] : [`@${name} is not as often`]),
      ...brokenInputs(`@${name}`, definition.arguments ?? [], other.arguments ?? []),
    ]
  }
  return definition.kind === other.kind ? [] : [`${name} is a ${other.kind}`]
}

function isObjectLike(node: DefinitionNode): node is ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION
}

function brokenFields(
  type: string,
  promised: readonly FieldDefinitionNode[],
  actual: readonly FieldDefinitionNode[],
): string[] {
  return promised.flatMap((field) => {
    const name = `${type}.${field.name.value}`
    const found = actual.find((other) => other.name.value === field.name.value)
    if (found === undefined) return [`${name} is missing`]
    return [
      ...(isAtLeast(found.type, field.type) ? [] : [`${name} is ${print(found.type)}, not ${print(field.type)}`]),
      ...brokenInputs(name, field.arguments ?? [], found.arguments ?? []),
    ]
  })
}

function brokenInputs(
  owner: string,
  promised: readonly InputValueDefinitionNode[],
  actual: readonly InputValueDefinitionNode[],
): string[] {
  const known = new Set(promised.map(({ name }) => name.value))
  const demanded = actual.filter(
    ({ name, type, defaultValue }) => !known.has(name.value) && type.kind === Kind.NON_NULL_TYPE && !defaultValue,
  )
  return [
    ...demanded.map(({ name }) => `${owner}(${name.value}) is demanded but was not promised`),
    ...promised.flatMap((input) => {
      const name = `${owner}(${input.name.value})`
      const found = actual.find((other) => other.name.value === input.name.value)
      if (found === undefined) return [`${name} is missing`]
      // What clients send must fit: the promise is the narrower one.
      if (!isAtLeast(input.type, found.type)) return [`${name} is ${print(found.type)}, not ${print(input.type)}`]
      const [wanted, given] = [input.defaultValue, found.defaultValue].map((value) => value && print(value))
      return wanted === undefined || wanted === given ? [] : [`${name} is ${given} by default, not ${wanted}`]
    }),
  ]
}

/** Whether every value of `given` is one of `wanted`: the same but for nulls that never come. */
function isAtLeast(given: TypeNode, wanted: TypeNode): boolean {
  if (wanted.kind === Kind.NON_NULL_TYPE) return given.kind === Kind.NON_NULL_TYPE && isAtLeast(given.type, wanted.type)
  if (given.kind === Kind.NON_NULL_TYPE) return isAtLeast(given.type, wanted)
  if (wanted.kind === Kind.LIST_TYPE) return given.kind === Kind.LIST_TYPE && isAtLeast(given.type, wanted.type)
  return given.kind === Kind.NAMED_TYPE && given.name.value === wanted.name.value
}

test('the schema keeps every name, argument and nullability that clients were promised', () => {
  expect(broken(parse(sketch), parse(printed))).toEqual([])
})

describe('what counts as a broken promise', () => {
  const PROMISED = 'type A implements N { a(x: Int, y: Int!): [B!] } input I { i: Int!, j: Int = 1 } enum E { P Q }'

  test.each([
    ['nothing', PROMISED, []],
    [
      'more of everything',
      `type A implements N & M { a(x: Int, y: Int, z: Int): [B!]! b: Int } input I { i: Int, j: Int = 1, k: Int } enum E { P Q R }`,
      [],
    ],
    ['a type', 'input I { i: Int!, j: Int = 1 } enum E { P Q }', ['A is missing']],
    ['an interface', PROMISED.replace('implements N', ''), ['A is no N']],
    ['a field', PROMISED.replace('a(x: Int, y: Int!): [B!]', 'b: Int'), ['A.a is missing']],
    ['an argument', PROMISED.replace('x: Int, ', ''), ['A.a(x) is missing']],
    ['an output that may be null', PROMISED.replace('[B!]', '[B]'), ['A.a is [B], not [B!]']],
    ['another type', PROMISED.replace('[B!]', '[C!]'), ['A.a is [C!], not [B!]']],
    ['an input that must be given', PROMISED.replace('j: Int = 1', 'j: Int! = 1'), ['I(j) is Int!, not Int']],
    [
      'a new input that must be given',
      PROMISED.replace('i: Int!', 'i: Int!, k: Int!'),
      ['I(k) is demanded but was not promised'],
    ],
    ['another default', PROMISED.replace('= 1', '= 2'), ['I(j) is 2 by default, not 1']],
    ['a value', PROMISED.replace('P Q', 'P'), ['E.Q is missing']],
  ])('%s', (_what, actual, expected) => {
    expect(broken(parse(PROMISED), parse(actual))).toEqual(expected)
  })
})

/** Actions without parameters: GraphQL knows no empty input. */
const WITHOUT_PARAMETERS = new Set([
  'createRecoveryCodes',
  'deleteAccountPasswordPolicy',
  'disableOutboundWebIdentityFederation',
  'enableOutboundWebIdentityFederation',
  'generateCredentialReport',
])

/** What IAM has no action for, guarded by the action that comes nearest. */
const WITHOUT_ACTION = new Map([
  ['revokeRoleSessions', 'iam:PutRolePolicy'],
  ['revokeUserSession', 'latchkey:RevokeSession'],
  ['revokeUserSessions', 'latchkey:RevokeSession'],
])

describe('every mutation', () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {})

  test('may fail alone: its payload is nullable', () => {
    expect(mutations.filter(({ type }) => String(type).endsWith('!')).map(({ name }) => name)).toEqual([])
  })

  test('has the name of its action and one argument `input` with the parameters of the action', () => {
    const wrong = mutations.filter(({ name, args, extensions }) => {
      const { requirements = [] } = declaredAccess({ extensions }) ?? {}
      const [first] = requirements
      if (first === undefined) return false
      // A description alone may be changed with iam:TagUser: the action itself is among the requirements in any order.
      const named = requirements.some(
        ({ action }) =>
          action === WITHOUT_ACTION.get(name) ||
          ['iam', 'sts', 'latchkey'].some((service) => action.toLowerCase() === `${service}:${name.toLowerCase()}`),
      )
      if (WITHOUT_PARAMETERS.has(name)) return !named || args.length > 0
      return !named || args.map((arg) => arg.name).join() !== 'input' || !String(args[0]?.type).endsWith('Input!')
    })
    expect(wrong.map(({ name }) => name)).toEqual([])
  })
})

test('no field has the name of something that is sealed or hashed', () => {
  // One input takes a private key; nothing gives one.
  const others = printed.replace(/^input UploadServerCertificateInput \{[\s\S]*?^\}/m, '')
  const names = [...others.matchAll(/^ {2}(\w+)(?:\(.*)?: /gm)].map(([, name]) => name ?? '')
  expect(names.length).toBeGreaterThan(150)
  expect(names.filter((name) => /hash|secretKeyId|seedKeyId|privateKey|sealed/i.test(name))).toEqual([])
})
