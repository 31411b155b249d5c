import { afterAll, beforeAll, expect, test } from 'vitest'
import { at, type Installation, openInstallation } from '../support/installation.ts'
import { statementsOf } from './statements.ts'
import { openWorld, type World } from '../support/world.ts'

let installation: Installation
let world: World

beforeAll(async () => {
  installation = await openInstallation()
  world = await openWorld(installation)
})

afterAll(() => installation.stop())

const NODES = 'edges { node { type name id arn } }'

test('tells type, name, unique id and ARN with path', async () => {
  const { managed, crew, engine, target, account } = world
  const answer = await account.root(`query ($arn: ARN!) { policy(arn: $arn) { entities { ${NODES} } } }`, {
    arn: managed.arn,
  })
  expect(answer.errors).toEqual([])
  expect(at(answer, 'policy.entities.edges')).toEqual([
    { node: { type: 'GROUP', name: 'Crew', id: crew.id, arn: world.arn('group/ships/Crew') } },
    { node: { type: 'ROLE', name: 'Engine', id: engine.id, arn: engine.arn } },
    { node: { type: 'USER', name: 'Target', id: target.id, arn: target.arn } },
  ])
})

test('one question lists several pages of several policies, and what is wrong with one of them stays its own', async () => {
  const answer = await world.account.root(
    `{ policies(first: 2) { edges { node {
      policyName
      one: entities(first: 1) { ${NODES} pageInfo { hasNextPage } }
      roles: entities(entityFilter: ROLE) { ${NODES} }
      wrong: entities(first: 0) { ${NODES} }
    } } } }`,
  )
  expect(answer.errors.map(({ path, extensions }) => [path?.join('.'), extensions.code])).toEqual([
    ['policies.edges.0.node.wrong', 'ValidationError'],
    ['policies.edges.1.node.wrong', 'ValidationError'],
  ])
  expect(at(answer, 'policies.edges.1.node')).toMatchObject({
    policyName: 'Managed',
    one: { edges: [{ node: { name: 'Crew' } }], pageInfo: { hasNextPage: true } },
    roles: { edges: [{ node: { name: 'Engine' } }] },
    wrong: null,
  })
})

test('costs a list of policies no statement for each', async () => {
  const { account } = world
  const ask = () => account.root(`{ policies { edges { node { entities(first: 3) { ${NODES} } } } } }`)
  const cost = async () => {
    await ask()
    const statements = await statementsOf(installation.pool, async () => {
      expect((await ask()).errors).toEqual([])
    })
    return statements.length
  }
  const few = await cost()
  for (let n = 0; n < 10; n++) {
    const { id } = await account.createTestPolicy({ name: `more-${n}`, document: {} })
    await account.createTestUser({ name: `holder-${n}`, attached: [id], boundary: id, accessKeys: 0 })
  }
  expect(await cost()).toBe(few)
})
