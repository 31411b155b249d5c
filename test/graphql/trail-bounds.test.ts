import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSigningFetch } from '../../src/client/index.ts'
import { buildSchema } from '../../src/graphql/schema.ts'
import { WRONG_SIGNATURE } from '../../src/iam/audit/event-tally.ts'
import {
  type Account,
  at,
  type Installation,
  keyOf,
  openInstallation,
  type TestCaller,
} from '../support/installation.ts'
import { testClock } from '../support/services.ts'

const LONG = 100_000
const DOCUMENT = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
/** The longest that any column may hold but a policy, of which IAM takes 131,072 characters. */
const LONGEST_COLUMN = 24_000

let installation: Installation
let account: Account

beforeAll(async () => {
  const clock = testClock()
  installation = await openInstallation({ clock, monotonic: () => clock().getTime(), logLevel: 'warn' })
  account = await installation.openAccount()
})

afterAll(() => installation.stop())

/** Bytes of each row of the tables of the trail. */
async function trailBytes(
  accountId: string,
): Promise<{ readonly rows: number; readonly bytes: number; readonly largest: number }> {
  await installation.application.readQueue.flush()
  const { rows } = await installation.pool.query<{ rows: number; bytes: number; largest: number }>(
    `select count(*)::int as rows, coalesce(sum(b), 0)::int as bytes, coalesce(max(b), 0)::int as largest from (
       select octet_length(to_jsonb(e)::text) as b from audit_event e where account_id = $1
       union all select octet_length(to_jsonb(d)::text) from decision_record d where account_id = $1) t`,
    [accountId],
  )
  return rows[0]!
}

