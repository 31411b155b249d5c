// The requests that are sent: the same two queries to both servers, as whole HTTP messages.
import { createSigningFetch } from '../../dist/client/index.js'
import { ACCOUNT_ID, CALLER, USERS, userName } from './seed.mjs'

const KEYS = 'accessKeys { accessKeyId status createdAt }'
const USER = `query ($name: String) { user(name: $name) { name ${KEYS} } }`
const USERS_PAGE = `query ($first: Int) { users(first: $first) { edges { node { name ${KEYS} } } } }`

const KEY = String.raw`\{"accessKeyId":"AKIA[A-Z2-7]{16}","status":"(?:IN)?ACTIVE","createdAt":"2026-01-0[12]T00:00:00\.000Z"\}`
const NODE = String.raw`\{"name":"user-\d{4}","accessKeys":\[${KEY},${KEY}\]\}`

/** What is measured: bodies, sent in turn, what every answer must look like, and after how many requests it counts. */
export const WORKLOADS = {
  user: {
    title: 'one user with its two keys',
    warmUp: 4000,
    bodies: Array.from({ length: USERS }, (_, i) =>
      // Every name once, not in the order in which the rows lie.
      JSON.stringify({ query: USER, variables: { name: userName(((i * 7919) % USERS) + 1) } }),
    ),
    expected: new RegExp(String.raw`^\{"data":\{"user":${NODE}\}\}$`),
  },
  users: {
    title: '100 users with their keys',
    warmUp: 500,
    bodies: [JSON.stringify({ query: USERS_PAGE, variables: { first: 100 } })],
    expected: new RegExp(String.raw`^\{"data":\{"users":\{"edges":\[(?:\{"node":${NODE}\},?){100}\]\}\}\}$`),
  },
}

const HEADERS = { 'content-type': 'application/json', accept: 'application/json', 'user-agent': 'latchkey-bench' }

/** How requests prove who sends them: takes a body, answers headers. */
export const CREDENTIALS = {
  none: async () => () => HEADERS,
  bearer: async ({ port, caller }) => {
    const authorization = `Bearer ${await signIn(port, caller)}`
    return () => ({ ...HEADERS, authorization })
  },
  sigv4: async ({ port, caller: { accessKeyId, secretAccessKey } }) => {
    let signed
    const keepHeaders = async (_url, { headers }) => {
      signed = Object.fromEntries(headers)
      return new Response()
    }
    const sign = createSigningFetch({ accessKeyId, secretAccessKey, fetch: keepHeaders })
    return async (body) => {
      await sign(graphqlUrl(port), { method: 'POST', headers: HEADERS, body })
      return signed
    }
  },
}

/**
 * HTTP messages in base64, of all callers in turn. Signatures are good for a quarter of an hour, so these are made right before they
 * are sent.
 */
export async function messages(target, { bodies }) {
  const provers = []
  for (const caller of target.caller?.crew ?? [target.caller])
    provers.push(await CREDENTIALS[target.credential]({ ...target, caller }))
  const texts = []
  for (let i = 0; i < Math.max(bodies.length, provers.length); i++) {
    const body = bodies[i % bodies.length]
    const headersFor = provers[i % provers.length]
    const headers = {
      host: `127.0.0.1:${target.port}`,
      ...(await headersFor(body)),
      'content-length': Buffer.byteLength(body),
    }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    texts.push(Buffer.from(`POST /graphql HTTP/1.1\r\n${lines.join('')}\r\n${body}`).toString('base64'))
  }
  return texts
}

/** Sends a few of the requests and looks at the answers: what is wrong is not worth timing. */
export async function checkAnswers(target, { bodies, expected }) {
  const headersFor = await CREDENTIALS[target.credential](target)
  for (const body of [bodies[0], bodies.at(-1)]) {
    const response = await fetch(graphqlUrl(target.port), { method: 'POST', headers: await headersFor(body), body })
    const text = await response.text()
    if (response.status !== 200 || !expected.test(text)) {
      throw new Error(`${target.title} answers ${response.status}: ${text.slice(0, 400)}`)
    }
  }
}

async function signIn(port, { password, account = ACCOUNT_ID, userName = CALLER }) {
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }'
  const variables = { input: { account, userName, password } }
  const body = JSON.stringify({ query, variables })
  const response = await fetch(graphqlUrl(port), { method: 'POST', headers: HEADERS, body })
  const answer = await response.json()
  if (!answer.data?.signIn) throw new Error(`signing in failed: ${JSON.stringify(answer)}`)
  return answer.data.signIn.accessToken
}

function graphqlUrl(port) {
  return `http://127.0.0.1:${port}/graphql`
}
