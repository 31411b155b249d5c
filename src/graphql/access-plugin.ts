import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type InputShapeFromFields,
  type PothosOutputFieldConfig,
  PothosSchemaError,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core'
import { type GraphQLFieldResolver, GraphQLSchema } from 'graphql'
import type { AccessDeclaration } from '../access/declaration.ts'
import type { AllowedDecision } from '../access/gate.ts'
import { OverBudget } from '../budget/index.ts'
import { IamError } from '../iam/errors.ts'
import type { GraphQLContext } from './context.ts'
import { callOf, withCall } from './guarded-call.ts'
import { guardedStream, StreamEnd } from './guarded-stream.ts'
import { accessDirective, describeAccess, type PrintedAccess, printAccess } from './printed-access.ts'

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      access: AccessPlugin<Types>
    }
    export interface FieldOptions<
      Types extends SchemaTypes,
      ParentShape,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveShape,
      ResolveReturnShape,
    > {
      /** What a caller must be allowed to do; checked before arguments are validated and before anything is read. */
      access?: AccessDeclaration<ParentShape, InputShapeFromFields<Args>>
      /** What of the object `access` looks at, when that is not always selected: it is read even if the field is refused. */
      accessReads?: object
    }
    // Required on root fields: forgetting it does not compile.
    export interface QueryFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      access: AccessDeclaration<Types['Root'], InputShapeFromFields<Args>>
    }
    export interface SubscriptionFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveShape,
      ResolveReturnShape,
    > {
      access: AccessDeclaration<Types['Root'], InputShapeFromFields<Args>>
    }
    export interface MutationFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      access: AccessDeclaration<Types['Root'], InputShapeFromFields<Args>>
    }
  }
}

type Declaration = AccessDeclaration<unknown, object>
type Resolver<Context extends object> = GraphQLFieldResolver<unknown, Context, object>
type Select = (args: object, context: object, ...rest: unknown[]) => unknown

const ROOT_KINDS = new Set(['Query', 'Mutation', 'Subscription'])
const SCALAR_KINDS = new Set(['Scalar', 'Enum'])

/**
 * Puts the gate before every field that declares what it needs, and makes the build fail for a root field or a relation that
 * declares nothing.
 */
class AccessPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  readonly #undeclared: string[] = []
  /** Subscriptions whose `resolve` is wrapped already: what comes next is their `subscribe`. */
  readonly #resolved = new Set<PothosOutputFieldConfig<Types>>()

  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const declaration = declarationOf(field)
    if (declaration === undefined) {
      if (ROOT_KINDS.has(field.kind) || this.#leadsToAnObject(field))
        this.#undeclared.push(`${field.parentType}.${field.name}`)
      return field
    }
    const printed = printAccess(declaration)
    return {
      ...field,
      description: describeAccess(field.description, printed),
      extensions: {
        ...field.extensions,
        access: printed,
        ...(printed.requirements.length > 0 && {
          directives: {
            access: printed.requirements.map(({ action, resource }) => ({ action, resource })),
          },
        }),
        ...withoutHopelessRelations(field, printed),
      },
    }
  }

  // Not wrapResolve: argument mappers (global ids, validation) would answer before the gate does.
  override wrapArgMappers(resolve: Resolver<Types['Context']> | undefined, field: PothosOutputFieldConfig<Types>) {
    const declaration = declarationOf(field)
    if (!resolve || declaration === undefined || declaration === 'parent') return resolve
    if (field.kind === 'Mutation') return guardedMutation(declaration, resolve)
    if (field.kind === 'Subscription' && declaration !== 'public') {
      return this.#resolved.has(field) ? guardedSubscription(declaration, resolve) : untilItEnds(resolve)
    }
    if (declaration === 'public') return resolve
    return field.kind === 'Query' ? recordedRead(declaration, resolve) : guardedRead(declaration, resolve)
  }

  override wrapSubscribe(subscribe: Resolver<Types['Context']> | undefined, field: PothosOutputFieldConfig<Types>) {
    this.#resolved.add(field)
    return subscribe
  }

  override afterBuild(schema: GraphQLSchema): GraphQLSchema {
    if (this.#undeclared.length > 0) {
      throw new PothosSchemaError(
        `Fields that do not say what they need (\`access\`): ${this.#undeclared.toSorted().join(', ')}`,
      )
    }
    const config = schema.toConfig()
    return new GraphQLSchema({ ...config, directives: [...config.directives, accessDirective] })
  }

  #leadsToAnObject({ type, parentType }: PothosOutputFieldConfig<Types>): boolean {
    let inner = type
    while (inner.kind === 'List') inner = inner.type
    if (SCALAR_KINDS.has(inner.kind)) return false
    return this.buildCache.builder.configStore.getTypeConfig(parentType).kind !== 'InputObject'
  }
}

function guardedRead<Context extends object>(declaration: Declaration, resolve: Resolver<Context>): Resolver<Context> {
  return afterTheGate(declaration, (_decision, parent, args, context, info) => resolve(parent, args, context, info))
}

