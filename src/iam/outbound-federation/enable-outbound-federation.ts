import { createIdentityKey, type IdentityKey, IDENTITY_TOKEN_ALGORITHMS } from '../../authn/jwt/index.ts'
import { SECRET_OWNER } from '../../authn/secret-owner.ts'
import type { IssuingCall, Tx } from '../call.ts'
import { change } from '../change.ts'
import { IamError } from '../errors.ts'
import {
  federationDisabled,
  type FederationInfo,
  findIssuer,
  isStillPublished,
  issuerIdentifier,
  type IssuerWithKeys,
} from './token-issuer.ts'

/** Keys that are younger are taken up again: whoever disables and enables in turns makes no more keys than one pair a day. */
const KEPT_FOR_MS = 24 * 3600 * 1000

/**
 * Lets callers of the account get identity tokens for others. The first time makes the account's issuer, whose address stays; each
 * time makes new keys, unless those before are of the same day. Throws FeatureEnabled.
 */
export async function enableOutboundFederation(call: IssuingCall): Promise<FederationInfo> {
  const { accountId } = call.principal
  const before = await findIssuer(call.db, accountId)
  const kept = before === null ? [] : keptKeys(call, before)
  // Made before the account is locked, and not for somebody who is refused anyway.
  const made = before?.enabled === true || kept.length > 0 ? [] : await newKeys()
  const id = before?.id ?? call.random(16).toString('hex')
  const keyIds = [...kept, ...made.map(({ kid }) => kid)].toSorted()
  const info = { issuerIdentifier: issuerIdentifier(call.issuer.issuer, { id }), jwtVendingEnabled: true }
  return await change(call, { issuerIdentifier: info.issuerIdentifier, keyIds }, async (tx) => {
    const now = await findIssuer(tx, accountId)
    if (now?.enabled === true)
      throw new IamError('FeatureEnabled', 'Outbound identity federation is already enabled for this account.')
    // Somebody enabled it and disabled it again since.
    if (now?.id !== before?.id || now?.keys.length !== before?.keys.length)
      throw new IamError('ConcurrentModification', 'The settings are being changed by others. Please try again.')
    await tx.tokenIssuer.upsert({
      where: { accountId },
      create: { accountId, id, enabled: true, createdAt: call.clock() },
      update: { enabled: true },
    })
    await forgetKeys(call, tx, now)
    await tx.tokenIssuerKey.updateMany({ where: { accountId, id: { in: kept } }, data: { retiredAt: null } })
    for (const key of made) await writeKey(call, tx, key)
    return info
  })
}

/**
 * Ends it. Tokens that were given out stay valid until they expire, so the keys stay published as long. Throws FeatureDisabled.
 */
export async function disableOutboundFederation(call: IssuingCall): Promise<FederationInfo> {
  const { accountId } = call.principal
  return await change(call, {}, async (tx) => {
    const { count } = await tx.tokenIssuer.updateMany({
      where: { accountId, enabled: true },
      data: { enabled: false },
    })
    if (count === 0) throw federationDisabled()
    await tx.tokenIssuerKey.updateMany({ where: { accountId, retiredAt: null }, data: { retiredAt: call.clock() } })
    const issuer = await tx.tokenIssuer.findUniqueOrThrow({ where: { accountId } })
    return { issuerIdentifier: issuerIdentifier(call.issuer.issuer, issuer), jwtVendingEnabled: false }
  })
}

/** Throws FeatureDisabled, also where it was enabled once. */
export async function getOutboundFederationInfo({
  db,
  principal,
  issuer: { issuer: publicUrl },
}: Pick<IssuingCall, 'db' | 'principal' | 'issuer'>): Promise<FederationInfo> {
  const issuer = await db.tokenIssuer.findUnique({ where: { accountId: principal.accountId } })
  if (issuer?.enabled !== true) throw federationDisabled()
  return { issuerIdentifier: issuerIdentifier(publicUrl, issuer), jwtVendingEnabled: true }
}

/** One key of each algorithm, all young enough; none otherwise. */
function keptKeys({ clock }: IssuingCall, { keys }: IssuerWithKeys): string[] {
  const since = clock().getTime() - KEPT_FOR_MS
  const young = keys.filter(({ createdAt }) => createdAt.getTime() > since)
  const newest = IDENTITY_TOKEN_ALGORITHMS.map((algorithm) => young.find((key) => key.algorithm === algorithm))
  return newest.every((key) => key !== undefined) ? newest.map(({ id }) => id) : []
}

function newKeys(): Promise<IdentityKey[]> {
  return Promise.all(IDENTITY_TOKEN_ALGORITHMS.map((algorithm) => createIdentityKey(algorithm)))
}

async function writeKey(call: IssuingCall, tx: Tx, { kid: id, privateKey, ...key }: IdentityKey): Promise<void> {
  const { accountId } = call.principal
  const sealed = call.secrets.seal(privateKey, SECRET_OWNER.tokenIssuerKey({ accountId, id }))
  const data = { ...key, accountId, id, privateKey: sealed.ciphertext, sealedBy: sealed.keyId, createdAt: call.clock() }
  await tx.tokenIssuerKey.create({ data, select: { id: true } })
}

/** A key that is kept longer than its tokens live is only a key that can leak. */
async function forgetKeys(call: IssuingCall, tx: Tx, issuer: IssuerWithKeys | null): Promise<void> {
  const kept = issuer === null ? [] : keptKeys(call, issuer)
  const done = (issuer?.keys ?? []).filter((key) => !isStillPublished(key, call) && !kept.includes(key.id))
  const id = { in: done.map((key) => key.id) }
  await tx.tokenIssuerKey.deleteMany({ where: { accountId: call.principal.accountId, id } })
}
