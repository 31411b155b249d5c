import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'
import { type Application, createApplication } from '../../src/application.ts'
import type { ConsoleFiles } from '../../src/http/console.ts'
import { CONNECTION_LIMITS } from '../../src/http/connection-limits.ts'
import { createLog } from '../../src/http/log.ts'
import { BUILT_IN_POLICIES } from '../../src/iam/policies/built-in/index.ts'
import { ensureAccount } from '../../src/store/bootstrap.ts'
import { loadMasterKey } from '../../src/store/master-key.ts'
import { hashPassword } from '../../src/authn/password/index.ts'
import { freshDatabase } from '../support/database.ts'
import { type TestClock, testClock, testRandom } from '../support/services.ts'

export const ROOT_PASSWORD = 'a password of the tests'
export const ACCOUNT_ID = '123456789012'
const CHEAP = { memoryCost: 64, timeCost: 1, parallelism: 1 }

export interface ServedApplication {
  readonly url: string
  readonly application: Application
  readonly clock: TestClock
}

/** The whole server on an empty database with one account, on a free port until the test is over. */
export async function serveApplication(): Promise<ServedApplication> {
  const { close, ...served } = await startApplication()
  onTestFinished(close)
  return served
}

interface ApplicationParts {
  readonly clock?: TestClock
  readonly console?: ConsoleFiles | null
  /** An origin; by default one on this machine without TLS. */
  readonly publicUrl?: string
}

/** The same until it is closed. */
export async function startApplication({
  clock = testClock(),
  console = null,
  publicUrl = 'http://127.0.0.1:4000',
}: ApplicationParts = {}): Promise<ServedApplication & { readonly close: () => Promise<void> }> {
  const database = await freshDatabase()
  const random = testRandom('application')
  const application = await createApplication({
    database,
    masterKey: loadMasterKey({ fromEnvironment: '0f'.repeat(32), dataDir: 'unused' }),
    clock,
    random,
    log: createLog('silent'),
    publicUrl,
    allowedOrigins: [],
    trustProxy: { kind: 'none' },
    console,
  })
  await ensureAccount({
    db: database.db,
    clock,
    random,
    accountId: ACCOUNT_ID,
    rootEmail: 'root@example.com',
    rootPassword: ROOT_PASSWORD,
    hashPassword: (password) => hashPassword(password, CHEAP),
    builtInPolicies: BUILT_IN_POLICIES,
  })
  const server = createServer(CONNECTION_LIMITS, application.handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await application.close()
  }
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('no port was bound')
  return { url: `http://127.0.0.1:${bound.port}`, application, clock, close }
}