/** A field of Query is a call of its own in the audit trail; what is nested in its answer is not. */
function recordedRead<Context extends object>(declaration: Declaration, resolve: Resolver<Context>): Resolver<Context> {
  return afterTheGate(declaration, (decision, parent, args, context, info) => {
    if (decision === null) return resolve(parent, args, context, info)
    const read = opened(context).noteRead(decision)
    const fail = (error: unknown): never => {
      read.errorCode = error instanceof IamError || error instanceof OverBudget ? error.code : 'InternalFailure'
      throw error
    }
    try {
      const result: unknown = resolve(parent, args, context, info)
      return result instanceof Promise ? result.catch(fail) : result
    } catch (error) {
      return fail(error)
    }
  })
}

type Passing<Context extends object> = (
  decision: AllowedDecision | null,
  ...rest: Parameters<Resolver<Context>>
) => unknown

function afterTheGate<Context extends object>(declaration: Declaration, pass: Passing<Context>): Resolver<Context> {
  return (parent, args, context, info) => {
    const { caller, gate } = opened(context)
    const read = () => {
      const passed = gate.authorize(declaration, parent, args)
      if (!(passed instanceof Promise)) return pass(passed, parent, args, context, info)
      return passed.then((decision) => pass(decision, parent, args, context, info))
    }
    return caller.stale ? caller.refresh().then(read) : read()
  }
}

/** Mutations run one after another, each on the state that the one before it left, and each gets a call of its own. */
function guardedMutation<Context extends object>(
  declaration: Declaration,
  resolve: Resolver<Context>,
): Resolver<Context> {
  return async (parent, args, context, info) => {
    const request = opened(context)
    const { caller, gate } = request
    if (caller.stale) await caller.refresh()
    const decision = await gate.authorize(declaration, parent, args)
    const reauthorize = async () => {
      const { epoch } = await caller.refresh()
      return { epoch, decision: await gate.authorize(declaration, parent, args) }
    }
    const inner = decision ? withCall(context, callOf(request, decision, reauthorize)) : context
    try {
      return await resolve(parent, args, inner, info)
    } finally {
      caller.markStale()
    }
  }
}

/** Opening a stream is a call like a read; from then on the stream is guarded item by item. */
function guardedSubscription<Context extends object>(
  declaration: Declaration,
  subscribe: Resolver<Context>,
): Resolver<Context> {
  const open = recordedRead(declaration, subscribe)
  return async (parent, args, context, info) => {
    const source: unknown = await open(parent, args, context, info)
    if (!isAsyncIterable(source)) throw new TypeError(`${info.fieldName} subscribes to nothing`)
    return guardedStream(source[Symbol.asyncIterator](), opened(context), { declaration, args })
  }
}

/** The end of a guarded stream is its last item, so that the caller gets to know the reason. */
function untilItEnds<Context extends object>(resolve: Resolver<Context>): Resolver<Context> {
  return (item, args, context, info) => {
    if (item instanceof StreamEnd) throw item.error
    return resolve(item, args, context, info)
  }
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

/** To Pothos the context could be of any shape; this schema runs with ours only. */
function opened(context: object): GraphQLContext {
  if (!isOpened(context)) throw new TypeError('the schema was executed without a request context')
  return context
}

function isOpened(context: object): context is GraphQLContext {
  return 'gate' in context && 'caller' in context
}

/**
 * plugin-prisma folds nested relations into the root field's statement. A relation that no policy of the caller could allow is
 * left out of it; the field itself then refuses, for which it may have to know whose object it is (`accessReads`).
 */
function withoutHopelessRelations<Types extends SchemaTypes>(
  { extensions, pothosOptions }: PothosOutputFieldConfig<Types>,
  { rule, requirements }: PrintedAccess,
) {
  const { accessReads }: { accessReads?: object } = pothosOptions
  const select: unknown = extensions?.pothosPrismaSelect
  if (!select || requirements.length === 0) return {}
  const selection: Select = (args, context, ...rest) => {
    const { gate } = opened(context)
    const hope = ({ action }: { action: string }) => gate.couldAllow(action)
    const worthReading =
      rule === 'any' ? requirements.some(hope) : requirements.every((one) => one.conditional || hope(one))
    if (!worthReading) return accessReads ? { select: accessReads } : null
    return isSelect(select) ? select(args, context, ...rest) : { select }
  }
  return { pothosPrismaSelect: selection }
}

function isSelect(value: unknown): value is Select {
  return typeof value === 'function'
}

function declarationOf<Types extends SchemaTypes>({
  pothosOptions,
}: PothosOutputFieldConfig<Types>): Declaration | undefined {
  const { access }: { access?: unknown } = pothosOptions
  return access === undefined || isDeclaration(access) ? access : undefined
}

/** What else it is was checked when the field was compiled. */
function isDeclaration(value: unknown): value is Declaration {
  return typeof value === 'string' || typeof value === 'object'
}

SchemaBuilder.registerPlugin('access', AccessPlugin)
