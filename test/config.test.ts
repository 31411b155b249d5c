import { availableParallelism } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, publicUrlOf, readConfig } from '../src/config.ts'

const HEX_KEY = '0123456789abcdef'.repeat(4)
const BASE64_KEY = Buffer.from(HEX_KEY, 'hex').toString('base64')
const SECRET = 'hunter2-hunter2'

function fault(env: Record<string, string>): string {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  throw new Error('the environment was accepted')
}

test('nothing needs to be set', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 4000,
    databaseUrl: null,
    workers: 1,
    databasePool: 10,
    databaseTimeout: 15,
    dataDir: path.resolve('data'),
    preparedReads: true,
    newDatabase: false,
    masterKey: null,
    forgetMasterKeys: [],
    rootEmail: null,
    rootPassword: null,
    accountId: null,
    publicUrl: null,
    allowedOrigins: [],
    trustProxy: { kind: 'none' },
    stopTimeout: 20,
    maxConnections: 2_000,
    maxConnectionsPerAddress: 256,
    metricsToken: null,
    metricsListen: null,
    tls: null,
    tracing: false,
    unknownTracesProtocol: null,
    hstsSubdomains: false,
    oidcPrivateNetworks: null,
    keyChangesPerMinute: 3000,
    auditRetentionDays: null,
    logLevel: 'info',
  })
})

test('an empty variable counts as absent, and others are nobody’s business', () => {
  expect(readConfig({ PORT: '', LATCHKEY_MASTER_KEY: '', LATCHKEY_PORT: 'tcp://10.0.0.1:80', PATH: '/bin' })).toEqual(
    readConfig({}),
  )
})

test('networks of identity providers are taken as they are named', () => {
  const { oidcPrivateNetworks } = readConfig({ LATCHKEY_OIDC_PRIVATE_NETWORKS: '10.20.0.0/16, ::1' })
  const inside = [oidcPrivateNetworks?.check('10.20.3.4'), oidcPrivateNetworks?.check('::1', 'ipv6')]
  expect([...inside, oidcPrivateNetworks?.check('10.21.3.4')]).toEqual([true, true, false])
})

describe('a good value', () => {
  test.each([
    ['HOST', '::', { host: '::' }],
    ['PORT', '0', { port: 0 }],
    [
      'DATABASE_URL',
      'postgresql://u:p@db:5432/iam?sslmode=require',
      { databaseUrl: 'postgresql://u:p@db:5432/iam?sslmode=require' },
    ],
    ['DATABASE_URL', 'postgres://db/iam', { databaseUrl: 'postgres://db/iam' }],
    ['LATCHKEY_DATA_DIR', 'some/where', { dataDir: path.resolve('some/where') }],
    ['LATCHKEY_FORGET_MASTER_KEYS', '0a1b2c3d,4e5f6071', { forgetMasterKeys: ['0a1b2c3d', '4e5f6071'] }],
    ['LATCHKEY_MASTER_KEY', HEX_KEY, { masterKey: HEX_KEY }],
    ['LATCHKEY_MASTER_KEY', BASE64_KEY, { masterKey: BASE64_KEY }],
    ['LATCHKEY_MASTER_KEY', `${BASE64_KEY}, ${HEX_KEY}`, { masterKey: `${BASE64_KEY}, ${HEX_KEY}` }],
    ['LATCHKEY_ROOT_EMAIL', 'root@example.com', { rootEmail: 'root@example.com' }],
    ['LATCHKEY_ROOT_PASSWORD', 'eight ch', { rootPassword: 'eight ch' }],
    ['LATCHKEY_ACCOUNT_ID', '000000000001', { accountId: '000000000001' }],
    ['LATCHKEY_PUBLIC_URL', 'https://iam.example.com/', { publicUrl: 'https://iam.example.com' }],
    [
      'LATCHKEY_ALLOWED_ORIGINS',
      'https://a.example.com, http://localhost:3000',
      { allowedOrigins: ['https://a.example.com', 'http://localhost:3000'] },
    ],
    ['LATCHKEY_MAX_CONNECTIONS', '500', { maxConnections: 500 }],
    ['LATCHKEY_MAX_CONNECTIONS_PER_ADDRESS', '20', { maxConnectionsPerAddress: 20 }],
    ['LATCHKEY_METRICS_TOKEN', 'a-token-of-the-scraper', { metricsToken: 'a-token-of-the-scraper' }],
    ['LATCHKEY_METRICS_LISTEN', '9464', { metricsListen: { host: '127.0.0.1', port: 9464 } }],
    ['LATCHKEY_METRICS_LISTEN', '127.0.0.1:0', { metricsListen: { host: '127.0.0.1', port: 0 } }],
    ['LATCHKEY_METRICS_LISTEN', '[::1]:9464', { metricsListen: { host: '::1', port: 9464 } }],
    ['LATCHKEY_TRUST_PROXY', '2', { trustProxy: { kind: 'hops', hops: 2 } }],
    ['LATCHKEY_HSTS_SUBDOMAINS', 'true', { hstsSubdomains: true }],
    ['LATCHKEY_KEY_CHANGES_PER_MINUTE', '60', { keyChangesPerMinute: 60 }],
    ['LOG_LEVEL', 'debug', { logLevel: 'debug' }],
  ])('of %s is taken: %s', (name, value, expected) => {
    expect(readConfig({ [name]: value })).toMatchObject(expected)
  })
})

