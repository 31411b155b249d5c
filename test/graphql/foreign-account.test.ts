import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildSchema } from '../../src/graphql/schema.ts'
import { everythingOf, textsIn } from './foreign/everything-of.ts'
import { furnish, missingOf, type Names, trustIn } from './foreign/names.ts'
import { readable, searchable, withoutNames } from './foreign/plain-answer.ts'
import { placeByName } from './foreign/providers.ts'
import { everythingBelow, type Question, questionsOf, rootFields, unprovided } from './foreign/questions.ts'
import { openStream } from './event-stream.ts'
import {
  type Account,
  type Ask,
  type Installation,
  keyOf,
  openInstallation,
  type TestCaller,
} from '../support/installation.ts'
import { openWorld } from '../support/world.ts'

/** What leaves a trace in the other account's trail all the same, and why. */
const TRACED: Readonly<Record<string, string>> = {
  'Mutation.assumeRoleWithWebIdentity': 'Nobody has signed: the attempt is one on the account of the role.',
  'Mutation.assumeRoleWithSaml': 'Nobody has signed: the attempt is one on the account of the role.',
  'Mutation.signIn': 'Whoever signs in says which account it is: the attempt is one on that account.',
}

const schema = buildSchema()
const FIELDS = [...rootFields(schema)]
const named = (operation: string) => FIELDS.filter(([name]) => name.startsWith(operation))

let installation: Installation
/** The account that is asked about: it has what the callers' accounts have, and things of its own. */
let foreignAccount: Account
let foreign: Names
let foreignTexts: readonly string[]

beforeAll(async () => {
  installation = await openInstallation()
  foreignAccount = (await openWorld(installation)).account
  foreign = await furnish(installation, foreignAccount, 'Hidden')
})

afterAll(() => installation.stop())

test('no argument of any field is left out of these questions', () => {
  expect(unprovided(schema)).toEqual([])
  expect(FIELDS.length).toBeGreaterThan(80)
})

interface Callers {
  readonly account: Account
  readonly own: Names
  readonly asks: readonly (readonly [who: string, ask: Ask])[]
}

/** An account with one of everything, its root, and a user who may do everything. */
async function openCallers(account: Account): Promise<Callers> {
  const own = await furnish(installation, account, 'Own')
  const admin = await account.user({ name: 'Admin', allow: [{ action: '*' }] })
  return {
    account,
    own,
    asks: [
      ['an administrator', admin.ask],
      ['root', account.root],
    ],
  }
}

interface Heard {
  readonly who: string
  readonly about: string
  readonly text: string
  /** As text that does not say what was asked about. */
  readonly shape: string
}

async function hear({ own, asks }: Callers, asked: Names, questions: readonly Question[]): Promise<Heard[]> {
  const heard: Heard[] = []
  for (const { about, query, variables } of questions) {
    for (const [who, ask] of asks) {
      const text = readable(await ask(query, variables))
      // Whoever asks next finds a report that was begun complete.
      await installation.application.credentialReports.settled()
      heard.push({ who, about, text, shape: withoutNames(text, asked, own) })
    }
  }
  return heard
}

/** What answers have of the foreign account that the questions did not bring along. */
function leaked(heard: readonly Heard[], questions: readonly Question[]): string[] {
  const given = searchable(JSON.stringify([foreign, questions]) + readable({ status: 0, data: questions, errors: [] }))
  return heard.flatMap(({ who, about, text }) => {
    const answer = searchable(text)
    const secrets = foreignTexts.filter((secret) => answer.includes(secret) && !given.includes(secret))
    return secrets.map((secret) => `${who} about ${about}: ${secret}`)
  })
}

/** Nobody's names; those of an account that does not exist only when the question is another one then. */
function missingFor(name: string): readonly Names[] {
  const field = rootFields(schema).get(name)!
  const [missing, nowhere] = (['in the account', 'in no account'] as const).map((where) => missingOf(foreign, where))
  const [first, second] = [missing!, nowhere!].map((missing) => questionsOf(name, field, foreign, missing))
  return isDeepStrictEqual(first, second) ? [missing!] : [missing!, nowhere!]
}

/** Asks about what the foreign account has, about what it could have, and about an account that there is not. */
async function expectWall(name: string, callersFor: () => Promise<Callers>): Promise<void> {
  const field = rootFields(schema).get(name)!
  const before = await everythingOf(installation, foreign.accountId)
  const answers: Heard[][] = []
  for (const asked of [foreign, ...missingFor(name)]) {
    const callers = await callersFor()
    const questions = questionsOf(name, field, callers.own, asked).filter(({ told }) => !told)
    const heard = await hear(callers, asked, questions)
    if (asked === foreign) expect(leaked(heard, questions)).toEqual([])
    answers.push(heard)
  }
  const [existing, missing, nowhere = existing] = answers.map((heard) =>
    heard.map(({ who, about, shape }) => ({ who, about, shape })),
  )
  expect(missing, 'as if it were not there').toEqual(existing)
  expect(nowhere, 'as if the account were not there').toEqual(existing)
  expect(answers.flat().filter(({ text }) => /InternalFailure|GRAPHQL_|BAD_USER_INPUT/.test(text))).toEqual([])
  const untraced = (rows: readonly string[]) =>
    name in TRACED ? rows.filter((row) => !row.startsWith('audit_event ')) : rows
  expect(untraced(await everythingOf(installation, foreign.accountId))).toEqual(untraced(before))
}

