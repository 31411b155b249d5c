import type { User } from '../../generated/prisma/client.ts'
import type { AuditDetail } from '../audit-entry.ts'
import type { Call, Tx } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { uniqueId } from '../identifiers.ts'
import { checkQuota } from '../quotas.ts'
import { findUser } from '../users/find-user.ts'
import { type CredentialAndSecret, WITHOUT_HASH } from './find-service-credential.ts'
import { serviceNamed } from './service-names.ts'
import { hashServiceSecret, newServiceSecret } from './service-secret.ts'

export interface CreateServiceSpecificCredentialInput {
  readonly userName: string
  readonly serviceName: string
  /** Days, 1 to 36600; it never expires when null or omitted. */
  readonly credentialAgeDays?: number | null
}

const DAY = 24 * 60 * 60 * 1000

/**
 * Makes a credential of a user for one service. Inactive and expired ones count towards the quota of two. Throws NoSuchEntity,
 * NotSupportedService, LimitExceeded, InvalidInput (a term for a service whose credentials have none), ValidationError.
 */
export async function createServiceSpecificCredential(
  call: Call,
  { userName, serviceName: given, credentialAgeDays }: CreateServiceSpecificCredentialInput,
): Promise<CredentialAndSecret> {
  checkConstraints({ userName, serviceName: given, credentialAgeDays })
  const { serviceName, apiKey, expires } = serviceNamed(given)
  const days = credentialAgeDays ?? null
  if (days !== null && !expires)
    throw new IamError('InvalidInput', `Credentials for ${serviceName} cannot be created with credentialAgeDays.`)

  const { accountId } = call.principal
  const id = uniqueId('ACCA', call.random)
  const detail: AuditDetail = { userName, serviceName, credentialAgeDays: days, serviceSpecificCredentialId: id }
  return await change(call, detail, async (tx) => {
    const user = await findUser(tx, accountId, userName)
    await checkQuotas(tx, user, serviceName)
    const publicName = await freeName(tx, user, serviceName)
    const secret = newServiceSecret({ publicName, apiKey }, call.random)
    const createdAt = call.clock()
    const credential = await tx.serviceSpecificCredential.create({
      data: {
        accountId,
        id,
        userId: user.id,
        serviceName,
        publicName,
        apiKey,
        secretHash: hashServiceSecret(secret),
        createdAt,
        expiresAt: days === null ? null : new Date(createdAt.getTime() + days * DAY),
      },
      omit: WITHOUT_HASH,
    })
    return { credential, secret }
  })
}

async function checkQuotas(tx: Tx, { accountId, id: userId }: User, serviceName: string): Promise<void> {
  const mine = await tx.serviceSpecificCredential.findMany({
    where: { accountId, userId },
    select: { serviceName: true },
  })
  const same = mine.filter((one) => one.serviceName === serviceName)
  checkQuota('ServiceSpecificCredentialsPerService', same.length + 1)
  checkQuota('ServiceSpecificCredentialsPerUser', mine.length + 1)
}

/**
 * `jane-at-123456789012`, and for the second `jane+1-at-123456789012`. The name may be taken by a credential of somebody who was
 * called so once, or is called `jane+1`.
 */
async function freeName(tx: Tx, { accountId, name }: User, serviceName: string): Promise<string> {
  for (let number = 0; ; number++) {
    const publicName = `${name}${number === 0 ? '' : `+${number}`}-at-${accountId}`
    const where = { accountId_serviceName_publicName: { accountId, serviceName, publicName } }
    if ((await tx.serviceSpecificCredential.findUnique({ where, select: { id: true } })) === null) return publicName
  }
}
