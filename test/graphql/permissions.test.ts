import { readFileSync } from 'node:fs'
import path from 'node:path'
import SchemaBuilder from '@pothos/core'
import { type FieldDefinitionNode, isInterfaceType, isObjectType, Kind, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getDatamodel } from '../../src/generated/pothos-types.ts'
import type { GraphQLContext } from '../../src/graphql/context.ts'
import { awsOperationsTable } from '../../scripts/aws-operations.ts'
import { permissionTable, printSchemaFile } from '../../src/graphql/print.ts'
import { buildSchema } from '../../src/graphql/schema.ts'
import { ALTERNATIVES, grant, nameOf, NESTED_FIELDS, OPEN_FIELDS, ROOT_FIELDS } from './guarded-fields.ts'
import { SUBSCRIPTION_FIELDS } from './guarded-fields-reports.ts'
import { caseSkeleton } from '../support/case-skeleton.ts'
import { declaredAccess } from './declared-access.ts'
import { at, type Installation, openInstallation } from '../support/installation.ts'
import { openWorld, type World } from '../support/world.ts'

const schema = buildSchema()
const ROOT = path.join(import.meta.dirname, '../..')
const committed = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

/** Every field that says something else than "as its object". */
const declared = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) || isInterfaceType(type))
  .flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => {
      const access = declaredAccess(field)
      return access === undefined || access.rule === 'parent' ? [] : [{ name: `${type.name}.${field.name}`, access }]
    }),
  )

let installation: Installation
let world: World

beforeAll(async () => {
  installation = await openInstallation()
  world = await openWorld(installation)
})

afterAll(() => installation.stop())

describe('the table of permissions', () => {
  test('has a test for every guarded field', () => {
    const tested = new Set(
      [...ROOT_FIELDS, ...SUBSCRIPTION_FIELDS, ...NESTED_FIELDS, ...OPEN_FIELDS].map(({ field }) => field),
    )
    const missing = declared.map(({ name }) => name).filter((name) => !tested.has(name))
    const skeletons = missing.map((name) => caseSkeleton(schema, name)).join('\n')
    expect(
      missing,
      `fields without a case; add to test/graphql/guarded-fields.ts or a file that it spreads:\n${skeletons}\n`,
    ).toEqual([])
    expect(declared.length).toBeGreaterThan(55)
  })

  test('has a test for every single permission that a field names', () => {
    const tested = new Map<string, Set<string>>()
    const note = (field: string, action: string) => tested.set(field, (tested.get(field) ?? new Set()).add(action))
    for (const { field, ask } of [...ROOT_FIELDS, ...SUBSCRIPTION_FIELDS, ...ALTERNATIVES])
      for (const { action } of ask(world, 'X').needs) note(field, action)
    for (const { field, ask } of NESTED_FIELDS) note(field, ask(world, 'X').need.action)
    const untested = declared.flatMap(({ name, access }) =>
      access.requirements
        .filter(({ action }) => !tested.get(name)?.has(action))
        .map(({ action }) => `${name} ${action}`),
    )
    expect(untested).toEqual([])
  })

  test('tests nothing that is not there', () => {
    const names = new Set(declared.map(({ name }) => name))
    const tested = [...ROOT_FIELDS, ...NESTED_FIELDS, ...OPEN_FIELDS].map(({ field }) => field)
    expect(tested.filter((field) => !names.has(field))).toEqual([])
  })

  test('shows in a pattern what the tests find to be needed', () => {
    const wrong = ROOT_FIELDS.map(({ field, ask }) => ({ field, needs: ask(world, 'X').needs })).flatMap(
      ({ field, needs }) => {
        const { requirements } = declared.find(({ name }) => name === field)!.access
        return needs
          .filter((need) => !requirements.some((one) => one.action === need.action && matches(one.resource, need.on)))
          .map((need) => `${field} ${need.action} ${need.on}`)
      },
    )
    expect(wrong).toEqual([])
  })

  test('is committed as it is in the code', () => {
    expect(committed('docs/permissions.md')).toBe(permissionTable(schema))
    expect(committed('docs/aws-operations.md')).toBe(awsOperationsTable(schema))
  })
})

describe('the printed schema', () => {
  test('is committed as it is in the code', () => {
    expect(committed('schema.graphql')).toBe(printSchemaFile(schema))
  })

  test('carries @access on every field that policies decide', () => {
    const printed = new Map<string, FieldDefinitionNode>(
      parse(printSchemaFile(schema)).definitions.flatMap((definition) =>
        definition.kind === Kind.OBJECT_TYPE_DEFINITION
          ? (definition.fields ?? []).map((field) => [`${definition.name.value}.${field.name.value}`, field] as const)
          : [],
      ),
    )
    for (const { name, access } of declared) {
      const directives = (printed.get(name)?.directives ?? []).map((directive) =>
        Object.fromEntries(
          (directive.arguments ?? []).map(({ name, value }) => [
            name.value,
            value.kind === Kind.STRING ? value.value : null,
          ]),
        ),
      )
      const expected = access.requirements.map(({ action, resource }) => ({ action, resource }))
      expect(directives, name).toEqual(expected)
    }
  })
})

describe.each(ALTERNATIVES.map((alternative) => [nameOf(alternative), alternative] as const))('%s', (name, { ask }) => {
  test('is enough in place of the other permission', async () => {
    const { query, variables, needs, finds } = ask(world, 'X')
    const caller = await world.caller(needs.map(grant), name.replaceAll(/\W/g, '-'))
    const answer = await caller.ask(query, variables)
    expect(answer.errors).toEqual([])
    expect(at(answer, finds)).toEqual(expect.any(String))
  })
})

