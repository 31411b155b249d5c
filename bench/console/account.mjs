// An account in which each page has something to show, made through the API.
export const ROOT = { rootEmail: 'root@example.com', password: 'A-password-of-the-bench-1' }

export const SIGNED_OUT = ['/sign-in', '/sign-in/123456789012', '/sign-in/~access-keys']
export const ADDRESSES = [
  '/dashboard',
  '/users',
  '/users/~create',
  '/users/alice',
  '/users/alice?tab=credentials',
  '/users/alice/create-access-key',
  '/groups',
  '/groups/engineers',
  '/roles',
  '/roles/create',
  '/roles/deploy',
  '/policies',
  '/policies/create',
  '/policies/arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FReadOnlyAccess',
  '/simulator',
  '/account',
  '/security-credentials',
  '/identities',
  '/credential-report',
  '/audit',
]

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
})
const USERS = Array.from({ length: 20 }, (_, n) => (n === 0 ? 'alice' : `user-${n}`))

/** Answers the cookie of the root user's session. */
export async function fillAccount(origin) {
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', origin }
  const post = async (query, variables, more = {}) => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { ...headers, ...more },
      body: JSON.stringify({ query, variables }),
    })
    const { errors } = await response.json()
    if (errors) throw new Error(JSON.stringify(errors))
    return response
  }
  const signedIn = await post('mutation ($input: SignInInput!) { signIn(input: $input) { expiresAt } }', {
    input: ROOT,
  })
  const [cookie] = signedIn.headers.getSetCookie()
  const [name, value] = cookie.split(';')[0].split('=')
  const fields = [
    ...USERS.map((user, n) => `u${n}: createUser(input: { userName: "${user}" }) { __typename }`),
    'k: createAccessKey(input: { userName: "alice", description: "nightly builds" }) { __typename }',
    'g: createGroup(input: { groupName: "engineers" }) { __typename }',
    'm: addUserToGroup(input: { groupName: "engineers", userName: "alice" }) { __typename }',
    'r: createRole(input: { roleName: "deploy", assumeRolePolicyDocument: $trust }) { __typename }',
  ]
  await post(
    `mutation ($trust: PolicyDocument!) { ${fields.join('\n')} }`,
    { trust: TRUST },
    { cookie: `${name}=${value}` },
  )
  return { name, value }
}
