import { generateRecoveryCodes, hashRecoveryCode, isRecoveryCode } from '../../authn/mfa/index.ts'
import { userArn } from '../../authn/arn.ts'
import { SECRET_OWNER } from '../../authn/secret-owner.ts'
import { eventOf, recordAlong } from '../audit/record.ts'
import type { Call, RequestInfo, Services, Tx } from '../call.ts'
import { change } from '../change.ts'
import { noMfaDevice } from '../errors.ts'
import { resolveUser } from '../users/find-user.ts'

const KEY_BYTES = 32

interface Owner {
  readonly accountId: string
  readonly id: string
}

/**
 * Creates ten new recovery codes for the caller and deletes the former ones. They are returned only this once. Nobody can create
 * codes for another user: whoever reads them can sign in with them. Throws NoSuchEntity (no device), ValidationError (no user).
 */
export async function createRecoveryCodes(call: Call): Promise<readonly string[]> {
  return await change(call, { userName: call.principal.name }, async (tx) => {
    const user = await resolveUser(tx, call, null)
    if ((await tx.mfaDevice.count({ where: { accountId: user.accountId, userId: user.id } })) === 0) throw noMfaDevice()
    return await writeCodes(tx, call, user)
  })
}

/** The same along with another change of the caller's, with an event of its own. */
export async function createRecoveryCodesWithin(tx: Tx, call: Call, user: Owner): Promise<readonly string[]> {
  const codes = await writeCodes(tx, call, user)
  await recordAlong(tx, call, [
    { ...eventOf(call), action: 'latchkey:CreateRecoveryCodes', result: 'SUCCESS', detail: { codes: codes.length } },
  ])
  return codes
}

/** Ends the codes of a user who has no device any more: there is nothing that they could stand for. */
export async function deleteRecoveryCodesWithoutDevice(tx: Tx, { accountId, id: userId }: Owner): Promise<void> {
  if ((await tx.mfaDevice.count({ where: { accountId, userId } })) > 0) return
  await tx.recoveryCodes.deleteMany({ where: { accountId, userId } })
}

export interface UsedRecoveryCode {
  /** How many the user still has. */
  readonly left: number
}

type Person = Parameters<typeof userArn>[0] & Owner

/**
 * Uses a recovery code up, in the caller's transaction: rolled back with it, committed with it, and with an event that tells of it,
 * never which one it was. Null when it is none, or was used before.
 *
 * One conditional update: of two requests that bring one code at the same moment, to whichever gateways, the second waits for the
 * first one's row lock, finds the code gone, and changes nothing.
 */
export async function takeRecoveryCode(
  tx: Tx,
  services: Pick<Services, 'clock' | 'random' | 'secrets'>,
  { user, code, request }: { readonly user: Person; readonly code: string; readonly request: RequestInfo },
): Promise<UsedRecoveryCode | null> {
  if (!isRecoveryCode(code)) return null
  const { accountId, id: userId } = user
  const stored = await tx.recoveryCodes.findUnique({
    where: { accountId_userId: { accountId, userId } },
    select: { key: true, keyId: true },
  })
  if (stored === null) return null
  const key = services.secrets.open({ ciphertext: stored.key, keyId: stored.keyId }, SECRET_OWNER.recoveryCodes(user))
  const hash = hashRecoveryCode(key, code)
  const [used] = await tx.$queryRaw<UsedRecoveryCode[]>`
    UPDATE recovery_codes
    SET hashes = array_remove(hashes, ${hash}::bytea), last_used_at = ${services.clock().toISOString()}::timestamptz
    WHERE account_id = ${accountId} AND id = ${userId} AND ${hash}::bytea = ANY (hashes)
    RETURNING cardinality(hashes) AS left`
  if (used === undefined) return null
  const arn = userArn(user)
  await recordAlong(tx, services, [
    {
      accountId,
      requestId: request.id,
      principalArn: arn,
      principalId: userId,
      mfa: true,
      sourceIp: request.sourceIp,
      userAgent: request.userAgent,
      action: 'latchkey:UseRecoveryCode',
      resource: arn,
      result: 'SUCCESS',
      detail: { left: used.left },
    },
  ])
  return used
}

async function writeCodes(tx: Tx, call: Call, user: Owner): Promise<readonly string[]> {
  const { accountId, id: userId } = user
  const codes = generateRecoveryCodes(call.random)
  const key = new Uint8Array(call.random(KEY_BYTES))
  const { ciphertext, keyId } = call.secrets.seal(key, SECRET_OWNER.recoveryCodes(user))
  const data = {
    key: ciphertext,
    keyId,
    hashes: codes.map((code) => hashRecoveryCode(key, code)),
    createdAt: call.clock(),
    lastUsedAt: null,
  }
  await tx.recoveryCodes.upsert({
    where: { accountId_userId: { accountId, userId } },
    create: { accountId, userId, ...data },
    update: data,
    select: { userId: true },
  })
  return codes
}
