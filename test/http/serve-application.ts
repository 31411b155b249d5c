import { onTestFinished } from 'vitest'
import { type Application, createApplication } from '../../src/application.ts'
import type { ConsoleFiles } from '../../src/http/console.ts'
import { createHttpServer } from '../../src/http/http-server.ts'
import { createLog } from '../../src/http/log.ts'
import { startingApp } from '../../src/http/server.ts'
import { BUILT_IN_POLICIES } from '../../src/iam/policies/built-in/index.ts'
import { ensureAccount } from '../../src/store/bootstrap.ts'
import { loadMasterKey } from '../../src/store/master-key.ts'
import { hashPassword } from '../../src/authn/password/index.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
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
  const { close, restart: _restart, ...served } = await startApplication()
  onTestFinished(close)
  return served
}

interface ApplicationParts {
  readonly clock?: TestClock
  readonly console?: ConsoleFiles | null
  /** An origin; by default one on this machine without TLS. */
  readonly publicUrl?: string
  /** Another than the one of the worker: migrated, and without an account. */
  readonly database?: TestDatabase
}

/** A restart, step by step, as clients see it. */
export interface Restart {
  /** Nobody listens. */
  stop(): Promise<void>
  /** Somebody listens, who is not ready yet. */
  begin(): Promise<void>
  finish(): void
}

/** The same until it is closed. */
export async function startApplication({
  clock = testClock(),
  console = null,
  publicUrl = 'http://127.0.0.1:4000',
  database: given,
}: ApplicationParts = {}): Promise<
  ServedApplication & { readonly close: () => Promise<void>; readonly restart: Restart }
> {
  const database = given ?? (await freshDatabase())
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
  let { handler } = application
  const server = createHttpServer((...exchange) => handler(...exchange), {
    trustProxy: { kind: 'none' },
    log: createLog('silent'),
  })
  const listenAt = async (port: number) =>
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  await listenAt(0)
  const close = async () => {
    await stop()
    await application.close()
  }
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('no port was bound')
  const restart = {
    stop,
    async begin() {
      handler = startingApp()
      await listenAt(bound.port)
    },
    finish: () => void ({ handler } = application),
  }
  return { url: `http://127.0.0.1:${bound.port}`, application, clock, close, restart }
}
