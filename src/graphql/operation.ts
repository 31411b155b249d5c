import type { FieldMap, InputFieldMap, InputShapeFromFields, ObjectRef } from '@pothos/core'
import { ACTIONS, type Action, type ResourceKindOf } from '../access/actions.ts'
import type { RequestKeys, Requirement, Resource } from '../access/declaration.ts'
import type { ResourceKind } from '../access/entities.ts'
import type { Principal } from '../authn/principal.ts'
import { builder } from './builder.ts'
import type { FieldCall, GraphQLContext } from './context.ts'
import { operationFacts } from './operation-facts.ts'

type Types = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : never

/** What makes the members of an input. */
export type InputFields = PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'>

/** What makes the fields of a payload, of what the operation answered. */
export type PayloadFields<Row> = PothosSchemaTypes.ObjectFieldBuilder<Types, Row>

/** One permission that an operation needs. It compiles only when `on` is of the kind that the action is checked on. */
export type Need<Input> = {
  [A in Action]: {
    readonly action: A
    /** What the permission is checked on, in the words of the input. */
    on(input: Input, caller: Principal): Resource<ResourceKindOf<A>>
    /** Needed only when this holds, e.g. iam:TagUser only with tags. */
    when?(input: Input): boolean
    /** Condition keys that come from the input, e.g. `aws:RequestTag/…`. */
    keys?(input: Input): RequestKeys
  }
}[Action]

/** What an input holds by what makes its members. Unconstrained, because the compiler infers `Fields` only then. */
type InputOf<Fields> = Fields extends InputFieldMap ? InputShapeFromFields<Fields> : object

/** An operation that changes something. */
export interface MutationDeclaration<Fields, Row> extends Declared<InputOf<Fields>, Row> {
  /** The members of `input`, in the order in which AWS's model has them where the action is AWS's. Left out: no input. */
  input?(t: InputFields): Fields
  /** The fields of the payload. */
  answer(t: PayloadFields<Row>): FieldMap
}

interface Declared<Input, Row> {
  readonly description: string
  readonly inputDescription?: string
  readonly answerDescription?: string
  /** Members of `input` that AWS's action does not have. */
  readonly beyondAws?: readonly string[]
  /** All must hold. The first names the operation in the audit trail. */
  readonly needs: Need<Input> | readonly [Need<Input>, ...Need<Input>[]]
  /** Carries it out: a function of `iam/`. */
  run(call: FieldCall, input: Input, context: GraphQLContext): Promise<Row>
}

/**
 * Declares a mutation `name(input: NameInput!): NamePayload`: what it is called, what it takes, what it needs, what carries it out and
 * what it answers with. The AWS door offers it under the action's name where the action is AWS's and no row there says otherwise.
 */
export function mutation<Fields, Row extends object>(
  name: string,
  declaration: MutationDeclaration<Fields, Row>,
): void {
  const { answerDescription } = declaration
  const payload = builder.objectRef<Row>(`${typeNamed(name)}Payload`).implement({
    ...(answerDescription !== undefined && { description: answerDescription }),
    fields: (t) => declaration.answer(t),
  })
  declare(name, declaration, payload)
}

/** Types were checked where `mutation` was called: from here on the input is only an object. */
function declare(
  name: string,
  declared: Declared<object, object> & { input?(t: InputFields): unknown },
  payload: ObjectRef<Types, object>,
): void {
  const needs = isList(declared.needs) ? declared.needs : ([declared.needs] as const)
  const { members, args } = declared.input ? inputOf(name, declared) : { members: [], args: {} }
  const { beyondAws = [] } = declared
  builder.mutationField(name, (t) =>
    t.field({
      type: payload,
      nullable: true,
      description: declared.description,
      args,
      access: needs.map((need) => requirementOf(need)),
      extensions: operationFacts({ action: needs[0].action, members, beyondAws }),
      resolve: (_parent, given: Given, context) => declared.run(context.call, given.input ?? {}, context),
    }),
  )
}

/** The one argument of a mutation; the names of its members come when the schema is built. */
function inputOf(name: string, declared: { input?(t: InputFields): unknown; readonly inputDescription?: string }) {
  const { inputDescription } = declared
  const members: string[] = []
  const type = builder.inputRef<object>(`${typeNamed(name)}Input`).implement({
    ...(inputDescription !== undefined && { description: inputDescription }),
    fields(t) {
      const fields = declared.input?.(t)
      if (!isFieldMap(fields)) throw new TypeError(`The input of ${name} has no members`)
      members.push(...Object.keys(fields))
      return fields
    },
  })
  return { members, args: builder.args((t) => ({ input: t.field({ type, required: true }) })) }
}

/** The entity that an operation has just changed. Throws when somebody else has deleted it since. */
export function stillThere<Row>(row: Row | null): Row {
  if (row === null) throw new Error('What was changed is gone already')
  return row
}

type Given = { readonly input?: object }

function requirementOf(need: Need<object>): Requirement<unknown, Given> {
  const requirement: Unpaired = {
    action: need.action,
    resource: (_parent, { input = {} }, caller) => need.on(input, caller),
    ...(need.when && { when: (_parent, { input = {} }) => need.when?.(input) === true }),
    ...(need.keys && { keys: ({ input = {} }) => need.keys?.(input) ?? [] }),
  }
  if (!isRequirement(requirement)) throw new TypeError(`${need.action} is no action of the catalogue`)
  return requirement
}

/** A requirement without the types that tie the resource's kind to the action. */
interface Unpaired {
  readonly action: string
  readonly resource: (parent: unknown, args: Given, caller: Principal) => Resource<ResourceKind>
  readonly when?: (parent: unknown, args: Given) => boolean
  readonly keys?: (args: Given) => RequestKeys
}

/** That the kinds agree was checked where the need was written. */
function isRequirement(value: Unpaired): value is Requirement<unknown, Given> {
  return Object.hasOwn(ACTIONS, value.action)
}

/** `createUser` makes types whose names begin with `CreateUser`. */
function typeNamed(field: string): string {
  return field.charAt(0).toUpperCase() + field.slice(1)
}

function isFieldMap(value: unknown): value is InputFieldMap {
  return typeof value === 'object' && value !== null
}

function isList<Item>(value: Item | readonly [Item, ...Item[]]): value is readonly [Item, ...Item[]] {
  return Array.isArray(value)
}