describe('what another account has is answered like what nobody has, and stays as it is, by', () => {
  let callers: Callers

  beforeAll(async () => {
    const { account } = await openWorld(installation)
    callers = await openCallers(account)
    installation.clock.set('2026-01-15T12:31:00Z')
    const mine = textsIn(await everythingOf(installation, account.accountId))
    const moment = /^\d{4}-\d\d-\d\d/
    const theirs = textsIn(await everythingOf(installation, foreign.accountId))
    foreignTexts = [...theirs].filter((text) => !mine.has(text) && !moment.test(text)).map(searchable)
  })

  test.each(named('Query'))('%s', async (name) => {
    await expectWall(name, async () => callers)
  })

  test.each(named('Mutation'))('%s', async (name) => {
    await expectWall(name, async () => openCallers(await installation.openAccount()))
  })

  test('lists below an object, from a place that a foreign cursor names', async () => {
    const withLists = named('Query').filter(([, field]) => everythingBelow(field, foreign).includes('pageInfo'))
    expect(withLists.length).toBeGreaterThan(8)
    const { own, asks } = callers
    for (const [name, field] of withLists) {
      const heard: string[] = []
      for (const asked of [foreign, missingOf(foreign, 'in the account')]) {
        const after = placeByName(asked)
        const [question] = questionsOf(name, field, own, own, after)
        const { query, variables } = question!
        const answer = await asks[0]![1](query, variables)
        const text = readable(answer)
        expect(leaked([{ who: name, about: 'after', text, shape: '' }], [question!])).toEqual([])
        heard.push(withoutNames(text, asked, own))
      }
      expect(heard[1]).toEqual(heard[0])
    }
  })
})

describe('streams', () => {
  const FILTERS: Readonly<Record<string, (actor: TestCaller) => object>> = {
    'Subscription.auditEventAdded': ({ arn, accessKeys }) => ({ principalArn: arn, accessKeyId: accessKeys[0]!.id }),
  }

  test.each(named('Subscription'))('%s: nothing that another account does is told, asked for or not', async (name) => {
    const account = await installation.openAccount()
    const actor = await foreignAccount.user({ name: 'Hidden-actor', allow: [{ action: '*' }] })
    const watcher = await account.user({ name: 'Watcher', allow: [{ action: '*' }] })
    installation.clock.advance(1)
    const key = keyOf(watcher.accessKeys[0]!)
    const filters = [{ action: 'iam:CreateGroup' }, FILTERS[name]!(actor)]
    const [all, theirs] = await Promise.all(filters.map((filter) => openStream(installation, key, filter)))
    for (const ask of [actor.ask, watcher.ask])
      await ask('mutation { createGroup(input: { groupName: "Told" }) { group { name } } }')
    await installation.application.readQueue.flush()
    await installation.application.eventFeed.poll()
    expect(await all!.next()).toMatchObject({
      data: { data: { auditEventAdded: { action: 'iam:CreateGroup', result: 'SUCCESS' } } },
    })
    installation.application.endStreams()
    const told = [...(await all!.rest()), ...(await theirs!.rest())]
    expect(told.filter(({ data }) => JSON.stringify(data).includes('iam:'))).toEqual([])
  })
})

describe('who is named in a trust policy', () => {
  const CREATE = `mutation ($roleName: String!, $trust: PolicyDocument!) {
    createRole(input: { roleName: $roleName, assumeRolePolicyDocument: $trust }) { role { assumeRolePolicyText } }
  }`
  let callers: Callers
  let roles = 0

  beforeAll(async () => {
    callers = await openCallers(await installation.openAccount())
  })

  const trusting = (principal: string) =>
    callers.account.root(CREATE, { roleName: `Trusting-${++roles}`, trust: trustIn(principal) })

  test.each(['accountId', 'userArn', 'roleArn'] as const)('must exist, and is shown by its ARN: %s', async (kind) => {
    const accepted = await trusting(foreign[kind])
    const shown = kind === 'accountId' ? `arn:aws:iam::${foreign[kind]}:root` : foreign[kind]
    expect(accepted.data).toEqual({ createRole: { role: { assumeRolePolicyText: trustIn(shown) } } })
    const refused = await trusting(missingOf(foreign, 'in no account')[kind])
    expect(refused.errors[0]).toMatchObject({ extensions: { code: 'MalformedPolicyDocument' } })
  })

  test.each(['userId', 'roleId'] as const)('is not found out by a unique id: %s', async (kind) => {
    for (const id of [foreign[kind], missingOf(foreign, 'in the account')[kind]]) {
      const { errors } = await trusting(id)
      expect(errors.map(({ message }) => message)).toEqual([`Invalid principal in policy: "AWS":"${id}"`])
    }
    expect((await trusting(callers.own[kind])).codes).toEqual([])
  })
})
