import './access-plugin.ts'
import './budget-plugin.ts'
import './description-plugin.ts'
import SchemaBuilder from '@pothos/core'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import type PrismaTypes from '../generated/pothos-types.ts'
import { getDatamodel } from '../generated/pothos-types.ts'
import type { GraphQLContext } from './context.ts'

/** The one place where Pothos' and Prisma's generated types meet. The client itself comes with each request. */
export const builder = new SchemaBuilder<{
  Context: GraphQLContext
  PrismaTypes: PrismaTypes
  DefaultFieldNullability: false
  DefaultEdgesNullability: { list: false; items: false }
  DefaultNodeNullability: false
  Scalars: {
    ARN: { Input: string; Output: string }
    DateTime: { Input: Date; Output: Date }
    ID: { Input: string; Output: string }
    JSON: { Input: unknown; Output: unknown }
    PolicyDocument: { Input: string; Output: string }
  }
}>({
  // The first is outermost: the gate answers before anything else looks at the arguments.
  plugins: ['access', 'budget', 'description', RelayPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  prisma: {
    client: (context) => context.db,
    dmmf: getDatamodel(),
    filterConnectionTotalCount: true,
  },
  relay: {
    cursorType: 'String',
    // `node` is written out in schema/node.ts: each type is guarded as the field that would list it.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    edgesFieldOptions: { access: 'parent', nullable: { list: false, items: false } },
    nodeFieldOptions: { access: 'parent', nullable: false },
    pageInfoFieldOptions: { access: 'parent' },
    nodeTypeOptions: { description: 'An object that `node` can find again.' },
    idFieldOptions: { description: 'The global id of the object, for `node`.' },
    cursorFieldOptions: { description: 'The place of this row in the list, for `after` and `before`.' },
    pageInfoTypeOptions: { description: 'Where a page lies in its list.' },
    hasNextPageFieldOptions: { description: 'Whether rows follow this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether rows precede this page.' },
    startCursorFieldOptions: { description: 'The cursor of the first row, for `before`; null for an empty page.' },
    endCursorFieldOptions: { description: 'The cursor of the last row, for `after`; null for an empty page.' },
  },
})

builder.queryType({})
builder.mutationType({})
builder.subscriptionType({})
