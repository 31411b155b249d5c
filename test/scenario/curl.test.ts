import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keyOf, openInstallation, type Installation, type TestCaller } from '../support/installation.ts'

const run = promisify(execFile)

let installation: Installation
let user: TestCaller

/** curl signs with the time that it really is. */
beforeAll(async () => {
  installation = await openInstallation()
  installation.clock.set(new Date())
  user = await (await installation.openAccount()).user({ name: 'Shell', allow: [{ action: 'iam:GetUser' }] })
})

afterAll(() => installation.stop())

async function curl(...more: readonly string[]): Promise<{ status: string; body: unknown }> {
  const { accessKeyId, secretAccessKey } = keyOf(user.accessKeys[0]!)
  const { stdout } = await run('curl', [
    '--silent',
    '--max-time',
    '20',
    '--write-out',
    '\n%{http_code}',
    '--aws-sigv4',
    'aws:amz:us-east-1:iam',
    '--user',
    `${accessKeyId}:${secretAccessKey}`,
    ...more,
    `${installation.url}/graphql`,
  ])
  const [body = '', status = ''] = stdout.split(/\n(?=\d+$)/)
  return { status, body: JSON.parse(body) }
}

describe('curl', () => {
  test('is there and can sign', async () => {
    const { stdout } = await run('curl', ['--help', 'all'])
    expect(stdout).toContain('--aws-sigv4')
  })

  test('asks with a signed request', async () => {
    const query = JSON.stringify({ query: '{ user { name } viewer { credential } }' })
    expect(await curl('--header', 'content-type: application/json', '--data', query)).toEqual({
      status: '200',
      body: { data: { user: { name: 'Shell' }, viewer: { credential: 'ACCESS_KEY' } } },
    })
  })

  test('is refused with a wrong secret', async () => {
    const [key] = user.accessKeys
    const query = JSON.stringify({ query: '{ user { name } }' })
    const refused = await curl(
      '--user',
      `${key!.id}:wrong`,
      '--header',
      'content-type: application/json',
      '--data',
      query,
    )
    expect(refused).toMatchObject({
      status: '403',
      body: { errors: [{ extensions: { code: 'SignatureDoesNotMatch' } }] },
    })
  })
})
