import { X509Certificate } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { checkClock } from '../../src/command/doctor/check-database.ts'
import { checkProxy, checkRuntime } from '../../src/command/doctor/check-settings.ts'
import { checkTls } from '../../src/command/doctor/check-tls.ts'
import { readConfig } from '../../src/config.ts'
import type { Facts } from '../../src/store/backup/facts.ts'
import { latchkey } from '../support/run-command.ts'
import { selfSignedCertificate } from '../support/self-signed-certificate.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const TIMEOUT = { timeout: 120_000 }
const Report = z.object({
  healthy: z.boolean(),
  findings: z.array(
    z.object({
      check: z.string(),
      level: z.enum(['ok', 'warning', 'problem']),
      message: z.string(),
      remedy: z.string().nullable(),
    }),
  ),
})

async function examine(env: Readonly<Record<string, string>>) {
  const { code, out, err } = await latchkey(['doctor', '--json'], env)
  expect(err).toBe('')
  const { healthy, findings } = Report.parse(JSON.parse(out))
  expect(code).toBe(healthy ? 0 : 1)
  for (const { level, remedy } of findings) expect(remedy === null).toBe(level === 'ok')
  const of = (check: string) => findings.filter((finding) => finding.check === check)
  return { healthy, of }
}

test('doctor changes nothing where nothing is, and names variables that are misspelt', TIMEOUT, async () => {
  const dataDir = path.join(temporaryDirectory(), 'data')
  const { healthy, of } = await examine({ LATCHKEY_DATA_DIR: dataDir, LATCHKEY_PUBLIC_ULR: 'https://iam.example.com' })
  expect(healthy).toBe(true)
  expect(of('configuration')).toEqual([
    expect.objectContaining({ level: 'warning', message: expect.stringContaining('LATCHKEY_PUBLIC_ULR') }),
  ])
  expect(of('database')[0]?.message).toContain('There is no database in ')
  expect(existsSync(dataDir)).toBe(false)
  const wrong = await latchkey(['doctor'], { LATCHKEY_DATA_DIR: dataDir, LATCHKEY_MASTER_KEY: 'short' })
  expect([wrong.code, wrong.out]).toEqual([
    1,
    expect.stringMatching(/^problem +configuration +LATCHKEY_MASTER_KEY \(its value is not shown\).*\n +→ \S/m),
  ])
})

test('doctor opens a sealed value, and finds a key that is missing, wrong or open to others', TIMEOUT, async () => {
  const dataDir = path.join(temporaryDirectory(), 'data')
  const env = { LATCHKEY_DATA_DIR: dataDir }
  expect((await latchkey(['seed'], env)).code).toBe(0)
  const whole = await examine(env)
  expect(whole.healthy).toBe(true)
  expect(whole.of('keys')[0]?.message).toMatch(/^Master key [0-9a-f]{8} opens what is sealed\.$/)
  expect(whole.of('migrations')[0]?.level).toBe('ok')
  expect(whole.of('clock')[0]?.level).toBe('ok')

  const wrong = await examine({ ...env, LATCHKEY_MASTER_KEY: '0f'.repeat(32) })
  expect(wrong.of('keys')).toEqual([
    expect.objectContaining({
      level: 'problem',
      message: expect.stringMatching(/under master key \w{8}; at hand is \w{8}\.$/),
    }),
  ])
  chmodSync(path.join(dataDir, 'master.key'), 0o644)
  const open = await examine(env)
  expect(open.healthy).toBe(false)
  expect(open.of('files')[0]).toMatchObject({ level: 'problem', remedy: expect.stringContaining('chmod -R go-rwx') })
})

test(
  'doctor says what is wrong with a database that cannot be reached, and with a file in the place of a directory',
  TIMEOUT,
  async () => {
    const away = await examine({ DATABASE_URL: 'postgresql://iam:hunter2@127.0.0.1:1/iam' })
    expect(away.of('database')).toEqual([
      expect.objectContaining({ level: 'problem', message: expect.stringContaining('127.0.0.1:1/iam cannot be used') }),
    ])
    const file = path.join(temporaryDirectory(), 'data')
    writeFileSync(file, '')
    expect((await examine({ LATCHKEY_DATA_DIR: file })).of('files')[0]?.level).toBe('problem')
  },
)

