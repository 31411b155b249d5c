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
import {
  DirectiveLocation,
  GraphQLDirective,
  type GraphQLFieldResolver,
  GraphQLNonNull,
  GraphQLSchema,
  GraphQLString,
} from 'graphql'
import { type AccessDeclaration, type Requirement, resourceTemplate } from '../access/declaration.ts'
import type { AllowedDecision } from '../access/gate.ts'
import type { GraphQLContext } from './context.ts'

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

export const accessDirective = new GraphQLDirective({
  name: 'access',
  description:
    'Permission that a field needs. Printed on every field that is guarded, so that a person reading the schema sees what to put in a policy. `resource` is an ARN template, e.g. "arn:aws:iam::{account}:user/{userName}".',
  isRepeatable: true,
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    action: { type: new GraphQLNonNull(GraphQLString) },
    resource: { type: new GraphQLNonNull(GraphQLString) },
  },
})

/** One declaration as the permission table shows it. */
export interface PrintedAccess {
  readonly rule: 'all' | 'any' | 'authenticated' | 'public' | 'parent'
  readonly requirements: readonly {
    readonly action: string
    readonly resource: string
    readonly conditional: boolean
  }[]
}

type Declaration = AccessDeclaration<unknown, object>
type Select = (args: object, context: GraphQLContext, ...rest: unknown[]) => unknown

const ROOT_KINDS = new Set(['Query', 'Mutation', 'Subscription'])
const SCALAR_KINDS = new Set(['Scalar', 'Enum'])

/**
 * Puts the gate before every field that declares what it needs, and makes the build fail for a root field or a relation that
 * declares nothing.
 */
export class AccessPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  readonly #undeclared: string[] = []

  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const declaration = declarationOf(field)
    if (declaration === undefined) {
      if (ROOT_KINDS.has(field.kind) || this.#leadsToAnObject(field))
        this.#undeclared.push(`${field.parentType}.${field.name}`)
      return field
    }
    const printed = print(declaration)
    return {
      ...field,
      description: describe(field.description, printed),
      extensions: {
        ...field.extensions,
        access: printed,
        ...(printed.requirements.length > 0 && {
          directives: {
            ...(field.extensions?.directives as object | undefined),
            access: printed.requirements.map(({ action, resource }) => ({ action, resource })),
          },
        }),
        ...withoutHopelessRelations(field, printed),
      },
    }
  }

  // Not wrapResolve: argument mappers (global ids, validation) would answer before the gate does.
  override wrapArgMappers(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object> | undefined,
    field: PothosOutputFieldConfig<Types>,
  ) {
    const declaration = declarationOf(field)
    if (!resolve || declaration === undefined || declaration === 'parent') return resolve
    if (field.kind === 'Mutation') return guardedMutation(declaration, resolve as Resolver) as typeof resolve
    if (declaration === 'public') return resolve
    return guardedRead(declaration, resolve as Resolver) as typeof resolve
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

type Resolver = GraphQLFieldResolver<unknown, GraphQLContext, object>

function guardedRead(declaration: Declaration, resolve: Resolver): Resolver {
  return (parent, args, context, info) => {
    if (context.caller.stale) return context.caller.refresh().then(() => pass())
    return pass()

    function pass(): unknown {
      const passed = context.gate.authorize(declaration, parent, args)
      return passed instanceof Promise
        ? passed.then(() => resolve(parent, args, context, info))
        : resolve(parent, args, context, info)
    }
  }
}

/** Mutations run one after another, each on the state that the one before it left, and each gets a call of its own. */
function guardedMutation(declaration: Declaration, resolve: Resolver): Resolver {
  return async (parent, args, context, info) => {
    if (context.caller.stale) await context.caller.refresh()
    const decision = await context.gate.authorize(declaration, parent, args)
    try {
      return await resolve(
        parent,
        args,
        decision ? withCall(context, decision, declaration, parent, args) : context,
        info,
      )
    } finally {
      context.caller.markStale()
    }
  }
}

function withCall(
  context: GraphQLContext,
  decision: AllowedDecision,
  declaration: Declaration,
  parent: unknown,
  args: object,
): GraphQLContext {
  const { db, clock, random, secrets, request, principal } = context
  const call = {
    db,
    clock,
    random,
    secrets,
    request,
    principal,
    decision,
    reauthorize: async () => {
      const { epoch } = await context.caller.refresh()
      await context.gate.authorize(declaration, parent, args)
      return epoch
    },
  }
  return Object.create(context, { call: { value: call } }) as GraphQLContext
}

/**
 * plugin-prisma folds nested relations into the root field's statement. A relation that no policy of the caller could allow is
 * left out of it (an empty selection loads nothing); the field itself then refuses.
 */
function withoutHopelessRelations<Types extends SchemaTypes>(
  field: PothosOutputFieldConfig<Types>,
  { rule, requirements }: PrintedAccess,
) {
  const select = field.extensions?.pothosPrismaSelect as Select | object | undefined
  if (!select || requirements.length === 0) return {}
  const selection: Select = (args, context, ...rest) => {
    const hope = ({ action }: { action: string }) => context.gate.couldAllow(action)
    const worthReading =
      rule === 'any' ? requirements.some(hope) : requirements.every((one) => one.conditional || hope(one))
    if (!worthReading) return null
    return typeof select === 'function' ? (select as Select)(args, context, ...rest) : { select }
  }
  return { pothosPrismaSelect: selection }
}

function declarationOf<Types extends SchemaTypes>(field: PothosOutputFieldConfig<Types>): Declaration | undefined {
  return (field.pothosOptions as { access?: Declaration }).access
}

function print(declaration: Declaration): PrintedAccess {
  if (declaration === 'public' || declaration === 'parent' || declaration === 'authenticated')
    return { rule: declaration, requirements: [] }
  if ('authenticated' in declaration) return { rule: 'authenticated', requirements: [] }
  const any = 'anyOf' in declaration
  const list = any ? declaration.anyOf : Array.isArray(declaration) ? declaration : [declaration]
  return {
    rule: any ? 'any' : 'all',
    requirements: (list as readonly Requirement<unknown, object>[]).map(({ action, when }) => ({
      action,
      resource: resourceTemplate(action),
      conditional: when !== undefined,
    })),
  }
}

function describe(description: string | null | undefined, { rule, requirements }: PrintedAccess): string | undefined {
  const needs = requirements.map(
    ({ action, resource, conditional }) => `\`${action}\` on \`${resource}\`${conditional ? ' (when asked for)' : ''}`,
  )
  const text = {
    all: `Needs ${needs.join(' and ')}.`,
    any: `Needs ${needs.join(' or ')}.`,
    authenticated: 'Open to every signed-in caller.',
    public: 'Open to everybody.',
    parent: undefined,
  }[rule]
  return [description, text].filter(Boolean).join('\n\n') || undefined
}

SchemaBuilder.registerPlugin('access', AccessPlugin)
