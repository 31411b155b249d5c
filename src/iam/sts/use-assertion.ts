import { createHash } from 'node:crypto'
import type { SamlAssertion } from '../../authn/saml/index.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'

/** Rows that one use takes away: more than it adds, so that expired ones do not stay. */
const MOST_PURGED = 100

/**
 * Remembers that an assertion opened a session, until nobody accepts it any more. Of two at once the second waits for the first, on
 * whichever server. Throws InvalidIdentityToken for one that was used.
 */
export async function useAssertion(
  tx: Tx,
  accountId: string,
  { issuer, id }: Pick<SamlAssertion, 'issuer' | 'id'>,
  { now, expiresAt }: { readonly now: Date; readonly expiresAt: Date },
): Promise<void> {
  // What others are purging at the moment is left to them: nobody waits for anybody in two orders.
  await tx.$executeRaw`
    DELETE FROM saml_assertion_use WHERE account_id = ${accountId} AND assertion IN (
      SELECT assertion FROM saml_assertion_use WHERE account_id = ${accountId} AND expires_at <= ${now}
      LIMIT ${MOST_PURGED} FOR UPDATE SKIP LOCKED)`
  const assertion = createHash('sha256')
    .update(JSON.stringify([issuer, id]))
    .digest('hex')
  const { count } = await tx.samlAssertionUse.createMany({
    data: { accountId, assertion, expiresAt },
    skipDuplicates: true,
  })
  if (count === 0) throw new IamError('InvalidIdentityToken', 'The SAML response was used before')
}
