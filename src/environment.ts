import { isIPv6 } from 'node:net'
import { z } from 'zod'
import { parseNetworks, parseTrustProxy } from './http/client-address.ts'
import { CONNECTION_LIMITS } from './http/limits.ts'
import { DATABASE_LIMITS } from './store/database-limits.ts'

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export interface ListenAddress {
  /** An IP address without brackets, or a host name. */
  readonly host: string
  readonly port: number
}

/** 32 bytes: 64 hex digits, or base64 in either alphabet. */
const KEY = /^([0-9a-f]{64}|[0-9A-Za-z+/_-]{43}=?)$/i

/** A positive number of something, which is this many when nothing is said. */
function count(preset: number) {
  return z
    .string()
    .regex(/^[1-9]\d{0,5}$/)
    .transform(Number)
    .default(preset)
    .describe('a whole number from 1 to 999999')
}

const FILE = z.string().refine((text) => !text.includes('\0'))

/** Each variable: how its text becomes a value, and what is expected of it in words for the operator. */
export const ENVIRONMENT = z.object({
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]{1,253}$/)
    .default('127.0.0.1')
    .describe('an IP address or a host name'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .default('4000')
    .transform(Number)
    .refine((port) => port <= 65_535)
    .describe('a whole number from 0 to 65535'),
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:$/.test(parseUrl(text)?.protocol ?? ''))
    .optional()
    .describe('postgresql://user:password@host:port/database'),
  LATCHKEY_DATABASE_POOL: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .refine((connections) => connections >= 4)
    .optional()
    .describe('a whole number from 4 to 999'),
  LATCHKEY_WORKERS: z
    .union([
      z.literal('auto'),
      z
        .string()
        .regex(/^[1-9]\d?$/)
        .transform(Number),
    ])
    .default(1)
    .describe('a whole number from 1 to 99, or auto'),
  LATCHKEY_DATABASE_TIMEOUT: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .transform(Number)
    .default(DATABASE_LIMITS.timeoutMs / 1000)
    .describe('a whole number of seconds from 1 to 999'),
  LATCHKEY_DATA_DIR: z
    .string()
    .refine((text) => !text.includes('\0'))
    .default('data')
    .describe('a directory'),
  LATCHKEY_PREPARED_READS: z
    .enum(['true', 'false'])
    .default('true')
    .transform((text) => text === 'true')
    .describe('true or false'),
  LATCHKEY_NEW_DATABASE: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('true or false'),
  LATCHKEY_MASTER_KEY: z
    .string()
    .refine((text) => text.split(',').every((key) => KEY.test(key.trim())))
    .optional()
    .describe('32 random bytes in base64 or hex, for example from `openssl rand -base64 32`'),
  LATCHKEY_FORGET_MASTER_KEYS: z
    .string()
    .regex(/^[0-9a-f]{8}(,[0-9a-f]{8})*$/)
    .transform((text) => text.split(','))
    .default([])
    .describe('ids of master keys, of 8 hexadecimal digits each, separated by commas'),
  LATCHKEY_ROOT_EMAIL: z.email().max(254).optional().describe('an e-mail address'),
  LATCHKEY_ROOT_PASSWORD: z.string().min(8).max(128).optional().describe('8 to 128 characters'),
  LATCHKEY_ACCOUNT_ID: z
    .string()
    .regex(/^\d{12}$/)
    .optional()
    .describe('12 digits'),
  LATCHKEY_PUBLIC_URL: z.string().transform(asOrigin).optional().describe('an origin such as https://iam.example.com'),
  LATCHKEY_ALLOWED_ORIGINS: z
    .string()
    .transform((text, context) => text.split(',').map((origin) => asOrigin(origin.trim(), context)))
    .default([])
    .describe('origins separated by commas, such as https://portal.example.com,https://admin.example.com (no *)'),
  LATCHKEY_TRUST_PROXY: z
    .string()
    .transform((text, context) => parseTrustProxy(text) ?? invalid(context))
    .default({ kind: 'none' })
    .describe('the number of proxies in front, or their networks such as 10.0.0.0/8,fd00::/8'),
  LATCHKEY_STOP_TIMEOUT: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .transform(Number)
    .default(20)
    .describe('a whole number of seconds from 1 to 999'),
  LATCHKEY_MAX_CONNECTIONS: count(CONNECTION_LIMITS.maxConnections),
  LATCHKEY_MAX_CONNECTIONS_PER_ADDRESS: count(CONNECTION_LIMITS.maxConnectionsPerAddress),
  LATCHKEY_METRICS_TOKEN: z
    .string()
    .regex(/^[\u0021-\u007E]{16,512}$/)
    .optional()
    .describe('at least 16 characters without spaces, for example from `openssl rand -base64 32`'),
  LATCHKEY_METRICS_LISTEN: z
    .string()
    .transform((text, context) => parseListenAddress(text) ?? invalid(context))
    .optional()
    .describe('a port, or an address and a port such as 127.0.0.1:9464 or [::1]:9464'),
  LATCHKEY_TLS_CERT: FILE.optional().describe('the file of a certificate, PEM'),
  LATCHKEY_TLS_KEY: FILE.optional().describe('the file of a private key, PEM'),
  OTEL_SDK_DISABLED: z.string().optional().describe('true or false'),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none']).optional().describe('otlp or none'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional().describe('an address such as http://localhost:4318'),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.url().optional().describe('an address such as http://localhost:4318/v1/traces'),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.string().optional().describe('http/json'),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: z.string().optional().describe('http/json'),
  LATCHKEY_HSTS_SUBDOMAINS: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('true or false'),
  LATCHKEY_OIDC_PRIVATE_NETWORKS: z
    .string()
    .transform((text, context) => parseNetworks(text) ?? invalid(context))
    .optional()
    .describe('networks separated by commas, such as 10.20.0.0/16,127.0.0.1'),
  LATCHKEY_KEY_CHANGES_PER_MINUTE: z
    .string()
    .regex(/^[1-9]\d{0,5}$/)
    .default('3000')
    .transform(Number)
    .describe('a whole number from 1 to 999999'),
  LATCHKEY_AUDIT_RETENTION_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/)
    .transform(Number)
    .optional()
    .describe('a whole number of days from 1 to 99999'),
  LOG_LEVEL: z
    .enum(LOG_LEVELS)
    .default('info')
    .describe(`one of ${LOG_LEVELS.join(', ')}`),
})

/** Every variable there is. */
export const VARIABLES: readonly string[] = Object.keys(ENVIRONMENT.shape)

/** What the variables say, each for itself. */
export type Environment = z.infer<typeof ENVIRONMENT>

/** Reads `9464` (of this machine alone), `127.0.0.1:9464` and `[::1]:9464`; null when it is none of them. */
function parseListenAddress(text: string): ListenAddress | null {
  const found = /^(?:(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]{1,253})):)?(\d{1,5})$/.exec(text)
  if (found === null) return null
  const [, ipv6, name = '127.0.0.1', port] = found
  if (Number(port) > 65_535 || (ipv6 !== undefined && !isIPv6(ipv6))) return null
  return { host: ipv6 ?? name, port: Number(port) }
}

function asOrigin(text: string, context: z.RefinementCtx): string {
  const url = parseUrl(text)
  const plain = url !== null && /^https?:$/.test(url.protocol) && [url.origin, `${url.origin}/`].includes(text)
  return plain ? url.origin : invalid(context)
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}

function invalid(context: z.RefinementCtx): never {
  context.addIssue({ code: 'custom' })
  return z.NEVER
}