/** The longest text or JSON in any column of any table, and where it is. */
async function longestColumn(): Promise<{ readonly where: string; readonly bytes: number }> {
  const { rows: columns } = await installation.pool.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = current_schema() and data_type in ('text', 'jsonb', 'ARRAY', 'bytea', 'character varying')
       and table_name not like E'\\\\_prisma%' and column_name not in ('document', 'trust_policy')`,
  )
  let longest = { where: '', bytes: 0 }
  for (const { table, column } of columns) {
    const { rows } = await installation.pool.query<{ bytes: number }>(
      `select coalesce(max(octet_length("${column}"::text)), 0)::int as bytes from "${table}"`,
    )
    const bytes = rows[0]?.bytes ?? 0
    if (bytes > longest.bytes) longest = { where: `${table}.${column}`, bytes }
  }
  return longest
}

type Input = GraphQLArgument | GraphQLInputField
type Path = readonly string[]

/** Places of an argument that take a text, below input objects and lists. */
function textPlaces({ name, type }: Input, above: Path = []): Path[] {
  const named = getNamedType(type)
  const path = [...above, name]
  if (isInputObjectType(named)) return Object.values(named.getFields()).flatMap((field) => textPlaces(field, path))
  return ['String', 'ID', 'ARN', 'PolicyDocument', 'JSON'].includes(named.name) ? [path] : []
}

/** A value for an argument that has the long text at one place, something short where something must be, and else nothing. */
function valueFor({ name, type }: Input, place: Path, long: string, known: Readonly<Record<string, string>>): unknown {
  const here = place[0] === name
  if (!here && !isNonNullType(type) && known[name] === undefined) return undefined
  return fill(type, name, here ? place.slice(1) : [], here, long, known)
}

function fill(
  type: GraphQLInputType,
  name: string,
  rest: Path,
  here: boolean,
  long: string,
  known: Readonly<Record<string, string>>,
): unknown {
  if (isNonNullType(type)) return fill(type.ofType, name, rest, here, long, known)
  if (isListType(type)) return [fill(type.ofType, name, rest, here, long, known)]
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map((field) => [field.name, valueFor(field, rest, long, known)])
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined))
  }
  // White space counts to no quota: a document may really be as long as that.
  if (here && rest.length === 0)
    return type.toString() === 'PolicyDocument' ? DOCUMENT.replace('{', `{${' '.repeat(LONG)}`) : long
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (type.name === 'Int') return 3_600
  if (type.name === 'Boolean') return true
  if (type.name === 'DateTime') return '2026-01-15T12:00:00Z'
  if (type.name === 'PolicyDocument') return DOCUMENT
  return known[name] ?? (type.name === 'ARN' ? known.policyArn : 'short')
}

test('of a text of 100,000 characters in any argument of any mutation no more is stored than a bound, in any column', async () => {
  const target = await account.user({ name: 'target' })
  const policy = await account.root(
    'mutation ($document: PolicyDocument!) { createPolicy(input: { policyName: "known", policyDocument: $document }) { policy { arn } } }',
    { document: DOCUMENT },
  )
  await account.root(
    'mutation ($document: PolicyDocument!) { createRole(input: { roleName: "known", assumeRolePolicyDocument: $document }) { role { arn } } }',
    {
      document: `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"${account.accountId}"}}}`,
    },
  )
  await account.root('mutation { createGroup(input: { groupName: "known" }) { group { arn } } }')
  const known = {
    userName: 'target',
    groupName: 'known',
    roleName: 'known',
    roleArn: account.arn('role/known'),
    policyArn: String(at(policy, 'createPolicy.policy.arn')),
    account: account.accountId,
    roleSessionName: 'session',
    webIdentityToken: 'a.b.c',
    url: 'https://idp.example.com',
    thumbprintList: 'a'.repeat(40),
    openIdConnectProviderArn: account.arn('oidc-provider/idp.example.com'),
  }
  const caller = await account.user({ name: 'caller', allow: [{ action: '*' }] })
  const mutations = Object.values(buildSchema().getMutationType()?.getFields() ?? {})
  // What would end the caller or what the others need comes last.
  const inOrder = mutations.toSorted(
    (a, b) => Number(/^(delete|signOut)/.test(a.name)) - Number(/^(delete|signOut)/.test(b.name)),
  )
  const before = await trailBytes(account.accountId)
  let asked = 0
  for (const mutation of inOrder) {
    for (const argument of mutation.args) {
      for (const place of textPlaces(argument)) {
        const variables = Object.fromEntries(
          mutation.args
            .map((one) => [one.name, valueFor(one, one === argument ? place : [], 'Z'.repeat(LONG), known)] as const)
            .filter(([, value]) => value !== undefined),
        )
        const given = mutation.args.filter(({ name }) => name in variables)
        const query = `mutation (${given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')}) { ${mutation.name}(${given
          .map(({ name }) => `${name}: $${name}`)
          .join(', ')}) { __typename } }`
        const { status, text } = await caller.ask(query, variables)
        expect(status, `${mutation.name} ${place.join('.')}: ${text.slice(0, 300)}`).toBeLessThan(500)
        if (/signIn|WebIdentity/.test(mutation.name)) await installation.anonymous(query, variables)
        const isDocument = /[dD]ocument$/.test(place.at(-1) ?? '')
        expect(text.includes('"errors"') || isDocument, `${mutation.name} ${place.join('.')}`).toBe(true)
        asked++
      }
    }
  }
  expect(asked).toBeGreaterThan(100)
  const after = await trailBytes(account.accountId)
  const { bytes, where } = await longestColumn()
  expect(bytes, where).toBeLessThan(LONGEST_COLUMN)
  expect(after.largest).toBeLessThan(32_000)
  // 100,000 bytes were sent each time.
  expect((after.bytes - before.bytes) / asked).toBeLessThan(8_000)
  expect(target.name).toBe('target')
}, 120_000)

test('long headers are cut in every table that keeps them', async () => {
  const long = `agent/${'x'.repeat(7_000)}`
  const answer = await installation.asks(fetch, { 'user-agent': long, referer: `http://localhost/${long}` })(
    'mutation ($account: String!) { signIn(input: { account: $account, userName: "nobody", password: "wrong-password" }) { __typename } }',
    { account: account.accountId },
  )
  expect(answer.codes).toEqual(['AccessDenied'])
  const event = (await account.trail()).find(({ requestId }) => requestId === answer.requestId)
  expect(event?.userAgent).toMatch(/^agent\/x+…\[cut: 7006 bytes\]$/)
  expect(event?.userAgent?.length).toBeLessThanOrEqual(512)
})

test('denials of a request are recorded one by one up to twenty, and one event counts the others by action', async () => {
  const nobody = await account.user({ name: 'nobody' })
  const fields = Array.from({ length: 90 }, (_, n) => `a${n}: ${n % 3 === 0 ? 'group' : 'user'}(name: "${n}") { arn }`)
  const { codes, requestId } = await nobody.ask(`{ ${fields.join(' ')} }`)
  expect(codes).toHaveLength(90)
  const events = (await account.trail()).filter((event) => event.requestId === requestId)
  expect(events).toHaveLength(21)
  const single = events.filter(({ decisionId }) => decisionId !== null)
  expect(single).toHaveLength(20)
  const [others] = events.filter(({ decisionId }) => decisionId === null)
  expect(others).toMatchObject({
    result: 'DENIED',
    action: '*',
    resource: '*',
    errorCode: 'AccessDenied',
    detail: { count: 70 },
  })
  expect(JSON.stringify(others?.detail)).toMatch(
    /iam:GetUser: \d+.*iam:GetGroup: \d+|iam:GetGroup: \d+.*iam:GetUser: \d+/,
  )
  const ids = single.map(({ decisionId }) => decisionId!)
  expect(await installation.db.decisionRecord.count({ where: { accountId: account.accountId, id: { in: ids } } })).toBe(
    20,
  )
})

