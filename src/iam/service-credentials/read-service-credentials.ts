import type { ServiceSpecificCredential } from '../../generated/prisma/client.ts'
import type { ReadCall, Selection } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { idPage, type KeysetConnection, type NodesOf, type PageArgs } from '../keyset-page.ts'
import { resolveUser } from '../users/find-user.ts'
import { serviceNamed } from './service-names.ts'

export interface ServiceSpecificCredentialsArgs extends PageArgs {
  /** The caller when omitted. */
  readonly userName?: string | null
  /** Of all services when omitted. */
  readonly serviceName?: string | null
  /** Of all users of the account; not together with a user name. */
  readonly allUsers?: boolean | null
}

/**
 * One page of the credentials of a user, of the caller, or of all users, by id (iam:ListServiceSpecificCredentials). Throws
 * NoSuchEntity, NotSupportedService, ValidationError.
 */
export async function listServiceSpecificCredentials(
  call: ReadCall,
  { userName, serviceName, allUsers, ...args }: ServiceSpecificCredentialsArgs,
  nodes: NodesOf,
): Promise<KeysetConnection<ServiceSpecificCredential>> {
  const { db, principal } = call
  checkConstraints({ userName, serviceName })
  if (allUsers === true && userName != null)
    throw new IamError('ValidationError', 'Either userName or allUsers can be given, not both.')
  const page = idPage(args, 'ASC', (id) => /^\w{20,128}$/.test(id))
  const { where, orderBy, take } = page
  const service = serviceName == null ? {} : { serviceName: serviceNamed(serviceName).serviceName }
  const owner = allUsers === true ? {} : { userId: (await resolveUser(db, call, userName)).id }
  return page.connection(
    await db.serviceSpecificCredential.findMany({
      ...nodes(page),
      where: { accountId: principal.accountId, ...where, ...service, ...owner },
      orderBy,
      take,
    }),
  )
}

/** A credential of the account by id, with what is asked of it; null when there is none. */
export async function serviceCredentialById(
  { db, principal: { accountId } }: ReadCall,
  id: string,
  asked: Selection,
): Promise<ServiceSpecificCredential | null> {
  return await db.serviceSpecificCredential.findUnique({ ...asked, where: { accountId_id: { accountId, id } } })
}
