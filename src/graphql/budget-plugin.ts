import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core'
import {
  getNamedType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLInputType,
  type GraphQLResolveInfo,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'
import { type Budget, breath, COSTS, ownTurn } from '../budget/index.ts'
import { IamError } from '../iam/errors.ts'
import { askedRows, isListOfRows } from './asked-rows.ts'
import type { RowAccount } from './row-account.ts'

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      budget: BudgetPlugin<Types>
    }
  }
}

type Resolver<Context extends object> = GraphQLFieldResolver<unknown, Context, object>

const DRAWING_KINDS = new Set(['Query', 'Mutation'])
const DOCUMENT = 'PolicyDocument'

/**
 * Draws what a field costs from its caller's budget, behind the gate: a root field the rows that it asks for, every field the
 * policy documents that it is given, each time it is given one. Fields that list rows let other requests have their turn.
 */
class BudgetPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapArgMappers(resolve: Resolver<Types['Context']> | undefined, field: PothosOutputFieldConfig<Types>) {
    return resolve && metered(resolve, DRAWING_KINDS.has(field.kind))
  }
}

function metered<Context extends object>(resolve: Resolver<Context>, draws: boolean): Resolver<Context> {
  let traits: { readonly lists: boolean; readonly documents: readonly Argument[] } | undefined
  return (parent, args, context, info) => {
    traits ??= traitsOf(info.parentType.getFields()[info.fieldName])
    const { lists, documents } = traits
    if (!draws && !lists && documents.length === 0) return resolve(parent, args, context, info)
    const request = opened(context)
    if (draws) drawRows(request, info)
    if (documents.length > 0) drawDocuments(request.budget, documents, args, info.fieldName)
    // A request of few rows is done with them soon, and in one turn all that it looks up by the way is read together.
    const long = documents.length > 0 || (lists && request.rows.soFar > ROWS_AT_ONCE)
    const turn = long ? breath() : null
    const result: unknown =
      turn === null ? resolve(parent, args, context, info) : inTurn(turn, () => resolve(parent, args, context, info))
    return lists ? counted(result, request.rows) : result
  }
}

interface Argument {
  readonly name: string
  readonly type: GraphQLInputType
}

function traitsOf(field: GraphQLField<unknown, unknown> | undefined) {
  return {
    lists: field !== undefined && isListOfRows(field),
    documents: (field?.args ?? []).filter(({ type }) => mayHoldDocuments(type, new Set())),
  }
}

function mayHoldDocuments(type: GraphQLInputType, seen: Set<unknown>): boolean {
  const named = getNamedType(type)
  if (!isInputObjectType(named)) return named.name === DOCUMENT
  if (seen.has(named)) return false
  seen.add(named)
  return Object.values(named.getFields()).some((field) => mayHoldDocuments(field.type, seen))
}

function drawRows({ rows: account }: Metered, info: GraphQLResolveInfo): void {
  const rows = askedRows(info)
  if (rows === 0) return
  const most = COSTS.rows.capacity
  if (rows > most) {
    const asked = Number.isFinite(rows) ? rows.toLocaleString('en') : 'more rows than can be counted'
    throw new IamError(
      'ValidationError',
      `${info.fieldName} asks for up to ${asked} rows, lists in lists multiplied; at most ${most.toLocaleString('en')} can be asked for at once. Ask for smaller pages (first), or for the inner lists one by one.`,
    )
  }
  account.draw(rows)
}

function drawDocuments(budget: Budget, documents: readonly Argument[], args: object, fieldName: string): void {
  let bytes = 0
  for (const { name, type } of documents) bytes += bytesOf(Reflect.get(args, name), type)
  const most = COSTS.policyBytes.capacity
  if (bytes > most)
    throw new IamError(
      'ValidationError',
      `${fieldName} is given ${bytes.toLocaleString('en')} characters of policies; at most ${most.toLocaleString('en')} can be read at once.`,
    )
  if (bytes > 0) budget.draw('policyBytes', bytes)
}

/** Characters of the documents in a value. */
function bytesOf(value: unknown, type: GraphQLInputType): number {
  if (value === null || value === undefined) return 0
  if (isNonNullType(type)) return bytesOf(value, type.ofType)
  if (isListType(type)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value]
    return items.reduce<number>((bytes, item) => bytes + bytesOf(item, type.ofType), 0)
  }
  if (isInputObjectType(type)) {
    let bytes = 0
    for (const field of Object.values(type.getFields()))
      bytes += bytesOf(Reflect.get(Object(value), field.name), field.type)
    return bytes
  }
  return type.name === DOCUMENT && typeof value === 'string' ? value.length : 0
}

/** Looks whether there is time and works in one step: whoever waits beside it looks afterwards. */
async function inTurn(turn: Promise<void>, work: () => unknown): Promise<unknown> {
  for (let next: Promise<void> | null = turn; next !== null; next = breath()) await next
  return work()
}

/** Rows that the fields of a request go through at once; lists beyond them come one by one. */
const ROWS_AT_ONCE = 500

/**
 * Notes how many rows came. Lists that are loaded together arrive together, and whoever waits for nothing but promises goes through
 * all of them in one turn: so those of a request that has many wait for a turn each.
 */
function counted(result: unknown, account: RowAccount): unknown {
  if (!(result instanceof Promise)) {
    account.returned(rowsIn(result))
    return result
  }
  return result.then((rows: unknown) => {
    account.returned(rowsIn(rows))
    return account.soFar > ROWS_AT_ONCE ? ownTurn().then(() => rows) : rows
  })
}

function rowsIn(result: unknown): number {
  if (Array.isArray(result)) return result.length
  if (typeof result !== 'object' || result === null || !('edges' in result)) return 0
  return Array.isArray(result.edges) ? result.edges.length : 0
}

interface Metered {
  readonly budget: Budget
  readonly rows: RowAccount
}

/** To Pothos the context could be of any shape; this schema runs with ours only. */
function opened(context: object): Metered {
  if (!isMetered(context)) throw new TypeError('the schema was executed without a request context')
  return context
}

function isMetered(context: object): context is Metered {
  return 'budget' in context && 'rows' in context
}

SchemaBuilder.registerPlugin('budget', BudgetPlugin)
