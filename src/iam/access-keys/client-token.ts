import { createHash } from 'node:crypto'
import type { Call, Tx } from '../call.ts'
import { IamError } from '../errors.ts'

/** For so long a token answers with what it made, in milliseconds. */
const LIFETIME = 24 * 60 * 60 * 1000

/** What a caller's token stands for. The parts of the request decide whether a retry really is the same request. */
export interface ClientTokenUse {
  readonly token: string
  readonly request: readonly (string | null)[]
}

/**
 * The key that this caller has made with this token within 24 hours; null when there is none. Tokens of other callers are
 * other tokens. Throws InvalidInput when the token came with another request.
 */
export async function recallAccessKeyId(tx: Tx, call: Call, use: ClientTokenUse): Promise<string | null> {
  const caller = { accountId: call.principal.accountId, callerId: call.principal.id }
  await tx.clientToken.deleteMany({
    where: { ...caller, createdAt: { lte: new Date(call.clock().getTime() - LIFETIME) } },
  })
  const used = await tx.clientToken.findUnique({
    where: { accountId_callerId_tokenHash: { ...caller, tokenHash: hash([use.token]) } },
  })
  if (used !== null && used.requestHash !== hash(use.request)) {
    throw new IamError(
      'InvalidInput',
      'The clientToken was already used with different input within the last 24 hours.',
    )
  }
  return used?.accessKeyId ?? null
}

/** Remembers which key the token made. Only hashes are stored: a token is as good as the secret for its caller. */
export async function rememberAccessKeyId(tx: Tx, call: Call, use: ClientTokenUse, accessKeyId: string): Promise<void> {
  await tx.clientToken.create({
    data: {
      accountId: call.principal.accountId,
      callerId: call.principal.id,
      tokenHash: hash([use.token]),
      requestHash: hash(use.request),
      accessKeyId,
      createdAt: call.clock(),
    },
  })
}

/** JSON keeps the parts apart. */
function hash(parts: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