test('doctor on an interrupted restore names what is left over', TIMEOUT, async () => {
  const dataDir = path.join(temporaryDirectory(), 'data')
  mkdirSync(path.join(dataDir, 'pg.restoring'), { recursive: true, mode: 0o700 })
  chmodSync(dataDir, 0o700)
  const { of } = await examine({ LATCHKEY_DATA_DIR: dataDir })
  expect(of('files')).toEqual([
    expect.objectContaining({ level: 'warning', message: expect.stringContaining('pg.restoring') }),
  ])
})

test.each([
  ['a server for this machine', {}, 'ok'],
  ['a proxy that is believed', { LATCHKEY_PUBLIC_URL: 'https://iam.example.com', LATCHKEY_TRUST_PROXY: '1' }, 'ok'],
  ['https without a proxy that is believed', { LATCHKEY_PUBLIC_URL: 'https://iam.example.com' }, 'warning'],
  ['a public address without TLS', { LATCHKEY_PUBLIC_URL: 'http://iam.example.com' }, 'warning'],
  ['an open port without a public address', { HOST: '0.0.0.0' }, 'warning'],
  [
    'an open port beside a number of proxies',
    { HOST: '0.0.0.0', LATCHKEY_PUBLIC_URL: 'https://iam.example.com', LATCHKEY_TRUST_PROXY: '1' },
    'warning',
  ],
])('settings of proxies: %s', (_name, env, level) => {
  expect(checkProxy(readConfig(env))).toEqual([expect.objectContaining({ check: 'proxy', level })])
})

test('a certificate of its own: in use, ending soon, for another name, and one that keeps the server from starting', () => {
  const { key, certificate } = selfSignedCertificate()
  const folder = temporaryDirectory()
  const files = { LATCHKEY_TLS_CERT: path.join(folder, 'tls.crt'), LATCHKEY_TLS_KEY: path.join(folder, 'tls.key') }
  writeFileSync(files.LATCHKEY_TLS_CERT, certificate)
  writeFileSync(files.LATCHKEY_TLS_KEY, key, { mode: 0o600 })
  const until = new Date(new X509Certificate(certificate).validTo)
  const daysBefore = (days: number) => new Date(until.getTime() - days * 24 * 60 * 60 * 1000)
  const look = (name: string, now: Date) =>
    checkTls(readConfig({ ...files, LATCHKEY_PUBLIC_URL: `https://${name}` }), now)
  const ours = readConfig({ ...files, LATCHKEY_PUBLIC_URL: 'https://localhost' })
  expect(checkProxy(ours)).toEqual([expect.objectContaining({ level: 'ok' })])
  expect(look('localhost', daysBefore(15))).toEqual([
    { check: 'tls', level: 'ok', message: `The certificate is valid until ${until.toISOString()}.`, remedy: null },
  ])
  expect(look('127.0.0.1', daysBefore(13))).toEqual([
    expect.objectContaining({ level: 'warning', message: expect.stringContaining(': 13 days more.') }),
  ])
  expect(look('iam.example.com', daysBefore(15))).toEqual([
    expect.objectContaining({ level: 'warning', message: expect.stringContaining('is not for iam.example.com') }),
  ])
  chmodSync(files.LATCHKEY_TLS_KEY, 0o644)
  expect(look('localhost', daysBefore(15))).toEqual([
    expect.objectContaining({ level: 'problem', message: expect.stringContaining('is open to other users') }),
  ])
  expect(checkTls(readConfig({}), daysBefore(15))).toEqual([])
})

test.each([
  ['agrees', 0, null, 'ok'],
  ['is five seconds off', 5_000, null, 'warning'],
  ['is a minute off', 60_000, null, 'problem'],
  ['went back behind the newest event', 0, 3_600_000, 'problem'],
])('a clock that %s', (_name, off, ahead, level) => {
  const now = new Date('2026-01-15T12:00:00Z')
  const facts: Facts = {
    serverVersion: '17.4',
    migrations: [],
    masterKeyIds: [],
    accounts: [],
    auditEvents: 0,
    samples: [],
    now: new Date(now.getTime() - off).toISOString(),
    newestEvent: ahead === null ? null : new Date(now.getTime() + ahead).toISOString(),
    signingKeySince: null,
  }
  expect(checkClock(facts, now)).toEqual([expect.objectContaining({ level })])
})

test('an old Node is a problem', () => {
  expect(['18.20.0', '20.18.9', '20.19.0', '22.0.0'].map((version) => checkRuntime(version).level)).toEqual([
    'problem',
    'problem',
    'ok',
    'ok',
  ])
})
