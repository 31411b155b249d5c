import { createBearerFetch, createSigningFetch } from '../../src/client/index.ts'

export const ACCOUNT_ID = '210987654321'
export const ROOT_EMAIL = 'root@example.com'
export const ROOT_PASSWORD = 'Quiet-harbour-at-41-north'

/** Somebody who sends requests, with whatever credential. */
export interface Caller {
  readonly title: string
  /** Sends with the credential; of a request to the AWS protocol for the service that it names. */
  send(url: string, init: RequestInit, service?: 'iam' | 'sts'): Promise<Response>
}

/** Users whom nested lists would read over and over: each is in every group. */
const USERS = 120
const GROUPS = 10

/** An account with some people in it, and the callers that attack it: none may change anything. */
export async function furnish(url: string): Promise<readonly Caller[]> {
  const signedIn = await ask(
    fetch,
    url,
    `mutation { signIn(input: { rootEmail: "${ROOT_EMAIL}", password: "${ROOT_PASSWORD}" }) { accessToken } }`,
  )
  const root = createBearerFetch({ accessToken: textOf(signedIn, 'signIn', 'accessToken') })
  const groups = Array.from({ length: GROUPS }, (_, at) => `group-${at}`)
  for (const groupName of groups)
    await ask(root, url, `mutation { createGroup(input: { groupName: "${groupName}" }) { group { arn } } }`)
  for (let at = 0; at < USERS; at++) {
    const joins = groups.map(
      (groupName, n) =>
        `g${n}: addUserToGroup(input: { userName: "user-${at}", groupName: "${groupName}" }) { group { arn } }`,
    )
    await ask(
      root,
      url,
      `mutation { createUser(input: { userName: "user-${at}" }) { user { arn } } ${joins.join(' ')} }`,
    )
  }
  await ask(
    root,
    url,
    `mutation { attachUserPolicy(input: { userName: "user-1", policyArn: "arn:aws:iam::aws:policy/IAMReadOnlyAccess" }) { user { arn } } }`,
  )
  const [nobody, reader] = [await keyOf(root, url, 'user-0'), await keyOf(root, url, 'user-1')]
  const wrong = { ...nobody, secretAccessKey: 'x'.repeat(40) }
  return [
    { title: 'a stranger', send: fetch },
    { title: 'somebody signed in without permissions', send: signing(nobody) },
    { title: 'somebody with IAMReadOnlyAccess', send: signing(reader) },
    { title: 'somebody who knows a key id and not its secret', send: signing(wrong) },
  ]
}

interface Key {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

function signing(key: Key): Caller['send'] {
  const services = { iam: createSigningFetch(key), sts: createSigningFetch({ ...key, service: 'sts' }) }
  return (url, init, service = 'iam') => services[service](url, init)
}

async function keyOf(root: typeof fetch, url: string, userName: string): Promise<Key> {
  const made = await ask(
    root,
    url,
    `mutation { createAccessKey(input: { userName: "${userName}" }) { secretAccessKey accessKey { accessKeyId } } }`,
  )
  return {
    accessKeyId: textOf(made, 'createAccessKey', 'accessKey', 'accessKeyId'),
    secretAccessKey: textOf(made, 'createAccessKey', 'secretAccessKey'),
  }
}

async function ask(send: typeof fetch, url: string, query: string): Promise<unknown> {
  const response = await send(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const { data, errors }: { data?: unknown; errors?: unknown } = await response.json()
  if (errors !== undefined) throw new Error(`${query}: ${JSON.stringify(errors)}`)
  return data
}

function textOf(data: unknown, ...path: readonly string[]): string {
  let value = data
  for (const name of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return String(value)
}