test('denials without end write no more than the budget, and every one of them is counted', async () => {
  const other = await installation.openAccount()
  const nobody = await other.user({ name: 'nobody' })
  const asked = 12
  // Most of the budget is spent already.
  const { accountId, id } = nobody
  installation.services.budgets.of({ kind: 'principal', id: `${accountId} ${id}` }).owe('recordBytes', 1_800_000)
  const query = `query ($n: String!) { ${Array.from(
    { length: 90 },
    (_, n) => `a${n}: user(name: $n) { arn } b${n}: group(name: "g${n}") { arn }`,
  )
    .slice(0, 45)
    .join(' ')} }`
  for (let n = 0; n < asked; n++) await nobody.ask(query, { n: `${n}${'x'.repeat(900)}` })
  await installation.application.tally.flush()
  const { bytes } = await trailBytes(other.accountId)
  // What was left of the burst, the last row, and what was counted: the clock stands still.
  expect(bytes).toBeLessThan(300_000)
  const { rows } = await installation.pool.query<{ denied: number }>(
    `select sum(coalesce((detail->>'count')::int, 1))::int as denied from audit_event where account_id = $1 and result = 'DENIED'`,
    [other.accountId],
  )
  expect(rows[0]?.denied).toBe(asked * 46)
})

test('sessions with large policies are Throttling when the budget for the trail is spent, and ordinary ones are not', async () => {
  const signer = await account.user({ name: 'signer', allow: [{ action: 'sts:GetFederationToken' }] })
  installation.services.budgets
    .of({ kind: 'principal', id: `${account.accountId} ${signer.id}` })
    .owe('recordBytes', 1_990_000)
  const ask = (policy: string | null, times: number) =>
    signer.ask(
      `mutation ($policy: PolicyDocument) { ${Array.from({ length: times }, (_, n) => `a${n}: getFederationToken(input: { name: "somebody", policy: $policy }) { __typename }`).join(' ')} }`,
      { policy },
    )
  const { codes } = await ask(DOCUMENT.replace('{', `{${' '.repeat(1_900)}`), 30)
  expect(new Set(codes)).toEqual(new Set(['Throttling']))
  expect(codes.length).toBeGreaterThan(10)
  expect((await ask(null, 10)).codes).toEqual([])
})

/** Asks for the same with a signature that is wrong, so many times. */
async function guess(resident: TestCaller, times: number) {
  const [key] = resident.accessKeys
  const wrong = installation.signs({ ...keyOf(key!), secretAccessKey: 'wrong'.repeat(8) })
  const codes: string[] = []
  for (let n = 0; n < times; n++) codes.push(...(await wrong('{ viewer { arn } }')).codes)
  return codes
}

test('a key whose signatures were wrong twenty times is held up at that address, right or wrong, in both doors; others are not', async () => {
  const victim = await account.user({ name: 'victim' })
  const bystander = await account.user({ name: 'bystander' })
  const codes = await guess(victim, 25)
  expect(codes).toEqual([...Array<string>(20).fill('SignatureDoesNotMatch'), ...Array<string>(5).fill('Throttling')])
  const signed = createSigningFetch({ ...keyOf(victim.accessKeys[0]!), service: 'iam', now: installation.clock })
  const callAws = async () => {
    const body = new URLSearchParams({ Action: 'GetAccountSummary', Version: '2010-05-08' })
    return await (await signed(`${installation.url}/`, { method: 'POST', body })).text()
  }
  expect(await callAws()).toContain('<Code>Throttling</Code>')
  const held = await victim.ask('{ viewer { arn } }')
  expect(held.codes).toEqual(['Throttling'])
  expect(held.errors[0]?.extensions).toMatchObject({ retryAfterSeconds: 10 })
  expect((await victim.ask('mutation { signInWithAccessKey { __typename } }')).codes).toEqual(['Throttling'])
  expect((await bystander.ask('{ viewer { arn } }')).codes).toEqual([])
  installation.clock.advance(10_000)
  expect((await victim.ask('{ viewer { arn } }')).codes).toEqual([])
  expect(await callAws()).toContain('<Code>AccessDenied</Code>')

  await installation.application.tally.flush()
  const found = await account.root(
    '{ failedSignatures(since: "2026-01-01T00:00:00Z") { accessKeyId ownerArn sourceIp count } }',
  )
  expect(found.data).toEqual({
    failedSignatures: [
      { accessKeyId: victim.accessKeys[0]?.id, ownerArn: victim.arn, sourceIp: '127.0.0.1', count: 28 },
    ],
  })
  const events = (await account.trail()).filter(({ action }) => action === WRONG_SIGNATURE)
  expect(events).toHaveLength(1)
  expect(installation.logged()).toContain(`"accessKeyId":"${victim.accessKeys[0]?.id}"`)
})
