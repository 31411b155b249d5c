import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { freshDatabase } from '../support/database.ts'
import { tablesOfAccounts } from '../support/world.ts'

const SCHEMA = path.join(import.meta.dirname, '../../prisma/schema.prisma')
/** What is written of those who only ask. */
const LEFT_OUT = ['audit_event', 'decision_record']

test('“nothing was changed” is judged by every table that belongs to accounts', async () => {
  const models = readFileSync(SCHEMA, 'utf8')
    .split(/^model /m)
    .slice(1)
  const tables = models
    .filter((model) => /@map\("account_id"\)/.test(model))
    .map((model) => /@@map\("(\w+)"\)/.exec(model)?.[1] ?? 'a model without a name of its table')
    .filter((name) => !LEFT_OUT.includes(name))
  const { pool } = await freshDatabase()
  const read = await tablesOfAccounts(pool)
  expect(read.map(({ name }) => name).toSorted()).toEqual(['account', ...tables].toSorted())
})
