import type { Caller } from '../caller.ts'
import type { Play, Stage } from '../stage.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }

/** Requests and answers of GraphQL over HTTP itself. */
export const protocolOfGraphql: Play = async ({ send, admin, anonymous }) => {
  const post = (text: string, caller: Caller = admin, headers: Record<string, string> = JSON_TYPE) =>
    send(
      caller,
      `with\n${text.length > 300 ? `${text.slice(0, 300)}… (${text.length} characters)` : text}`,
      { method: 'POST', headers, body: text },
      '/graphql',
    )
  const query = (text: string, more: object = {}) => post(JSON.stringify({ query: text, ...more }))
  await query('{ viewer { arn } }')
  await query('query Who { viewer { arn } } query Other { __typename }', { operationName: 'Who' })
  await query('query Who { viewer { arn } } query Other { __typename }')
  await query('{ viewer { arn } user { name } missing: user(name: "None") { name } }')
  await query('{ viewer {')
  await query('{ nothing }')
  await query('{ user(name: 1) { name } }')
  await query('mutation ($input: CreateUserInput!) { createUser(input: $input) { user { name } } }', { variables: {} })
  await query('mutation ($input: CreateUserInput!) { createUser(input: $input) { user { name } } }', {
    variables: { input: { userName: 1, colour: 'red' } },
  })
  await query(
    'mutation { createUser(input: { userName: "A" }) { user { name } } createGroup(input: { groupName: "A" }) { group { name } } }',
  )
  await query('{ __schema { queryType { name } mutationType { name } subscriptionType { name } } }')
  await query('{ __type(name: "Tag") { kind fields { name type { kind name ofType { name } } } } }')
  await query(
    `{ viewer { user ${'{ groups { edges { node { users { edges { node '.repeat(3)} { name } ${'} } } } } }'.repeat(3)} } }`,
  )
  await query(`{ ${'viewer { arn } '.repeat(1500)} }`)
  await query(`{ ${Array.from({ length: 101 }, (_, n) => `a${n}: viewer { arn }`).join(' ')} }`)
  await query('{ users(first: 1000) { edges { node { groups(first: 1000) { edges { node { name } } } } } } }')
  await post('{}')
  await post('no JSON')
  await post('[{"query":"{ viewer { arn } }"}]')
  await post('{"query":"{ viewer { arn } }"}', admin, { 'content-type': 'text/plain' })
  await post('{"query":"{ viewer { arn } }"}', anonymous)
  await post('{"query":"{ __typename }"}', anonymous)
  await post('{"query":"{ viewer { arn } }"}', anonymous, { ...JSON_TYPE, authorization: 'Basic YTpi' })
  await post('{"query":"{ viewer { arn } }"}', anonymous, { ...JSON_TYPE, origin: 'https://evil.example.com' })
  await post('{"query":"{ viewer { arn } }"}', admin, { ...JSON_TYPE, accept: 'application/graphql-response+json' })
  await post('{"query":"{ viewer {"}', admin, { ...JSON_TYPE, accept: 'application/graphql-response+json' })
  const get = (caller: Caller, path: string, method = 'GET') => send(caller, `with ${method} ${path}`, { method }, path)
  await get(admin, `/graphql?query=${encodeURIComponent('{ viewer { arn } }')}`)
  await get(admin, `/graphql?query=${encodeURIComponent('mutation { signOut { signedOut } }')}`)
  await get(anonymous, '/graphql')
  await get(anonymous, '/graphql', 'DELETE')
  await get(anonymous, '/healthz')
  await get(anonymous, '/readyz')
  await get(anonymous, '/nothing')
}

/** Requests and answers of the AWS query protocol itself. */
export const protocolOfAws: Play = async (stage) => {
  const { admin, anonymous, clock } = stage
  const iam = 'Version=2010-05-08'
  const post = postedTo(stage)
  await post(`Action=GetUser&${iam}`)
  await post(`Action=Nothing&${iam}`)
  await post('Action=GetUser')
  await post('Action=GetUser&Version=2011-06-15')
  await post('Action=GetUser&Version=1999-01-01')
  await post(iam)
  await post('')
  await post(`Action=GetUser&${iam}&UserName=a%2`)
  await post(`Action=GetUser&${iam}&UserName=%zz`)
  await post(`Action=GetUser&${iam}&UserName=%ff`)
  await post(`Action=GetUser&${iam}&UserName=Admin&UserName=Nobody&Colour=red`)
  await post(`Action=TagUser&${iam}&UserName=Admin&Tags.member.1.Key=k`)
  await post(
    `Action=TagUser&${iam}&UserName=Admin&Tags.member.2.Key=b&Tags.member.2.Value=2&Tags.member.1.Key=a&Tags.member.1.Value=1`,
  )
  await post(`Action=UntagUser&${iam}&UserName=Admin&TagKeys.member.0=k`)
  await post(`Action=UntagUser&${iam}&UserName=Admin&TagKeys=`)
  await post(`Action=ListUsers&${iam}&MaxItems=many`)
  await post(`Action=ListUsers&${iam}&MaxItems=1001`)
  await post(`Action=%00%3Ca%3E&${iam}`)
  await post(`Action=GetUser&${iam}`, admin, JSON_TYPE)
  await post(`Action=ListUsers&${iam}`, anonymous)
  await post(`Action=ListUsers&${iam}`, anonymous, { ...FORM_TYPE, authorization: 'Bearer abc' })
  await post(`Action=ListUsers&${iam}`, anonymous, { ...FORM_TYPE, authorization: 'AWS4-HMAC-SHA256 Credential=AKIA' })
  await post(`Action=GetCallerIdentity&Version=2011-06-15`)
  await post(`Action=ListUsers&${iam}`, { ...admin, name: 'a wrong secret', secretAccessKey: 'wrong'.repeat(8) })
  await post(`Action=ListUsers&${iam}`, { ...admin, name: 'an unknown key', accessKeyId: 'AKIAQAAAAAAAAAAAAAAA' })
  await post(`Action=ListUsers&${iam}`, { ...admin, name: 'a token that is none', sessionToken: 'nothing' })
  await post(`Action=GetUser&${iam}`, admin, { ...FORM_TYPE, accept: 'application/json' })
  await stage.send(admin, 'with GET', { method: 'GET' }, `/?Action=GetUser&${iam}`)
  await stage.send(anonymous, 'with GET', { method: 'GET' }, `/?Action=GetUser&${iam}`)
  await stage.send(anonymous, 'with PUT', { method: 'PUT' }, '/')
  await signedAt(stage, -16 * 60_000)
  await signedAt(stage, 16 * 60_000)
  clock.advance(1000)
}

function postedTo({ send, admin }: Stage) {
  return (form: string, caller: Caller = admin, headers: Record<string, string> = FORM_TYPE) => {
    const said = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    return send(caller, ['with', ...said, form].join('\n'), { method: 'POST', headers, body: form })
  }
}

/** A signature of another time than that of the server. */
async function signedAt({ as, admin }: Stage, milliseconds: number): Promise<void> {
  await as({ ...admin, name: `Admin, ${milliseconds / 60_000} minutes off,`, clockOff: milliseconds }).call('ListUsers')
}
