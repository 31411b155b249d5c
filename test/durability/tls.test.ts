import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { request } from 'node:https'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { findTool, toolEnvironment } from '../contract/aws-tools.ts'
import { selfSignedCertificate } from '../support/self-signed-certificate.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { buildServer, refusedServer, startServer } from './server-process.ts'

const TIMEOUT = 120_000
const { key, certificate } = selfSignedCertificate()
const aws = findTool('awscli')

function pair() {
  const folder = temporaryDirectory()
  const files = { LATCHKEY_TLS_CERT: path.join(folder, 'tls.crt'), LATCHKEY_TLS_KEY: path.join(folder, 'tls.key') }
  writeFileSync(files.LATCHKEY_TLS_CERT, certificate)
  writeFileSync(files.LATCHKEY_TLS_KEY, key, { mode: 0o600 })
  return files
}

interface Answer {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly text: string
}

function ask(url: string, query: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', ca: certificate, headers: { 'content-type': 'application/json', ...headers } }
    request(`${url}/graphql`, options, (answer) => {
      let text = ''
      answer.on('data', (chunk) => (text += String(chunk)))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
    })
      .on('error', reject)
      .end(JSON.stringify({ query }))
  })
}

/** A stream of audit events, whose connection is closed in good order or breaks. */
function follow(url: string, authorization: string) {
  let text = ''
  const ended = new Promise<string>((resolve, reject) => {
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream', authorization }
    request(`${url}/graphql`, { method: 'POST', ca: certificate, headers }, (answer) => {
      answer.on('data', (chunk) => (text += String(chunk)))
      answer.on('end', () => resolve(text))
      answer.on('error', reject)
    })
      .on('error', reject)
      .end(JSON.stringify({ query: 'subscription { auditEventAdded { action } }' }))
  })
  return { text: () => text, ended }
}

const member = (text: string, name: string) => new RegExp(`"${name}":"([^"]+)"`).exec(text)?.[1] ?? ''

beforeAll(buildServer, TIMEOUT)

test(
  'a server with a certificate speaks TLS: cookies are bound to it, the aws CLI trusts it, events stream until a clean stop',
  async () => {
    const files = pair()
    const server = await startServer({
      ...files,
      LATCHKEY_DATA_DIR: temporaryDirectory(),
      LATCHKEY_ROOT_EMAIL: 'root@example.com',
      LATCHKEY_ROOT_PASSWORD: 'a password of the tests',
      LATCHKEY_METRICS_LISTEN: '127.0.0.1:0',
    })
    onTestFinished(async () => void (await server.end('SIGKILL')))
    expect(server.url).toMatch(/^https:/)
    const signIn =
      'mutation { signIn(input: { rootEmail: "root@example.com", password: "a password of the tests" }) { accessToken } }'
    const begun = await ask(server.url, signIn, { origin: server.url, 'sec-fetch-site': 'same-origin' })
    expect(String(begun.headers['set-cookie'])).toMatch(/^__Host-[^]*; Secure/)
    expect(begun.headers['strict-transport-security']).toBe('max-age=31536000')

    const authorization = `Bearer ${member(begun.text, 'accessToken')}`
    const stream = follow(server.url, authorization)
    // Comments come first, and keep the connection open.
    await expect.poll(stream.text).toContain(':')
    const made = await ask(
      server.url,
      'mutation { createUser(input: { userName: "bot" }) { user { arn } } createAccessKey(input: { userName: "bot" }) { accessKey { accessKeyId } secretAccessKey } }',
      { authorization },
    )
    const credentials = {
      accessKeyId: member(made.text, 'accessKeyId'),
      secretAccessKey: member(made.text, 'secretAccessKey'),
    }
    if (aws) {
      const args = ['--endpoint-url', server.url, '--ca-bundle', files.LATCHKEY_TLS_CERT, 'sts', 'get-caller-identity']
      const { stdout } = await promisify(execFile)('aws', args, { env: toolEnvironment(credentials) })
      expect(stdout).toContain(':user/bot')
    }
    await expect.poll(stream.text).toContain('"action":"iam:CreateUser"')
    expect([await server.end('SIGTERM'), server.errors()]).toEqual([0, ''])
    expect(await stream.ended).toMatch(/event: complete\n[^]*\n\n$/)
  },
  TIMEOUT,
)

test(
  'a key that is not that of the certificate stops the start with one line',
  async () => {
    const files = pair()
    writeFileSync(files.LATCHKEY_TLS_KEY, selfSignedCertificate().key)
    const { code, errors } = await refusedServer({ ...files, LATCHKEY_DATA_DIR: temporaryDirectory() })
    expect(code).toBe(1)
    expect(errors).toMatch(/^Latchkey cannot start: The key in LATCHKEY_TLS_KEY=.* give both files of one pair\.\n$/)
  },
  TIMEOUT,
)
