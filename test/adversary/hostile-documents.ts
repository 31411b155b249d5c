import * as fc from 'fast-check'

/** A GraphQL request as it goes over the wire. */
export interface Question {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
}

const SIZES = [1, 100, 2_000, 20_000, 130_000, 900_000] as const
const size = fc.constantFrom(...SIZES)
const policyOf = (bytes: number, statement: string) =>
  `{"Version":"2012-10-17","Statement":[${Array(Math.max(1, Math.floor(bytes / statement.length)))
    .fill(statement)
    .join(',')}]}`
const STATEMENTS = [
  '{"Effect":"Allow","Action":"*","Resource":"*"}',
  '{"Effect":"Deny","NotAction":"iam:*","Resource":"*","Condition":{"StringLike":{"aws:PrincipalTag/a":"*a*b*c*"}}}',
  `{"Effect":"Allow","Action":["${'s3:*Get*Object*'.repeat(20)}"],"Resource":"arn:aws:s3:::${'*a'.repeat(60)}"}`,
  '[',
  '{"a":',
]
const policy = fc.tuple(size, fc.constantFrom(...STATEMENTS)).map(([bytes, statement]) => policyOf(bytes, statement))
const text = fc.oneof(
  size.map((length) => 'a'.repeat(length)),
  size.map((length) => '\u{1F600}'.repeat(length / 4)),
  fc.string({ unit: 'binary', maxLength: 300 }),
)

/** Fragments that each spread the next one some times: what is written once is asked for `fanOut ** levels` times. */
const fragmentChain: fc.Arbitrary<Question> = fc
  .record({
    levels: fc.integer({ min: 1, max: 60 }),
    fanOut: fc.integer({ min: 1, max: 4 }),
    place: fc.constantFrom<string[]>(
      ['query', 'Query', 'viewer { arn }', ''],
      ['mutation', 'Mutation', 'signOut { __typename }', ''],
      ['query', 'Viewer', 'arn', 'viewer'],
      ['query', 'User', 'name', 'user'],
      ['subscription', 'Subscription', 'auditEventAdded { id }', ''],
      ['query', '__Type', 'name', '__type(name: "User")'],
    ),
    cyclic: fc.boolean(),
  })
  .map(({ levels, fanOut, place: [operation = '', type = '', leaf = '', field = ''], cyclic }) => {
    const spread = (n: number) => Array(fanOut).fill(`...f${n}`).join(' ')
    const fragments = Array.from({ length: levels }, (_, n) => `fragment f${n} on ${type} { ${spread(n + 1)} }`)
    const last = `fragment f${levels} on ${type} { ${cyclic ? '...f0' : leaf} }`
    const body = field === '' ? '...f0' : `${field} { ...f0 }`
    return { query: [`${operation} { ${body} }`, ...fragments, last].join('\n') }
  })

/** Many copies of one expensive field over one variable, which is sent once. */
const aliases: fc.Arbitrary<Question> = fc
  .record({
    copies: fc.integer({ min: 1, max: 120 }),
    field: fc.constantFrom<string[]>(
      ['$v: PolicyDocument!', 'validatePolicy(document: $v) { code }', 'query'],
      [
        '$v: String!',
        'signIn(input: { accountId: "210987654321", userName: $v, password: $v }) { accessToken }',
        'mutation',
      ],
      ['$v: String!', 'signIn(input: { rootEmail: "root@example.com", password: $v }) { accessToken }', 'mutation'],
      ['$v: String!', 'createUser(input: { userName: $v, path: $v }) { user { arn } }', 'mutation'],
      ['$v: String!', 'user(name: $v) { arn tags { key value } }', 'query'],
      [
        '$v: String!',
        'assumeRole(input: { roleArn: $v, roleSessionName: $v, policy: $v }) { accessKeyId }',
        'mutation',
      ],
      [
        '$v: String!',
        'assumeRoleWithWebIdentity(input: { roleArn: $v, roleSessionName: $v, webIdentityToken: $v, policyArns: [$v, $v] }) { accessKeyId }',
        'mutation',
      ],
      [
        '$v: PolicyDocument!',
        'createPolicy(input: { policyName: "p", policyDocument: $v }) { policy { arn } }',
        'mutation',
      ],
      [
        '$v: PolicyDocument!',
        'simulateCustomPolicy(input: { policyInputList: [$v, $v], actionNames: ["iam:GetUser", "s3:*"] }) { decision }',
        'query',
      ],
    ),
    value: fc.oneof(policy, text),
  })
  .map(({ copies, field: [declared = '', field = '', operation = ''], value }) => ({
    query: `${operation} (${declared}) { ${Array.from({ length: copies }, (_, n) => `a${n}: ${field}`).join(' ')} }`,
    variables: { v: value },
  }))

