// The stack without Latchkey: the same Yoga, Pothos and Prisma over the same tables, the same adapter and the same
// statements, and nobody asks who is calling. What Latchkey turns off in Yoga is off here too.
//
// Environment: PORT, LATCHKEY_DATA_DIR or DATABASE_URL, BENCH_ACCOUNT_ID.
import { createServer } from 'node:http'
import SchemaBuilder from '@pothos/core'
import PrismaPlugin, { queryFromInfo } from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import { createYoga } from 'graphql-yoga'
import { getDatamodel } from '../../dist/generated/pothos-types.js'
import { openDatabase } from '../../dist/store/open.js'

const { PORT, LATCHKEY_DATA_DIR, DATABASE_URL, BENCH_ACCOUNT_ID: accountId } = process.env
const log = { info() {}, warn() {} }
const database = await openDatabase({ databaseUrl: DATABASE_URL, dataDir: LATCHKEY_DATA_DIR, log })
const { db } = database

const builder = new SchemaBuilder({
  plugins: [RelayPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  prisma: { client: db, dmmf: getDatamodel() },
  relay: { cursorType: 'String' },
})

builder.scalarType('DateTime', { serialize: (value) => value.toISOString() })
const AccessKeyStatus = builder.enumType('AccessKeyStatus', { values: ['ACTIVE', 'INACTIVE'] })

builder.prismaNode('AccessKey', {
  id: { resolve: ({ id }) => id },
  findUnique: (id) => ({ accountId_id: { accountId, id } }),
  select: { accountId: true, id: true },
  fields: (t) => ({
    accessKeyId: t.exposeString('id'),
    status: t.expose('status', { type: AccessKeyStatus }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
})

const User = builder.prismaNode('User', {
  id: { resolve: ({ id }) => id },
  findUnique: (id) => ({ accountId_id: { accountId, id } }),
  select: { accountId: true, id: true, name: true, path: true, root: true },
  fields: (t) => ({
    userId: t.exposeString('id'),
    name: t.exposeString('name'),
    path: t.exposeString('path'),
    accessKeys: t.relation('accessKeys', {
      nullable: true,
      query: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
    }),
  }),
})

builder.queryType({
  fields: (t) => ({
    user: t.prismaField({
      type: User,
      nullable: true,
      args: { name: t.arg.string() },
      resolve: (query, _parent, { name }) =>
        db.user.findFirst({ ...query, where: { accountId, root: false, nameKey: name.toLowerCase() } }),
    }),
    users: t.connection({
      type: User,
      nullable: true,
      resolve: async (_parent, { first }, context, info) => {
        const columns = { id: true, nameKey: true, createdAt: true }
        const query = queryFromInfo({ context, info, path: ['edges', 'node'], select: columns })
        const where = { accountId, root: false }
        const rows = await db.user.findMany({ ...query, where, orderBy: [{ nameKey: 'asc' }], take: first + 1 })
        const edges = rows.slice(0, first).map((node) => ({ cursor: node.nameKey, node }))
        const pageInfo = {
          hasNextPage: rows.length > first,
          hasPreviousPage: false,
          startCursor: null,
          endCursor: null,
        }
        return { edges, pageInfo }
      },
    }),
  }),
})

const yoga = createYoga({
  schema: builder.toSchema(),
  logging: false,
  graphiql: false,
  landingPage: false,
  cors: false,
  batching: false,
  multipart: false,
})
const server = createServer((request, response) => void yoga(request, response)).listen(Number(PORT), '127.0.0.1')

process.on('SIGTERM', () => {
  server.closeAllConnections()
  server.close(() => void database.close().then(() => process.exit(0)))
})
