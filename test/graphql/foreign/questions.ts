import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql'
import type { Names } from './names.ts'
import { IDENTIFYING, NESTED, PLAIN, TOLD } from './providers.ts'

export interface Question {
  /** Which argument names something of whom. */
  readonly about: string
  /** An argument that tells of the other account all the same has a value of it. */
  readonly told: boolean
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** An argument, or a field of the input object that the argument is. */
interface Leaf {
  readonly path: readonly string[]
  readonly required: boolean
  /** What PLAIN or IDENTIFYING know it by. */
  readonly key: string
}

type RootField = GraphQLField<unknown, unknown>

const isNaming = ({ key }: Leaf) => key in IDENTIFYING
/** How the argument names something of whoever has these names. */
const usual = (names: Names, { key }: Leaf) => IDENTIFYING[key]?.(names)[0]

/** Every root field, as `Query.user`. */
export function rootFields(schema: GraphQLSchema): ReadonlyMap<string, RootField> {
  const types = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  return new Map(
    types.flatMap((type) =>
      Object.values(type?.getFields() ?? {}).map((field) => [`${type?.name}.${field.name}`, field] as const),
    ),
  )
}

/** Arguments, at the root and below, that no table says what to give for. */
export function unprovided(schema: GraphQLSchema): string[] {
  const atRoot = [...rootFields(schema)].flatMap(([name, field]) =>
    leavesOf(name, field)
      .filter(({ key }) => !(key in IDENTIFYING) && !(key in PLAIN))
      .map(({ path }) => `${name}(${path.join('.')})`),
  )
  const below = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .filter((type) => ![schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type))
    .flatMap((type) => Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const))
    .filter(([name, { args }]) => args.some(isRequiredArgument) && !(name in NESTED))
    .map(([name]) => name)
  return [...atRoot, ...below]
}

/**
 * Everything that one root field can be asked about `foreign` things: each argument that names something in turn, in each of
 * its ways, with the caller's `own` things in all others; and all of them together. A field that takes no names is asked once.
 * With `after`, lists below begin at that place.
 */
export function questionsOf(
  name: string,
  field: RootField,
  own: Names,
  foreign: Names,
  after?: string,
): readonly Question[] {
  const leaves = leavesOf(name, field)
  const [operation = ''] = name.split('.')
  const declared = field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')
  const passed = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')
  const selection = everythingBelow(field, foreign, operation === 'Query' ? DEEPEST : DEEP_ENOUGH, after)
  const query = `${operation.toLowerCase()} ${declared && `(${declared})`} { ${field.name}${passed && `(${passed})`} ${selection} }`
  const ask = (about: string, asked: (leaf: Leaf) => unknown, told = false): Question => ({
    about,
    told,
    query,
    variables: assemble(leaves, asked),
  })
  const others = (leaf: Leaf, given: boolean) => {
    if (!isNaming(leaf)) return PLAIN[leaf.key]
    return leaf.required || given ? usual(own, leaf) : undefined
  }
  const naming = leaves.filter(isNaming)
  if (naming.length === 0) return [ask('nothing', (leaf) => others(leaf, false))]
  // What a mutation may leave out often means the caller, or nothing: it is asked both ways.
  const bothWays = operation === 'Mutation' && naming.some(({ required }) => !required)
  const questions = naming.flatMap((named) =>
    (IDENTIFYING[named.key]?.(foreign) ?? []).flatMap((value, n) =>
      (bothWays ? [false, true] : [false]).map((given) =>
        ask(
          `${named.path.join('.')}, way ${n + 1}${given ? ', with all others' : ''}`,
          (leaf) => (leaf === named ? value : others(leaf, given)),
          named.key in TOLD,
        ),
      ),
    ),
  )
  if (naming.length === 1) return questions
  return [
    ...questions,
    ask('all', (leaf) => (isNaming(leaf) ? usual(leaf.key in TOLD ? own : foreign, leaf) : PLAIN[leaf.key])),
  ]
}

function leavesOf(name: string, field: RootField): readonly Leaf[] {
  const known = (arg: string) => (`${name}.${arg}` in IDENTIFYING || `${name}.${arg}` in PLAIN ? `${name}.${arg}` : arg)
  const leaf = (arg: GraphQLArgument | GraphQLInputField, path: readonly string[], required: boolean): Leaf[] => {
    const key = known(arg.name)
    const type = getNamedType(arg.type)
    if (key in IDENTIFYING || key in PLAIN || !isInputObjectType(type))
      return isEnumType(type) && !(key in PLAIN) ? [] : [{ path, required, key }]
    return Object.values(type.getFields()).flatMap((one) =>
      leaf(one, [...path, one.name], required && isRequiredInputField(one)),
    )
  }
  return field.args.flatMap((arg) => leaf(arg, [arg.name], isRequiredArgument(arg)))
}

function assemble(leaves: readonly Leaf[], valueOf: (leaf: Leaf) => unknown): Record<string, unknown> {
  const variables: Record<string, unknown> = {}
  for (const leaf of leaves) {
    const value = valueOf(leaf)
    const [arg = '', field] = leaf.path
    if (field === undefined) {
      if (value !== undefined) variables[arg] = value
      continue
    }
    const input = (variables[arg] ??= {})
    if (value !== undefined) Object.assign(input, { [field]: value })
  }
  return variables
}

/** By which fields below the root ask. */
type NamesBelow = Pick<Names, 'userArn' | 'roleArn'>

/** What a request may have at most; see the server's limits on queries. */
const DEEPEST = 11
const LONGEST = 1_600
/** For payloads of mutations, whose objects queries show as well. */
const DEEP_ENOUGH = 5

/**
 * A selection of every field below, as deep as the server lets one ask: no type twice on the way down, and lists from the place
 * that a foreign cursor names when `after` is given.
 */
export function everythingBelow(field: RootField, names: NamesBelow, deepest = DEEPEST, after?: string): string {
  for (let depth = deepest; depth > 0; depth--) {
    const selection = select(field, names, after, depth, [])
    if (selection.split(/\s+/).length < LONGEST) return selection
  }
  throw new Error(`${field.name} has too much below it.`)
}

function select(
  { type }: Pick<RootField, 'type'>,
  names: NamesBelow,
  after: string | undefined,
  depth: number,
  above: readonly string[],
): string {
  const named = getNamedType(type)
  if (!isCompositeType(named)) return ''
  // An interface is asked for as each of its types would be: by what all of them have.
  const fields = 'getFields' in named ? Object.values(named.getFields()) : []
  const chosen = fields.flatMap((field) => {
    const below = getNamedType(field.type)
    if (isCompositeType(below) && (depth <= 1 || above.includes(below.name))) return []
    const args = NESTED[`${named.name}.${field.name}`]?.(names) ?? listFrom(field, after)
    const inner = select(field, names, after, depth - 1, [...above, named.name])
    if (isCompositeType(below) && inner === '') return []
    return [`${field.name}${args} ${inner}`]
  })
  return `{ __typename ${chosen.join(' ')} }`
}

function listFrom({ args }: Pick<RootField, 'args'>, after: string | undefined): string {
  return after !== undefined && args.some(({ name }) => name === 'after') ? `(after: "${after}")` : ''
}
