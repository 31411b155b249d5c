import { beforeAll, describe, expect, test } from 'vitest'
import { pageOfUsers, type UsersArgs } from '../../../src/iam/users/page-of-users.ts'
import { freshDatabase, type TestDatabase } from '../../support/database.ts'
import { plansOf } from '../../support/plans.ts'
import { type SeededAccount, seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

let database: TestDatabase
let services: TestServices
let account: SeededAccount

const USERS = 20_000
const lastKey = `AKIA${'A'.repeat(11)}${String(USERS).padStart(5, '0')}`

beforeAll(async () => {
  database = await freshDatabase()
  services = testServices(database)
  account = await seedAccount(services)
  const { pool } = database
  await pool.query(
    `insert into "user" (account_id, id, name, name_key, path, created_at)
       select $1, 'AIDA' || n, 'user-' || n, 'user-' || n, '/team-' || n || '/', now() from generate_series(1, $2::int) n`,
    [account.accountId, USERS],
  )
  await pool.query(
    `insert into access_key (account_id, id, user_id, secret, secret_key_id, created_at)
       select $1, 'AKIA' || repeat('A', 11) || lpad(n::text, 5, '0'), 'AIDA' || n, ''::bytea, 'key', now()
       from generate_series(1, $2::int) n`,
    [account.accountId, USERS],
  )
  await pool.query('vacuum analyze "user"')
  await pool.query('vacuum analyze access_key')
})

describe('among many users a page is read along an index', () => {
  test.each<[string, UsersArgs, number, RegExp?]>([
    ['first page', { first: 25 }, 25],
    ['last page', { last: 25 }, 25],
    ['of a key id', { accessKeyId: lastKey }, 1],
    ['search for a key id', { search: lastKey }, 1],
    ['search for a part of a name', { search: 'SER-19999' }, 1, /Bitmap Index Scan on user_name_key_idx/],
    ['below a path', { pathPrefix: '/team-19999/' }, 1, /Index Scan (using|on) user_account_id_path_idx/],
    ['below a path where nobody is', { pathPrefix: '/nowhere/' }, 0, /Index Scan (using|on) user_account_id_path_idx/],
    ['search for what nobody has', { search: 'nobody' }, 0, /Bitmap Index Scan on user_name_key_idx/],
  ])('%s', async (_what, args, count, way = /Index (Only )?Scan|Bitmap Index Scan/) => {
    let found = 0
    const plans = await plansOf(database.pool, async () => {
      const { where, orderBy, take, connection } = await pageOfUsers(services.db, account.accountId, args)
      const rows = await services.db.user.findMany({
        relationLoadStrategy: 'join',
        where,
        orderBy,
        take,
        include: { accessKeys: true },
      })
      found = connection(rows).edges.length
    })
    expect(found).toBe(count)
    expect(plans).not.toContain('Seq Scan')
    expect(plans).toMatch(way)
  })
})