describe('a bad value stops the start with one line that names variable, value and what is expected', () => {
  test.each([
    ['HOST', 'not a host', 'an IP address or a host name'],
    ['PORT', 'eighty', 'a whole number from 0 to 65535'],
    ['PORT', '65536', 'a whole number from 0 to 65535'],
    ['PORT', '-1', 'a whole number from 0 to 65535'],
    ['LATCHKEY_DATA_DIR', 'a\0b', 'a directory'],
    ['LATCHKEY_ROOT_EMAIL', 'root', 'an e-mail address'],
    ['LATCHKEY_ACCOUNT_ID', '12345', '12 digits'],
    ['LATCHKEY_PUBLIC_URL', 'iam.example.com', 'an origin such as https://iam.example.com'],
    ['LATCHKEY_PUBLIC_URL', 'https://example.com/iam', 'an origin such as https://iam.example.com'],
    [
      'LATCHKEY_ALLOWED_ORIGINS',
      '*',
      'origins separated by commas, such as https://portal.example.com,https://admin.example.com (no *)',
    ],
    [
      'LATCHKEY_ALLOWED_ORIGINS',
      'https://a.example.com,',
      'origins separated by commas, such as https://portal.example.com,https://admin.example.com (no *)',
    ],
    ['LATCHKEY_OIDC_PRIVATE_NETWORKS', 'true', 'networks separated by commas, such as 10.20.0.0/16,127.0.0.1'],
    ...['metrics', '65536', '::1:9464', '[127.0.0.1]:9464', '127.0.0.1:'].map((value) => [
      'LATCHKEY_METRICS_LISTEN',
      value,
      'a port, or an address and a port such as 127.0.0.1:9464 or [::1]:9464',
    ]),
    ['LATCHKEY_MAX_CONNECTIONS', '0', 'a whole number from 1 to 999999'],
    ['LATCHKEY_TRUST_PROXY', 'all', 'the number of proxies in front, or their networks such as 10.0.0.0/8,fd00::/8'],
    ['LATCHKEY_KEY_CHANGES_PER_MINUTE', '0', 'a whole number from 1 to 999999'],
    ['LOG_LEVEL', 'loud', 'one of silent, fatal, error, warn, info, debug, trace'],
  ])('%s=%s', (name, value, expected) => {
    expect(fault({ [name]: value })).toBe(`${name}=${JSON.stringify(value)} is not valid: expected ${expected}`)
  })

  test.each([
    ['LATCHKEY_MASTER_KEY', SECRET],
    ['LATCHKEY_MASTER_KEY', `${HEX_KEY},${SECRET}`],
    ['LATCHKEY_ROOT_PASSWORD', 'hunter2'],
    ['DATABASE_URL', `mysql://root:${SECRET}@db/iam`],
    ['DATABASE_URL', `postgresql://root:${SECRET}@db:port/iam`],
  ])('%s, but never its value, because it is a secret', (name, value) => {
    const message = fault({ [name]: value })
    expect(message).toMatch(new RegExp(`^${name} \\(its value is not shown\\) is not valid: expected `))
    expect(message).not.toContain('hunter2')
    expect(message).not.toContain('\n')
  })

  test('a secret is not shown either when another variable is wrong', () => {
    expect(fault({ LATCHKEY_ROOT_PASSWORD: SECRET, LATCHKEY_MASTER_KEY: HEX_KEY, PORT: 'x' })).toBe(
      'PORT="x" is not valid: expected a whole number from 0 to 65535',
    )
  })
})

test.each([
  [{ host: '127.0.0.1' }, 'http://127.0.0.1:4000'],
  [{ host: '0.0.0.0' }, 'http://localhost:4000'],
  [{ host: '::' }, 'http://localhost:4000'],
  [{ host: '::1' }, 'http://[::1]:4000'],
  [{ host: '127.0.0.1', tls: { cert: '/c', key: '/k' } }, 'https://127.0.0.1:4000'],
  [{ host: '0.0.0.0', publicUrl: 'https://iam.example.com' }, 'https://iam.example.com'],
])('people reach %o at %s', (config, expected) => {
  expect(publicUrlOf({ publicUrl: null, tls: null, ...config }, 4000)).toBe(expected)
})

