import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FieldCase, grant, type Need, nameOf, ROOT_FIELDS } from './guarded-fields.ts'
import {
  type Answer,
  at,
  type Grant,
  type Installation,
  openInstallation,
  type TestCaller,
} from '../support/installation.ts'
import { beyondTheGate, statementsOf } from './statements.ts'
import { contentOf, openWorld, passwordHash, type World } from '../support/world.ts'

let installation: Installation

beforeAll(async () => {
  installation = await openInstallation()
})

afterAll(() => installation.stop())

/** The right action on a neighbour of the resource: enough for those who only look at the beginning. */
const nearMiss = ({ action, on }: Need): Grant => ({ action, on: on === '*' ? 'arn:aws:iam::*:user/x' : `${on}x` })

/** Fields that are refused one after the other in one world. With many, the rows of all their callers take longer to compare. */
const FIELDS_A_WORLD = 5

/** A world for tests that change nothing but to add callers of their own. */
const unchangedWorld = (() => {
  let uses = 0
  let world: Promise<World>
  return () => {
    if (uses++ % FIELDS_A_WORLD === 0) world = openWorld(installation)
    return world
  }
})()

let callers = 0

/** Everything is asked by somebody new. */
const newName = () => `Caller-${++callers}`

async function callerOf(world: World, name: string, allow: readonly Grant[]): Promise<TestCaller> {
  const caller = await world.caller(allow, name)
  const { accountId, id: userId } = caller
  const at = { createdAt: installation.clock(), passwordChangedAt: installation.clock() }
  await installation.db.loginProfile.create({ data: { accountId, userId, passwordHash: await passwordHash, ...at } })
  return caller
}

function refusal(caller: TestCaller, { action, display, shown }: Need) {
  return {
    message: `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${display} because no identity-based policy allows the ${action} action`,
    extensions: {
      code: 'AccessDenied',
      requestId: expect.any(String),
      authz: {
        decisionId: expect.any(String),
        principal: caller.arn,
        action,
        resource: shown,
        effect: 'IMPLICIT_DENY',
        reason: 'NO_IDENTITY_POLICY',
        mfaRequired: false,
      },
    },
  }
}

/** Asks without one of the needed permissions: refused for that one, nothing read, nothing changed, and recorded. */
async function expectRefused(world: World, ask: FieldCase['ask'], lacking: number): Promise<void> {
  const self = newName()
  const { query, variables, needs } = ask(world, self)
  const lacked = needs[lacking]!
  const caller = await callerOf(world, self, [...needs.filter((_, i) => i !== lacking).map(grant), nearMiss(lacked)])
  const { accountId } = world.account
  const before = await contentOf(installation, accountId)
  let answer: Answer | undefined
  const statements = await statementsOf(installation.pool, async () => {
    answer = await caller.ask(query, variables)
  })

  expect(answer?.errors).toHaveLength(1)
  const [error] = answer?.errors ?? []
  expect(error).toMatchObject(refusal(caller, lacked))
  expect(Object.keys(error?.extensions.authz ?? {})).toHaveLength(7)
  expect(Object.values(answer?.data ?? {})).toEqual([null])
  expect(beyondTheGate(statements)).toEqual([])
  expect(await contentOf(installation, accountId)).toEqual(before)
  const events = await world.account.trail()
  expect(events.find(({ decisionId }) => decisionId === error?.extensions.authz?.decisionId)).toMatchObject({
    result: 'DENIED',
    action: lacked.action,
    resource: lacked.on,
    principalArn: caller.arn,
    accessKeyId: caller.accessKeys[0]?.id,
    requestId: error?.extensions.requestId,
  })
}

describe.each(ROOT_FIELDS.map((fieldCase) => [nameOf(fieldCase), fieldCase] as const))(
  '%s',
  (_name, { ask, askAboutNothing }) => {
    test('works with exactly what it says it needs', async () => {
      const world = await openWorld(installation)
      const { query, variables, needs, finds, refusesUsers } = ask(world, 'Caller')
      const caller = await callerOf(world, 'Caller', needs.map(grant))
      const answer = await caller.ask(query, variables)
      expect(answer.codes).toEqual(refusesUsers === undefined ? [] : [refusesUsers])
      if (refusesUsers === undefined) expect(at(answer, finds)).toEqual(expect.any(String))
    })

    // Nothing is changed by what is refused, so all of these share a world.
    describe('when refused', () => {
      let world: World
      beforeAll(async () => {
        world = await unchangedWorld()
      })

      test('reads and changes nothing, whichever permission is missing', async () => {
        for (const lacking of ask(world, 'Nobody').needs.keys()) await expectRefused(world, ask, lacking)
      })

      test('says that it was an explicit deny, though it is allowed everywhere', async () => {
        const self = newName()
        const { query, variables, needs } = ask(world, self)
        const first = needs[0]!
        const allowed = needs.map(({ action }) => ({ action }))
        const caller = await world.caller([...allowed, { ...grant(first), effect: 'Deny' }], self)
        const before = await contentOf(installation, world.account.accountId)
        const { errors } = await caller.ask(query, variables)
        expect(errors).toMatchObject([
          {
            message: `User: ${caller.arn} is not authorized to perform: ${first.action} on resource: ${first.display} with an explicit deny in an identity-based policy`,
            extensions: { code: 'AccessDenied', authz: { effect: 'EXPLICIT_DENY', reason: 'IDENTITY_POLICY' } },
          },
        ])
        expect(await contentOf(installation, world.account.accountId)).toEqual(before)
      })

      if (askAboutNothing) {
        test('answers for what does not exist exactly as for what does', async () => {
          for (const lacking of askAboutNothing(world).needs.keys())
            await expectRefused(world, askAboutNothing, lacking)
        })
      }

      test('answers nobody who has not said who it is', async () => {
        const { query, variables } = ask(world, 'Nobody')
        const before = await contentOf(installation, world.account.accountId)
        const { errors, data } = await installation.anonymous(query, variables)
        expect(errors).toMatchObject([
          { message: 'Request is missing Authentication Token', extensions: { code: 'MissingAuthenticationToken' } },
        ])
        expect(Object.values(data ?? {})).toEqual([null])
        expect(await contentOf(installation, world.account.accountId)).toEqual(before)
      })
    })
  },
)
