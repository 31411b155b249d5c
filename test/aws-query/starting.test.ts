import { execFile } from 'node:child_process'
import type { RequestListener } from 'node:http'
import { promisify } from 'node:util'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createHttpServer } from '../../src/http/http-server.ts'
import { startingApp } from '../../src/http/server.ts'
import { findTool, toolEnvironment } from '../contract/aws-tools.ts'
import { type Account, type Installation, keyOf, openInstallation } from '../support/installation.ts'
import { presentClock, STS } from './clients.ts'

const run = promisify(execFile)
/** The programs take a second to start, and more on a busy machine. */
const TIMEOUT = 120_000
const BOTO3 = `
import sys, boto3
print(boto3.client("sts", endpoint_url=sys.argv[1]).get_caller_identity()["Arn"])
`

let installation: Installation
let account: Account
beforeAll(async () => {
  installation = await openInstallation({ clock: presentClock() })
  account = await installation.openAccount()
})
afterAll(() => installation.stop())

/** A server that is ready when this many requests have been turned away. */
async function startingServer(early: number): Promise<{ readonly url: string; readonly asked: () => number }> {
  const starting = startingApp()
  let asked = 0
  const handler: RequestListener = (request, response) =>
    (asked++ < early ? starting : installation.application.handler)(request, response)
  const server = createHttpServer(handler, { trustProxy: { kind: 'none' }, log: { warn: () => {} } })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const bound = server.address()
  return { url: `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`, asked: () => asked }
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }

describe('while the server starts, a request of the AWS protocol', () => {
  test.each([
    ['POST', '/', `Action=GetCallerIdentity&${STS}`],
    ['POST', '/?x=1', ''],
    ['GET', `/?Action=GetCallerIdentity&${STS}`, null],
    ['GET', '/?X-Amz-Signature=0', null],
  ])('by %s of %s is told to come again, in XML', async (method, path, body) => {
    const { url } = await startingServer(1)
    const answer = await fetch(`${url}${path}`, { method, headers: form, ...(body !== null && { body }) })
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('retry-after')]).toEqual([
      503,
      'text/xml',
      '2',
    ])
    expect(await answer.text()).toBe(
      '<ErrorResponse xmlns="http://webservices.amazon.com/AWSFault/2005-15-09"><Error><Type>Receiver</Type>' +
        '<Code>ServiceUnavailable</Code><Message>The server is starting. Try again.</Message></Error>' +
        `<RequestId>${answer.headers.get('x-amzn-requestid')}</RequestId></ErrorResponse>`,
    )
  })

  test('is told so in JSON when it asks for that', async () => {
    const { url } = await startingServer(1)
    const answer = await fetch(url, {
      method: 'POST',
      headers: { ...form, accept: 'application/json' },
      body: 'Action=X',
    })
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { Error: { Code: 'ServiceUnavailable', Type: 'Receiver' } },
    ])
  })

  test('is told so while its body is still coming, and the connection goes on', async () => {
    const { url } = await startingServer(1)
    const first = await fetch(url, { method: 'POST', headers: form, body: 'x'.repeat(1_000_000) })
    expect(first.status).toBe(503)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })

  test('is tried again by an SDK until it is answered', async () => {
    const { url, asked } = await startingServer(2)
    const client = new STSClient({ endpoint: url, region: 'us-east-1', credentials: keyOf(account.rootKey) })
    expect((await client.send(new GetCallerIdentityCommand({}))).Arn).toBe(account.arn('root'))
    expect(asked()).toBe(3)
  })
})

test('while the server starts, everybody else is told in JSON, and that it is alive', async () => {
  const { url } = await startingServer(3)
  const browser = await fetch(url, { headers: { accept: 'text/html' } })
  const graphql = await fetch(`${url}/graphql`, { method: 'POST', body: '{}' })
  const alive = await fetch(`${url}/healthz`)
  expect([browser.status, graphql.status, alive.status]).toEqual([503, 503, 200])
  for (const answer of [browser, graphql, alive]) expect(await answer.json()).toEqual({ status: 'starting' })
})

const boto3 = findTool('python3-boto3')
test.runIf(boto3)('boto3 waits for a server that starts', { timeout: TIMEOUT }, async () => {
  const { url, asked } = await startingServer(2)
  const env = toolEnvironment(keyOf(account.rootKey))
  const { stdout } = await run('python3', ['-c', BOTO3, url], { env })
  expect([stdout.trim(), asked()]).toEqual([account.arn('root'), 3])
})

const cli = findTool('awscli')
test.runIf(cli)('the aws CLI waits for a server that starts', { timeout: TIMEOUT }, async () => {
  const { url, asked } = await startingServer(2)
  const args = ['--endpoint-url', url, 'sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text']
  const { stdout } = await run('aws', args, { env: toolEnvironment(keyOf(account.rootKey)) })
  expect([stdout.trim(), asked()]).toEqual([account.arn('root'), 3])
})