test.each([
  [{}, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' }, true],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://localhost:4318/v1/traces' }, true],
  [{ OTEL_TRACES_EXPORTER: 'otlp' }, true],
  [{ OTEL_TRACES_EXPORTER: 'none', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' }, false],
  [{ OTEL_SDK_DISABLED: 'true', OTEL_TRACES_EXPORTER: 'otlp' }, false],
])('with %o requests are traced: %s', (env, traced) => {
  expect(readConfig(env).tracing).toBe(traced)
})

test.each([
  [{}, null],
  [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, null],
  [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'grpc'],
  [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json' }, null],
  [{ OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf' }, 'http/protobuf'],
])('with %o the protocol that is not ours is %s', (env, protocol) => {
  expect(readConfig(env).unknownTracesProtocol).toBe(protocol)
})

describe('values that do not go together stop the start with one line', () => {
  test.each(['0.0.0.0:9464', '[::]:9464', '10.0.0.7:9464', 'metrics.example.com:9464'])(
    'figures on %s, where others can read them, need a token',
    (address) => {
      expect(fault({ LATCHKEY_METRICS_LISTEN: address })).toMatch(/set LATCHKEY_METRICS_TOKEN as well, or listen on/)
      const withToken = readConfig({
        LATCHKEY_METRICS_LISTEN: address,
        LATCHKEY_METRICS_TOKEN: 'a-token-of-the-scraper',
      })
      expect(withToken.metricsListen?.port).toBe(9464)
    },
  )

  test.each(['localhost:9464', '127.0.0.9:9464', '[::1]:9464', '9464'])('figures on %s need none', (address) => {
    expect(readConfig({ LATCHKEY_METRICS_LISTEN: address }).metricsListen?.port).toBe(9464)
  })

  test.each(['LATCHKEY_TLS_CERT', 'LATCHKEY_TLS_KEY'])('%s alone is half of a pair', (name) => {
    expect(fault({ [name]: 'file.pem' })).toMatch(/set both, or neither/)
  })

  test('TLS under a public address that begins with http', () => {
    const env = { LATCHKEY_TLS_CERT: 'c.pem', LATCHKEY_TLS_KEY: 'k.pem' }
    expect(fault({ ...env, LATCHKEY_PUBLIC_URL: 'http://iam.example.com' })).toMatch(/begins with https:/)
    expect(readConfig({ ...env, LATCHKEY_PUBLIC_URL: 'https://iam.example.com' }).tls).toEqual({
      cert: path.resolve('c.pem'),
      key: path.resolve('k.pem'),
    })
  })
})

const DATABASE_URL = 'postgresql://127.0.0.1/iam'

function poolOf(workers: number, more = {}): number {
  return readConfig({ LATCHKEY_WORKERS: String(workers), DATABASE_URL, ...more }).databasePool
}

describe('workers', () => {
  test('are as many as are asked for, or one per core, of which 16 have enough connections of PostgreSQL', () => {
    expect(readConfig({ LATCHKEY_WORKERS: '1' }).workers).toBe(1)
    expect(readConfig({ LATCHKEY_WORKERS: '3', DATABASE_URL }).workers).toBe(3)
    const { workers } = readConfig({ LATCHKEY_WORKERS: 'auto', DATABASE_URL })
    expect(workers).toBe(Math.min(availableParallelism(), 16))
  })

  test('share the connections that PostgreSQL has by default, one more of them included, unless the operator says otherwise', () => {
    expect([1, 2, 7, 8, 16, 99].map((workers) => poolOf(workers))).toEqual([10, 10, 10, 9, 4, 4])
    for (let workers = 1; workers <= 16; workers++) expect((workers + 1) * (poolOf(workers) + 1)).toBeLessThan(97)
    expect(poolOf(16, { LATCHKEY_DATABASE_POOL: '20' })).toBe(20)
  })

  test.each(['0', '-1', '1.5', '100', 'all', 'AUTO'])('are not %s', (text) => {
    expect(fault({ LATCHKEY_WORKERS: text, DATABASE_URL })).toBe(
      `LATCHKEY_WORKERS="${text}" is not valid: expected a whole number from 1 to 99, or auto`,
    )
  })

  test.each(['2', 'auto'])('are refused on the embedded database: %s', (text) => {
    expect(fault({ LATCHKEY_WORKERS: text })).toBe(
      `LATCHKEY_WORKERS=${text} needs PostgreSQL, because the embedded database belongs to one process: set DATABASE_URL, or leave LATCHKEY_WORKERS out`,
    )
  })
})
