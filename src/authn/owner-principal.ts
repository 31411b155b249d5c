import { userArn } from './arn.ts'
import type { StoredOwner } from './credential-source.ts'
import type { Principal } from './principal.ts'

/** What a credential itself says about the caller; the rest is known from its owner. */
export type Proof = Omit<Principal, 'kind' | 'accountId' | 'id' | 'name' | 'path' | 'arn' | 'epoch'>

/** The caller: who owns the credential, and how it was proven. Frozen, because decisions are cached by it. */
export function ownerPrincipal(owner: StoredOwner, proof: Proof): Principal {
  const { accountId, userId, userName, path, root, epoch } = owner
  return Object.freeze({
    kind: root ? 'root' : 'user',
    accountId,
    id: userId,
    name: root ? null : userName,
    path,
    arn: userArn({ accountId, path, name: userName, root }),
    epoch,
    ...proof,
  })
}