/** Questions to the engine, by the thousand. */
const decisions: fc.Arbitrary<Question> = fc
  .record({
    copies: fc.integer({ min: 1, max: 100 }),
    count: fc.constantFrom(1, 20, 100, 1_000, 10_000),
    action: fc.constantFrom('iam:GetUser', 'iam:*', 's3:GetObject', `x:${'a'.repeat(100)}`),
    resource: fc.constantFrom(
      null,
      '*',
      'arn:aws:iam::210987654321:user/user-5',
      'arn:aws:iam::210987654321:role/none',
    ),
  })
  .map(({ copies, count, action, resource }) => ({
    query: `query ($c: [AccessCheck!]!, $a: [String!]!) { viewer { ${Array.from({ length: copies }, (_, n) => `a${n}: can(checks: $c) { allowed message } b${n}: mayBeAllowed(actions: $a)`).join(' ')} } }`,
    variables: { c: Array.from({ length: count }, () => ({ action, resource })), a: Array(count).fill(action) },
  }))

/** Lists in lists in lists. */
const nestedLists: fc.Arbitrary<Question> = fc
  .record({
    first: fc.constantFrom(1, 10, 100, 1_000),
    depth: fc.integer({ min: 1, max: 4 }),
    copies: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ first, depth, copies }) => {
    let inner = 'name tags { key value } accessKeys { accessKeyId }'
    for (let n = depth; n > 0; n--) {
      const [outer, type] = n % 2 === 0 ? ['users', 'name'] : ['groups', 'name']
      inner = `${type} ${outer}(first: ${first}) { edges { node { ${inner.replace(n % 2 === 1 ? /tags \{ key value \} accessKeys \{ accessKeyId \}/ : /$^/, '')} } } }`
    }
    return {
      query: `{ ${Array.from({ length: copies }, (_, n) => `l${n}: users(first: ${first}) { edges { node { ${inner} } } }`).join(' ')} }`,
    }
  })

/** Introspection that no tool asks for. */
const introspection: fc.Arbitrary<Question> = fc
  .record({ depth: fc.integer({ min: 1, max: 12 }), copies: fc.integer({ min: 1, max: 60 }) })
  .map(({ depth, copies }) => {
    let inner = 'name'
    for (let n = 0; n < depth; n++) inner = `name fields { name type { ${inner} } args { type { name } } }`
    return {
      query: `{ ${Array.from({ length: copies }, (_, n) => `s${n}: __schema { types { ${inner} } }`).join(' ')} }`,
    }
  })

/** Long and deep documents, and such as are none. */
const noise: fc.Arbitrary<Question> = fc.oneof(
  size.map((length) => ({ query: `{ ${'viewer { arn } '.repeat(length / 15)} }` })),
  size.map((length) => ({ query: '{ a '.repeat(length / 4) })),
  size.map((length) => ({ query: `{ user(name: ${'['.repeat(length / 2)}` })),
  size.map((length) => ({ query: `{ ${Array.from({ length: length / 12 }, (_, n) => `unknown${n}`).join(' ')} }` })),
  size.map((length) => ({
    query: `query (${Array.from({ length: length / 12 }, (_, n) => `$v${n}: Int`).join(' ')}) { viewer { arn } }`,
  })),
  fc.string({ unit: 'binary', maxLength: 2_000 }).map((query) => ({ query })),
  text.map((value) => ({ query: 'query ($v: String!) { user(name: $v) { arn } }', variables: { v: value } })),
  fc.integer({ min: 1, max: 1_000 }).map((depth) => ({
    query: 'query ($v: [AccessCheck!]!) { viewer { can(checks: $v) { allowed } } }',
    variables: { v: deep(depth) },
  })),
)

function deep(depth: number): unknown {
  let value: unknown = 'x'
  for (let n = 0; n < depth; n++) value = [value]
  return value
}

/** Requests that are made to cost the server more than their sender. */
export const HOSTILE_QUESTIONS: fc.Arbitrary<Question> = fc.oneof(
  { weight: 3, arbitrary: fragmentChain },
  { weight: 3, arbitrary: aliases },
  { weight: 2, arbitrary: decisions },
  { weight: 2, arbitrary: nestedLists },
  { weight: 1, arbitrary: introspection },
  { weight: 2, arbitrary: noise },
)
