import { randomBytes, randomUUID } from 'node:crypto'
import { ownerPrincipal } from '../authn/owner-principal.ts'
import { ROOT_USER_NAME } from '../authn/root-user.ts'
import { createBudgets } from '../budget/index.ts'
import type { Call, Services } from '../iam/call.ts'
import { createChangeQueue } from '../iam/change-queue.ts'
import type { Database } from '../store/open.ts'
import { createSecretBox, type KeyRing } from '../store/secret-box.ts'

/** What operations may use in a command that carries them out one after the other. */
export function servicesOfCommand({ db }: Pick<Database, 'db'>, ring: KeyRing): Services {
  return {
    db,
    clock: () => new Date(),
    random: randomBytes,
    secrets: createSecretBox(ring, randomBytes),
    budgets: createBudgets({ now: () => performance.now() }),
    // Nobody is refused, so there is nothing to count.
    tally: { count: () => {}, note: () => {} },
    changes: createChangeQueue({ now: () => performance.now(), connections: 1 }),
  }
}

interface Deed {
  readonly action: string
  /** ARN. */
  readonly resource: string
  /** The command, as the user agent in the audit trail. */
  readonly by: string
}

/** An operation by the root user, who is allowed everything. */
export async function callOfRoot(services: Services, accountId: string, { by, ...deed }: Deed): Promise<Call> {
  const epochNow = async () => (await services.db.account.findUniqueOrThrow({ where: { id: accountId } })).policyEpoch
  const principal = ownerPrincipal(
    { accountId, userId: accountId, userName: ROOT_USER_NAME, path: '/', root: true, epoch: await epochNow() },
    {
      credential: 'PASSWORD',
      accessKeyId: null,
      sessionId: null,
      issuedAt: null,
      expiresAt: null,
      mfaAuthenticatedAt: null,
      sourceIdentity: null,
      passwordResetPending: false,
      signedFor: null,
    },
  )
  return {
    ...services,
    principal,
    request: { id: randomUUID(), sourceIp: null, userAgent: by, referer: null, secureTransport: true },
    decision: { id: randomUUID(), ...deed },
    reauthorize: epochNow,
  }
}
