import { createHash } from 'node:crypto'
import type { SqlQuery } from '@prisma/driver-adapter-utils'
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { PrismaClient } from '../generated/prisma/client.ts'

/** A server keeps every prepared statement for the life of its connection, so their number has to end somewhere. */
const MAX_STATEMENTS = 500
const MAX_STATEMENT_LENGTH = 10_000

/** Prisma over a pool that the caller opens and ends. */
export function createPrismaClient(pool: pg.Pool): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: statementNames() }) })
}

/**
 * Names for prepared statements: a statement that comes again is not parsed and planned again. The name follows from the
 * text, since two clients over one pool share its connections. Lists of values make endless variants of a statement; past
 * the limit they stay without a name, which means unprepared.
 */
function statementNames(): (query: SqlQuery) => string {
  const names = new Map<string, string>()
  return ({ sql, args }) => {
    // BEGIN, COMMIT and their kin: the simple protocol is one message.
    if (args.length === 0) return ''
    const known = names.get(sql)
    if (known !== undefined) return known
    if (names.size >= MAX_STATEMENTS || sql.length > MAX_STATEMENT_LENGTH) return ''
    const name = `prisma_${createHash('sha256').update(sql).digest('base64url').slice(0, 22)}`
    names.set(sql, name)
    return name
  }
}