describe('fields that no policy decides', () => {
  const closed = OPEN_FIELDS.filter(({ to }) => to === 'the signed-in')

  test.each(closed)('$field is refused to nobody in particular', async ({ query }) => {
    const { codes } = await installation.anonymous(query)
    expect(codes).toEqual(['MissingAuthenticationToken'])
  })

  test.each(closed)('$field needs no policy, and no policy can deny it', async ({ field, query }) => {
    const denied = await world.caller([{ action: '*', effect: 'Deny' }], `Denied-${field.replace('.', '-')}`)
    const { errors } = await denied.ask(query)
    expect(errors.filter(({ extensions }) => extensions.authz !== undefined)).toEqual([])
    expect(errors.filter(({ message }) => message.includes('is not authorized to perform'))).toEqual([])
  })

  test('signIn answers everybody', async () => {
    const { errors } = await installation.anonymous(OPEN_FIELDS.find(({ to }) => to === 'everybody')!.query)
    expect(errors.map(({ message }) => message)).toEqual([
      'Your authentication information is incorrect. Please try again.',
    ])
  })

  test('assuming a role with a token or an assertion answers everybody, with or without credentials of their own', async () => {
    const denied = await world.caller([{ action: '*', effect: 'Deny' }], 'Denied-web-identity')
    for (const { query } of OPEN_FIELDS.filter(({ field }) => field.startsWith('Mutation.assumeRoleWith')))
      for (const ask of [installation.anonymous, denied.ask])
        expect((await ask(query)).codes).toEqual(['InvalidIdentityToken'])
  })

  test('one refused field leaves the others of a request their answer', async () => {
    const caller = await world.caller([grant({ action: 'iam:GetUser', on: '*', display: '', shown: '' })], 'Mixed')
    const { data, codes } = await caller.ask('{ user { name } account { id } viewer { userId } }')
    expect(data).toEqual({ user: { name: 'Mixed' }, account: null, viewer: { userId: caller.id } })
    expect(codes).toEqual(['AccessDenied'])
  })

  test('one refused mutation leaves the others their answer', async () => {
    const { arn } = world.account
    const caller = await world.caller([{ action: 'iam:CreateUser', on: arn('user/ok') }], 'Writer')
    const { data, errors } = await caller.ask(`mutation {
      a: createUser(input: { userName: "no" }) { user { name } }
      b: createUser(input: { userName: "ok" }) { user { name } }
    }`)
    expect(data).toEqual({ a: null, b: { user: { name: 'ok' } } })
    expect(errors.map(({ path }) => path)).toEqual([['a']])
  })
})

describe('a schema is not built', () => {
  interface Thing {
    readonly name: string
  }

  /** A schema of one type and two operations, as closed as the real one; `open` leaves a declaration out. */
  function build(open: 'nothing' | 'query' | 'mutation' | 'subscription' | 'relation') {
    const builder = new SchemaBuilder<{ Context: GraphQLContext }>({
      plugins: ['access'],
      prisma: { client: installation.db, dmmf: getDatamodel() },
    })
    const thing = builder.objectRef<Thing>('Thing')
    const relation = { type: thing, resolve: (parent: Thing) => parent }
    thing.implement({
      fields: (t) => ({
        name: t.exposeString('name'),
        other: t.field(open === 'relation' ? relation : { ...relation, access: 'parent' }),
        others: t.field({ type: [thing], access: 'authenticated', resolve: (parent) => [parent] }),
      }),
    })
    builder.queryType({})
    builder.mutationType({})
    builder.queryField('thing', (t) =>
      t.field(undeclaredIf(open === 'query', { type: thing, resolve, access: 'public' })),
    )
    builder.mutationField('change', (t) =>
      t.field(undeclaredIf(open === 'mutation', { type: thing, resolve, access: 'public' })),
    )
    builder.subscriptionType({})
    builder.subscriptionField('follow', (t) =>
      t.field(undeclaredIf(open === 'subscription', { type: thing, subscribe, resolve, access: 'public' })),
    )
    return builder.toSchema()
  }

  test('but with all declarations it is', () => {
    expect(build('nothing').getQueryType()?.getFields()).toHaveProperty('thing')
  })

  test.each([
    ['query', 'Query.thing'],
    ['mutation', 'Mutation.change'],
    ['subscription', 'Subscription.follow'],
    ['relation', 'Thing.other'],
  ] as const)('when a %s does not say what it needs', (open, field) => {
    expect(() => build(open)).toThrow(`Fields that do not say what they need (\`access\`): ${field}`)
  })
})

/** Whether an ARN is one of those that a template of the table stands for. */
function matches(template: string, arn: string): boolean {
  const pattern = template
    .replace('*', '\\*')
    .replace(/\{(\w+)\}/g, (_, name) => (name === 'account' ? '[0-9]+' : '.*'))
  return new RegExp(`^${pattern}$`).test(arn)
}

const resolve = () => ({ name: 'it' })

async function* subscribe() {
  yield resolve()
}

/** What the compiler would not let anybody write: the option is missing at run time only. */
function undeclaredIf<Options extends { access: unknown }>(undeclared: boolean, options: Options): Options {
  const copy = { ...options }
  if (undeclared) Reflect.deleteProperty(copy, 'access')
  return copy
}
