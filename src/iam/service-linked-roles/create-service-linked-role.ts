import type { Role } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { uniqueId } from '../identifiers.ts'
import { checkQuota } from '../quotas.ts'
import { checkServiceLinkedName, serviceLinkedName } from './service-linked-name.ts'

export interface CreateServiceLinkedRoleInput {
  /** The service principal, as `billing.example.com`. */
  readonly awsServiceName: string
  readonly description?: string | null
  /** Tells several roles of one service apart. */
  readonly customSuffix?: string | null
}

/**
 * Makes the role of a service, which trusts that service alone and is protected from then on. It has no permissions: at AWS the
 * service brings them. Throws InvalidInput (service, length of the name, name taken), LimitExceeded, ValidationError.
 */
export async function createServiceLinkedRole(call: Call, input: CreateServiceLinkedRoleInput): Promise<Role> {
  const { awsServiceName, description, customSuffix } = input
  checkConstraints({ awsServiceName, roleDescription: description, customSuffix })
  const named = serviceLinkedName(awsServiceName, customSuffix)
  checkServiceLinkedName(awsServiceName, named)

  const { accountId } = call.principal
  const id = uniqueId('AROA', call.random)
  const nameKey = named.name.toLowerCase()
  const detail = { awsServiceName, roleName: named.name, roleId: id, path: named.path }
  return await change(call, detail, async (tx) => {
    const where = { accountId_nameKey: { accountId, nameKey } }
    if ((await tx.role.findUnique({ where, select: { id: true } })) !== null) {
      const text = `Service role name ${named.name} has been taken in this account, please try a different suffix.`
      throw new IamError('InvalidInput', text)
    }
    checkQuota('RolesPerAccount', (await tx.role.count({ where: { accountId } })) + 1)
    return await tx.role.create({
      data: {
        ...named,
        accountId,
        id,
        nameKey,
        description: description ?? null,
        trustPolicy: trustIn(awsServiceName),
        createdAt: call.clock(),
      },
    })
  })
}

function trustIn(service: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  })
}
