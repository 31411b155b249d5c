import { createSigningFetch } from '../../src/client/index.ts'

export interface Edges<Node> {
  readonly edges: readonly { readonly node: Node }[]
}

export interface UserNode {
  readonly name: string
  readonly userId: string
  readonly tags: readonly { key: string; value: string }[]
  readonly accessKeys: readonly { accessKeyId: string; status: string; description: string | null }[]
  readonly inlinePolicies: readonly { policyName: string; policyText: string }[]
  readonly attachedPolicies: Edges<{ policyName: string }>
}

/** What these tests read of answers; each has the fields that were asked for. */
export interface Data {
  readonly signIn?: { accessToken: string }
  readonly createUser?: { user: { userId: string } }
  readonly createAccessKey?: { accessKey: { accessKeyId: string }; secretAccessKey: string }
  readonly users?: Edges<UserNode>
  readonly policies?: Edges<{ policyName: string }>
}

export interface Answer {
  readonly requestId: string
  readonly data: Data
}

/** Posts an operation and answers with its data. Throws when the connection breaks, and for every GraphQL error. */
export type Ask = (url: string, query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Answer>

/** The server answered, and with an error: unlike a connection that broke, nothing that a kill explains. */
export class AnsweredWithError extends Error {
  override readonly name = 'AnsweredWithError'
}

function bearer(accessToken: string): Ask {
  return asking((input, init) =>
    fetch(input, { ...init, headers: { ...JSON_TYPE, authorization: `Bearer ${accessToken}` } }),
  )
}

export function signing(accessKeyId: string, secretAccessKey: string): Ask {
  return asking(createSigningFetch({ accessKeyId, secretAccessKey }))
}

/** Signs root in and answers with a client that is root. */
export async function signInAsRoot(url: string, rootEmail: string, password: string): Promise<Ask> {
  const { data } = await asking(fetch)(url, SIGN_IN, { rootEmail, password })
  return bearer(data.signIn?.accessToken ?? '')
}

const JSON_TYPE = { 'content-type': 'application/json' }
const SIGN_IN = `mutation ($rootEmail: String!, $password: String!) {
  signIn(input: { rootEmail: $rootEmail, password: $password }) { accessToken }
}`

function asking(send: typeof fetch): Ask {
  return async (url, query, variables = {}) => {
    const response = await send(`${url}/graphql`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify({ query, variables }),
    })
    const { data, errors }: { data?: Data | null; errors?: unknown } = await response.json()
    if (!data || errors !== undefined) throw new AnsweredWithError(JSON.stringify(errors))
    return { requestId: response.headers.get('x-request-id') ?? '', data }
  }
}
