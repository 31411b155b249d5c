import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildSchema } from '../../src/graphql/schema.ts'
import { furnish } from '../graphql/foreign/names.ts'
import { type Answer, at, type Installation, openInstallation } from '../support/installation.ts'
import { operations } from './arbitrary-operation.ts'

/** On PostgreSQL, where statements wait for each other, there is more to find. */
const RUNS = process.env.TEST_DATABASE_URL === undefined ? 4 : 12
const TIMEOUT = 300_000

let installation: Installation
beforeAll(async () => {
  installation = await openInstallation()
})
afterAll(() => installation.stop())

/** An answer of the API: data, or errors that say what is wrong with what was asked. */
function expectAnswer({ status, text, codes }: Answer): void {
  expect([status, codes, text]).toEqual([
    expect.toSatisfy((is: number) => is < 500),
    expect.not.arrayContaining(['InternalFailure']),
    text,
  ])
}

describe.each([
  ['Query' as const, buildSchema().getQueryType()],
  ['Mutation' as const, buildSchema().getMutationType()],
])('a %s', (operation, type) => {
  test.each(Object.entries(type?.getFields() ?? {}))(
    '%s with any arguments is carried out or refused',
    async (_name, field) => {
      const account = await installation.openAccount()
      const admin = await account.user({ name: 'Keeper', allow: [{ action: '*' }] })
      const names = await furnish(installation, account, 'Own')
      const whatever = operations(operation, field, names)
      await fc.assert(
        fc.asyncProperty(whatever, async ({ query, variables }) => expectAnswer(await admin.ask(query, variables))),
        { numRuns: RUNS },
      )
      // Whatever was sent, the next request is answered.
      expect(at(await admin.ask('{ viewer { arn } }'), 'viewer.arn')).toBe(admin.arn)
    },
    TIMEOUT,
  )
})
