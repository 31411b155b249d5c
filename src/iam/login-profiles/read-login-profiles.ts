import type { LoginProfile } from '../../generated/prisma/client.ts'
import type { ReadCall, Selection } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { resolveUser } from '../users/find-user.ts'
import { loginProfileNotFound } from './login-profiles.ts'

/** That a user, or the caller, has a password (iam:GetLoginProfile). Throws NoSuchEntity, ValidationError. */
export async function getLoginProfile(
  call: ReadCall,
  { userName }: { readonly userName?: string | null },
  asked: Selection,
): Promise<LoginProfile> {
  checkConstraints({ userName })
  const { id, name } = await resolveUser(call.db, call, userName)
  const found = await loginProfileOf(call, id, asked)
  if (found === null) throw loginProfileNotFound(name)
  return found
}

/** The password of a user by unique id, without its hash unless that is asked for; null when there is none. */
export function loginProfileOf(
  { db, principal: { accountId } }: ReadCall,
  userId: string,
  asked: Selection,
): Promise<LoginProfile | null> {
  return db.loginProfile.findUnique({ ...asked, where: { accountId_userId: { accountId, userId } } })
}
