import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { grant, nameOf, NESTED_FIELDS } from './guarded-fields.ts'
import { type Answer, at, type Installation, openInstallation } from '../support/installation.ts'
import { beyondTheGate, statementsOf } from './statements.ts'
import { openWorld, type World } from '../support/world.ts'

let installation: Installation
let world: World
let callers = 0

/** Nothing is changed by reading, so all fields share a world. */
beforeAll(async () => {
  installation = await openInstallation()
  world = await openWorld(installation)
  await installation.db.userTag.create({
    data: {
      accountId: world.account.accountId,
      userId: world.target.id,
      key: world.targetKey.id,
      keyFold: world.targetKey.id.toLowerCase(),
      value: 'a bot',
    },
  })
})

afterAll(() => installation.stop())

const newName = () => `Reader-${++callers}`

describe.each(NESTED_FIELDS.map((nested) => [nameOf(nested), nested] as const))(
  '%s',
  (_name, { ask, reads, blames }) => {
    test('is there with exactly what it needs beside what leads to it', async () => {
      const self = newName()
      const { query, parents, need, path } = ask(world, self)
      const caller = await world.caller([...parents, need].map(grant), self)
      const answer = await caller.ask(query)
      expect(answer.errors).toEqual([])
      expect(at(answer, path)).not.toBeNull()
    })

    test('is null with an error at its place without, and its siblings stay', async () => {
      const self = newName()
      const { query, parents, need, path, sibling } = ask(world, self)
      const caller = await world.caller(parents.map(grant), self)
      let answer: Answer | undefined
      const statements = await statementsOf(installation.pool, async () => {
        answer = await caller.ask(query)
      })
      expectNestedDenial(answer!, path, sibling)
      if (reads !== undefined) expect(beyondTheGate(statements).filter((text) => text.includes(reads))).toEqual([])
      // The same action on a neighbour does not help, though the row may have to be looked at then.
      const neighbour = await world.caller(
        [...parents.map(grant), { action: need.action, on: need.on === '*' ? 'arn:aws:iam::*:user/x' : `${need.on}x` }],
        newName(),
      )
      if (need.display !== `user ${self}`) {
        const denied = await neighbour.ask(query)
        expectNestedDenial(denied, path, sibling)
        const action = blames ?? need.action
        expect(denied.errors[0]).toMatchObject({
          message: `User: ${neighbour.arn} is not authorized to perform: ${action} on resource: ${need.display} because no identity-based policy allows the ${action} action`,
          extensions: { authz: { principal: neighbour.arn, action, resource: need.shown } },
        })
      }
    })
  },
)

function expectNestedDenial(answer: Answer, path: string, sibling: string): void {
  expect(answer.codes.every((code) => code === 'AccessDenied')).toBe(true)
  expect(answer.errors.map((error) => error.path?.join('.'))).toContain(path)
  expect(at(answer, path)).toBeNull()
  expect(at(answer, sibling)).toEqual(expect.any(String))
}

test('objects of one answer are refused one by one', async () => {
  const { accountId, arn } = world.account
  const caller = await world.caller(
    [
      { action: 'iam:ListUsers', on: arn('user/staff/') },
      { action: 'iam:ListAccessKeys', on: arn('user/staff/Plain') },
    ],
    newName(),
  )
  const { data, errors } = await caller.ask(
    '{ users(pathPrefix: "/staff/") { edges { node { name accessKeys { id } } } } }',
  )
  expect(data).toEqual({
    users: {
      edges: [{ node: { name: 'Plain', accessKeys: [] } }, { node: { name: 'Target', accessKeys: null } }],
    },
  })
  expect(errors.map(({ path, extensions }) => [path, extensions.authz?.resource])).toEqual([
    [['users', 'edges', 1, 'node', 'accessKeys'], `arn:aws:iam::${accountId}:user/staff/Target`],
  ])
})
