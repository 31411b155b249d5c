import SchemaBuilder from '@pothos/core'
import {
  type GraphQLArgument,
  type GraphQLInputField,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isSpecifiedDirective,
  lexicographicSortSchema,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { getDatamodel } from '../../src/generated/pothos-types.ts'
import '../../src/graphql/description-plugin.ts'
import { GLOSSARY, glossaryText } from '../../src/graphql/glossary.ts'
import { buildSchema } from '../../src/graphql/schema.ts'
import { isRuleName, limitsInWords, type RuleName } from '../../src/iam/constraints.ts'
import { LONGEST_IDENTITY_TOKEN_SECONDS } from '../../src/iam/outbound-federation/token-issuer.ts'

const schema = lexicographicSortSchema(buildSchema())
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))

interface Described {
  readonly place: string
  readonly description: string
}

function described(place: string, { description }: { readonly description?: string | null | undefined }): Described {
  return { place, description: description ?? '' }
}

interface Input extends Described {
  readonly member: GraphQLInputField | GraphQLArgument
}

/** Every member of an input and every argument. */
const inputs: readonly Input[] = types.flatMap((type) => {
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((member) => ({
      ...described(`${type.name}.${member.name}`, member),
      member,
    }))
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  return Object.values(type.getFields()).flatMap((field) =>
    field.args.map((member) => ({ ...described(`${type.name}.${field.name}(${member.name})`, member), member })),
  )
})

/** Everything in the schema that can have a description. */
const everything: readonly Described[] = [
  ...inputs,
  ...types.map((type) => described(type.name, type)),
  ...types.flatMap((type) => {
    if (isEnumType(type)) return type.getValues().map((value) => described(`${type.name}.${value.name}`, value))
    if (!isObjectType(type) && !isInterfaceType(type)) return []
    return Object.values(type.getFields()).map((field) => described(`${type.name}.${field.name}`, field))
  }),
  ...schema
    .getDirectives()
    .filter((directive) => !isSpecifiedDirective(directive))
    .map((directive) => described(`@${directive.name}`, directive)),
]

const textsOf = (list: readonly Described[]) => list.map(({ place, description }) => `${place}: ${description}`)

describe('every description', () => {
  test('is there for all members of inputs and all arguments', () => {
    expect(inputs.length).toBeGreaterThan(400)
    expect(inputs.filter(({ description }) => description === '').map(({ place }) => place)).toEqual([])
  })

  test('is there for all fields of the roots', () => {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
    const silent = roots.flatMap((root) =>
      Object.values(root?.getFields() ?? {})
        // What the field needs is added to its own words, as a paragraph.
        .filter(({ description }) => /^(Needs|Open to|$)/.test(description ?? ''))
        .map(({ name }) => name),
    )
    expect(silent).toEqual([])
  })

  test('says what it means to leave out what may be left out, or to give null', () => {
    const silent = inputs.filter(
      ({ member, description }) =>
        !isNonNullType(member.type) && !/\bnull\b/i.test(description) && !/has no effect/.test(description),
    )
    expect(silent.map(({ place }) => place)).toEqual([])
  })

  // The printed schema is sorted, and tools show one description at a time.
  test('stands alone, without its neighbours', () => {
    const leaning =
      /\b(that follow\b(?! from)|two that|the same (of|for|as)|as well\.$|like the|like `|see (above|below)|the (above|former two|latter)|anew|thereof|of whom)/i
    expect(textsOf(everything.filter(({ description }) => leaning.test(description)))).toEqual([])
  })

  test('is sentences: it begins with a capital letter, a digit or code and ends with a full stop', () => {
    const broken = everything.filter(
      ({ description }) => description !== '' && !/^[A-Z\d`][^]*[.…`]$/.test(description.trim()),
    )
    expect(textsOf(broken)).toEqual([])
  })

  /** Members whose limits are not those of the rule by their own name. */
  const OTHER_RULES: Readonly<Record<string, RuleName>> = { 'CreateUserInput.userName': 'userNameToCreate' }

  /** Of members that an operation checks by limits of its own. */
  const OTHER_LIMITS: Readonly<Record<string, string>> = {
    'GetWebIdentityTokenInput.durationSeconds': `60 to ${LONGEST_IDENTITY_TOKEN_SECONDS}`,
  }

  test('names the limits that are enforced', () => {
    const told = inputs.flatMap(({ place, member: { name }, description }) => {
      const [limits] = /\b\d+ to \d+\b(?! lower)/.exec(description) ?? []
      const rule = OTHER_RULES[place] ?? name
      return limits !== undefined && isRuleName(rule)
        ? [{ place, limits, rule: OTHER_LIMITS[place] ?? limitsInWords(rule) }]
        : []
    })
    expect(told.length).toBeGreaterThan(100)
    expect(told.filter(({ limits, rule }) => !rule.startsWith(limits))).toEqual([])
  })
})

const used = (name: string) =>
  inputs.some(
    ({ member, description }) =>
      member.name === name && [glossaryText(name, true), glossaryText(name, false)].includes(description),
  )

describe('the glossary', () => {
  test('has no entry that nothing in the schema uses', () => {
    expect(Object.keys(GLOSSARY).filter((name) => !used(name))).toEqual([])
  })

  test('says what leaving out means only where that may be', () => {
    expect(glossaryText('path', true)).not.toContain('Left out')
    expect(glossaryText('path', false)).toContain('Left out or null: `/`.')
  })
})

function nothingIsRead(): never {
  throw new Error('a schema is built without a database')
}

function builderOf() {
  const builder = new SchemaBuilder<{ DefaultFieldNullability: false }>({
    plugins: ['description'],
    defaultFieldNullability: false,
    prisma: { client: nothingIsRead, dmmf: getDatamodel() },
  })
  builder.queryType({})
  return builder
}

describe('a schema does not build', () => {
  test('with an argument that neither itself nor the glossary describes, and names it', () => {
    const builder = builderOf()
    builder.queryField('weather', (t) =>
      t.string({
        args: { town: t.arg.string({ required: true }), userName: t.arg.string({ required: true }) },
        access: 'public',
        resolve: () => 'fair',
      }),
    )
    expect(() => builder.toSchema()).toThrow(/: Query\.weather\(town\)$/)
  })

  test('with such a member of an input, and names all of them', () => {
    const builder = builderOf()
    const input = builder.inputType('WeatherInput', { fields: (t) => ({ town: t.string(), day: t.string() }) })
    builder.queryField('weather', (t) =>
      t.string({ args: { input: t.arg({ type: input, required: true }) }, access: 'public', resolve: () => 'fair' }),
    )
    expect(() => builder.toSchema()).toThrow(/: WeatherInput\.day, WeatherInput\.town$/)
  })

  test('with a member that may be left out where the glossary does not say what that means', () => {
    const builder = builderOf()
    builder.queryField('greeting', (t) =>
      t.string({ args: { userName: t.arg.string() }, access: 'public', resolve: () => 'hello' }),
    )
    expect(() => builder.toSchema()).toThrow(/: Query\.greeting\(userName\)$/)
  })

  test('differently once each has words of its own', () => {
    const builder = builderOf()
    builder.queryField('greeting', (t) =>
      t.string({
        args: {
          first: t.arg.int(),
          userName: t.arg.string({ description: 'Who is greeted. Left out or null: everybody.' }),
        },
        access: 'public',
        resolve: () => 'hello',
      }),
    )
    const [first, userName] = builder.toSchema().getQueryType()?.getFields().greeting?.args ?? []
    expect(userName?.description).toBe('Who is greeted. Left out or null: everybody.')
    expect(first?.description).toBe(glossaryText('first', false))
  })
})
