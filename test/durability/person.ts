import type { Answer, UserNode } from './graphql-client.ts'

/** What of a user can be seen over GraphQL, with nothing in it that only the server knows. */
export interface Person {
  readonly tags: Readonly<Record<string, string>>
  readonly keys: readonly { readonly status: string; readonly description: string | null }[]
  /** Inline policies: name to text. */
  readonly inlinePolicies: Readonly<Record<string, string>>
  readonly attachedPolicies: readonly string[]
  /** Whether the managed policy of the user's own name exists. */
  readonly ownPolicy: boolean
}

/** Who a step is about, and what earlier answers said. */
export interface Subject {
  readonly name: string
  readonly path: string
  readonly accountId: string
  readonly userId?: string
  readonly accessKeyId?: string
}

/** One change in the life of a person: how it is asked for, under which name it is audited, and what it makes of the person. */
export interface Step {
  readonly action: string
  readonly query: string
  readonly variables: (subject: Subject) => Readonly<Record<string, unknown>>
  readonly learn?: (answer: Answer) => Partial<Subject>
  readonly after: (before: Person | null, subject: Subject) => Person
}

const NEWBORN: Person = { tags: {}, keys: [], inlinePolicies: {}, attachedPolicies: [], ownPolicy: false }
const DOCUMENT = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"iam:*","Resource":"*"}}'
const KEY_TAG = '<access key>'

/** Every kind of change that writes more than one row, in an order that is possible. */
export const STEPS: readonly Step[] = [
  {
    action: 'iam:CreateUser',
    query: 'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { userId } } }',
    variables: ({ name, path }) => ({ userName: name, path, tags: birthTags(name) }),
    learn: ({ data }) => ({ userId: data.createUser?.user.userId }),
    after: (_none, { name }) => ({
      ...NEWBORN,
      tags: Object.fromEntries(birthTags(name).map(({ key, value }) => [key, value])),
    }),
  },
  {
    action: 'iam:CreateAccessKey',
    query: 'mutation ($input: CreateAccessKeyInput!) { createAccessKey(input: $input) { accessKey { accessKeyId } } }',
    variables: ({ name }) => ({ userName: name, description: `laptop of ${name}` }),
    learn: ({ data }) => ({ accessKeyId: data.createAccessKey?.accessKey.accessKeyId }),
    after: (before, { name }) => {
      const description = `laptop of ${name}`
      const person = before ?? NEWBORN
      return { ...person, tags: { ...person.tags, [KEY_TAG]: description }, keys: [{ status: 'ACTIVE', description }] }
    },
  },
  {
    action: 'iam:TagUser',
    query: 'mutation ($input: TagUserInput!) { tagUser(input: $input) { user { userId } } }',
    variables: ({ name }) => ({ userName: name, tags: [{ key: 'note', value: name }] }),
    after: (before, { name }) => ({ ...NEWBORN, ...before, tags: { ...before?.tags, note: name } }),
  },
  {
    action: 'iam:CreatePolicy',
    query: 'mutation ($input: CreatePolicyInput!) { createPolicy(input: $input) { policy { policyId } } }',
    variables: ({ name, path }) => ({ policyName: name, path, policyDocument: DOCUMENT }),
    after: (before) => ({ ...NEWBORN, ...before, ownPolicy: true }),
  },
  {
    action: 'iam:AttachUserPolicy',
    query: 'mutation ($input: AttachUserPolicyInput!) { attachUserPolicy(input: $input) { user { userId } } }',
    variables: ({ name, path, accountId }) => ({
      userName: name,
      policyArn: `arn:aws:iam::${accountId}:policy${path}${name}`,
    }),
    after: (before, { name }) => ({ ...NEWBORN, ...before, attachedPolicies: [name] }),
  },
  {
    action: 'iam:PutUserPolicy',
    query: 'mutation ($input: PutUserPolicyInput!) { putUserPolicy(input: $input) { policyName } }',
    variables: ({ name }) => ({ userName: name, policyName: 'inline', policyDocument: DOCUMENT }),
    after: (before) => ({ ...NEWBORN, ...before, inlinePolicies: { inline: DOCUMENT } }),
  },
  {
    action: 'iam:UpdateAccessKey',
    query: 'mutation ($input: UpdateAccessKeyInput!) { updateAccessKey(input: $input) { accessKey { status } } }',
    variables: ({ name, accessKeyId }) => ({ userName: name, accessKeyId, status: 'INACTIVE' }),
    after: (before) => ({
      ...NEWBORN,
      ...before,
      keys: (before?.keys ?? []).map((key) => ({ ...key, status: 'INACTIVE' })),
    }),
  },
  {
    action: 'iam:DeleteAccessKey',
    query: 'mutation ($input: DeleteAccessKeyInput!) { deleteAccessKey(input: $input) { deletedAccessKeyId } }',
    variables: ({ name, accessKeyId }) => ({ userName: name, accessKeyId }),
    after: (before) => {
      const { [KEY_TAG]: _gone, ...tags } = before?.tags ?? {}
      return { ...NEWBORN, ...before, keys: [], tags }
    },
  },
]

/** The person after the first `count` steps; null before the first. */
export function personAfter(count: number, subject: Subject): Person | null {
  return STEPS.slice(0, count).reduce<Person | null>((person, { after }) => after(person, subject), null)
}

/** Everybody below a path, and the policies there. */
export const PEOPLE_QUERY = `query ($path: String!) {
  users(first: 1000, pathPrefix: $path) {
    edges { node {
      name userId
      tags { key value }
      accessKeys { accessKeyId status description }
      inlinePolicies { policyName policyText }
      attachedPolicies { edges { node { policyName } } }
    } }
  }
  policies(first: 1000, pathPrefix: $path) { edges { node { policyName } } }
}`

export interface SeenPerson {
  readonly userId: string
  readonly accessKeyIds: readonly string[]
  readonly person: Person
}

/** The answer to PEOPLE_QUERY by user name. */
export function readPeople({ data }: Answer): ReadonlyMap<string, SeenPerson> {
  const users = (data.users?.edges ?? []).map(({ node }) => node)
  const policies = new Set((data.policies?.edges ?? []).map(({ node }) => node.policyName))
  return new Map(users.map((user) => [user.name, seen(user, policies)]))
}

function seen({ name, userId, tags, accessKeys, ...policies }: UserNode, existing: ReadonlySet<string>): SeenPerson {
  const accessKeyIds = accessKeys.map(({ accessKeyId }) => accessKeyId)
  return {
    userId,
    accessKeyIds,
    person: {
      tags: Object.fromEntries(tags.map(({ key, value }) => [accessKeyIds.includes(key) ? KEY_TAG : key, value])),
      keys: accessKeys.map(({ status, description }) => ({ status, description })),
      inlinePolicies: Object.fromEntries(
        policies.inlinePolicies.map(({ policyName, policyText }) => [policyName, policyText]),
      ),
      attachedPolicies: policies.attachedPolicies.edges.map(({ node }) => node.policyName),
      ownPolicy: existing.has(name),
    },
  }
}

function birthTags(name: string) {
  return [
    { key: 'team', value: 'durability' },
    { key: 'born', value: name },
  ]
}
