import { describe, expect, test } from 'vitest'
import { IamError } from '../../src/iam/errors.ts'
import { ALICE_TOKEN, answering, json, post, serve } from './serve.ts'

describe('errors', () => {
  test('a coded error passes with code, message and details, beside the data of other fields', async () => {
    const answer = await post(await serve(), '{ echo(text: "here") denied }')
    const requestId = answer.headers.get('x-request-id')
    expect(answer.status).toBe(200)
    expect(await json(answer)).toEqual({
      data: { echo: 'here', denied: null },
      errors: [
        {
          message: 'alice may not.',
          path: ['denied'],
          locations: [{ line: 1, column: 22 }],
          extensions: { code: 'AccessDenied', authz: { decisionId: 'd-1', code: 'never wins' }, requestId },
        },
      ],
    })
  })

  test.each([
    ['at a field, beside the data of others', '{ whoAmI throttled }', 200, 'Throttling', '7'],
    ['as a whole', '{ throttled }', 200, 'Throttling', '7'],
    ['of a server that is too busy for any field', '{ busy }', 503, 'ServiceUnavailable', '2'],
    ['of a server that is too busy for one field', '{ echo(text: "here") busy }', 200, 'ServiceUnavailable', '2'],
  ])('a refusal says when to come back, %s', async (_what, query, status, code, retryAfter) => {
    const answer = await post(await serve(), query)
    const { errors } = await json(answer)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter])
    expect(errors?.map(({ extensions }) => extensions)).toMatchObject([{ code, retryAfterSeconds: Number(retryAfter) }])
    expect(errors?.[0]?.extensions).not.toHaveProperty('http')
  })

  test('a refusal before any field says when to come back', async () => {
    const refused = answering(async () => {
      throw new IamError('Throttling', 'Rate exceeded', { retryAfterSeconds: 7 })
    })
    const answer = await post(await serve({ authenticator: refused }), '{ whoAmI }')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([400, '7'])
  })

  test('everything else is masked, and its cause is only logged', async () => {
    const served = await serve()
    const answer = await post(served, '{ broken }')
    const text = await answer.text()
    expect(JSON.parse(text).errors[0]).toMatchObject({
      message: 'An internal error occurred.',
      extensions: { code: 'InternalFailure', requestId: answer.headers.get('x-request-id') },
    })
    expect(text).not.toMatch(/hunter2|inner secret/)
    expect(served.logged()).toContain('hunter2')
    expect(served.logged()).toContain(answer.headers.get('x-request-id'))
  })

  test('a null where none may be is a fault of ours', async () => {
    const { errors } = await json(await post(await serve(), '{ missing }'))
    expect(errors?.[0]?.extensions.code).toBe('InternalFailure')
  })

  test('a context that cannot be made is masked, with status 500', async () => {
    const served = await serve({
      openContext: () => {
        throw new Error('the database is gone')
      },
    })
    const answer = await post(served, '{ whoAmI }')
    expect([answer.status, (await json(answer)).errors?.[0]?.extensions.code]).toEqual([500, 'InternalFailure'])
    expect(served.logged()).toContain('the database is gone')
  })

  test('an authentication that breaks is masked, with status 500', async () => {
    const served = await serve({
      authenticator: answering(async () => {
        throw new Error('the database is gone')
      }),
    })
    const answer = await post(served, '{ whoAmI }')
    expect([answer.status, (await json(answer)).errors?.[0]]).toEqual([
      500,
      {
        message: 'An internal error occurred.',
        extensions: { code: 'InternalFailure', requestId: answer.headers.get('x-request-id') },
      },
    ])
  })

  test.each([
    ['does not parse', '{ whoAmI', 'GRAPHQL_PARSE_FAILED', /^Syntax Error/],
    ['asks for what is not there', '{ whoAmi }', 'GRAPHQL_VALIDATION_FAILED', /Did you mean "whoAmI"/],
    ['lacks a variable', 'query ($t: String!) { echo(text: $t) }', 'ValidationError', /\$t/],
  ])('a query that %s keeps its message and says its code', async (_what, query, code, message) => {
    const served = await serve()
    for (const [accept, status] of [
      ['application/json', 200],
      ['application/graphql-response+json', 400],
    ] as const) {
      const answer = await post(served, query, { accept })
      const { errors } = await json(answer)
      expect([answer.status, errors?.[0]?.extensions]).toEqual([
        status,
        { code, requestId: answer.headers.get('x-request-id') },
      ])
      expect(errors?.[0]?.message).toMatch(message)
    }
  })

  test('a cached parse error names the request that asked, not the first one', async () => {
    const served = await serve()
    const ids = []
    for (let round = 0; round < 2; round++) {
      const answer = await post(served, '{ unclosed')
      expect((await json(answer)).errors?.[0]?.extensions.requestId).toBe(answer.headers.get('x-request-id'))
      ids.push(answer.headers.get('x-request-id'))
    }
    expect(new Set(ids).size).toBe(2)
  })

  test('a body that is no JSON is a 400 that does not quote it', async () => {
    const { url } = await serve()
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query": hunter2',
    })
    const text = await answer.text()
    expect(answer.status).toBe(400)
    expect(JSON.parse(text).errors[0].extensions.code).toBe('BAD_REQUEST')
    expect(text).not.toContain('hunter2')
  })
})

describe('the log', () => {
  test('has one line per request with who, what and how, and nothing that the caller wrote in private', async () => {
    const served = await serve()
    await fetch(`${served.url}/graphql?secret=hunter1`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${ALICE_TOKEN}`,
        cookie: 'latchkey-session-4000=hunter2',
      },
      body: JSON.stringify({ query: 'query Named { echo(text: "hunter3") }', variables: { secret: 'hunter4' } }),
    })
    await expect.poll(served.logged).toContain('\n')
    const lines = served.logged().trim().split('\n')
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      method: 'POST',
      path: '/graphql',
      status: 200,
      operation: 'query echo',
      principal: 'arn:aws:iam::123456789012:user/alice',
      msg: 'request',
    })
    expect(lines[0]).not.toMatch(/hunter|Bearer|latchkey-session-4000|eyJ/)
  })
})
