import { assumedRoleArn, federatedUserArn, roleArn, userArn } from './arn.ts'
import type { StoredOwner, StoredRoleSession } from './credential-source.ts'
import type { Principal, SamlSession, SessionLimits, WebIdentitySession } from './principal.ts'

/** What a credential itself says about the caller; the rest is known from its owner. */
export type Proof = Omit<Principal, 'kind' | 'accountId' | 'id' | 'name' | 'path' | 'arn' | 'epoch' | 'delegation'>

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

interface RoleSessionFacts {
  readonly sessionName: string
  readonly webIdentity?: WebIdentitySession | undefined
  readonly saml?: SamlSession | undefined
}

/** A session of a role. */
export function rolePrincipal(
  role: StoredRoleSession,
  { sessionName, webIdentity, saml, ...session }: SessionLimits & RoleSessionFacts,
  proof: Proof,
): Principal {
  const { accountId, roleId, roleName, path, epoch } = role
  return Object.freeze({
    kind: 'role-session',
    accountId,
    id: `${roleId}:${sessionName}`,
    name: null,
    path: '/',
    arn: assumedRoleArn(accountId, roleName, sessionName),
    epoch,
    ...proof,
    delegation: Object.freeze({
      ownerId: roleId,
      ownerIsRoot: false,
      principalArn: roleArn({ accountId, path, name: roleName }),
      sessionName,
      session,
      ...(webIdentity && { webIdentity }),
      ...(saml && { saml }),
    }),
  })
}

/** A federated user, who has a part of the permissions of an IAM user or of the root user. */
export function federatedPrincipal(
  { accountId, userId, root, epoch }: StoredOwner,
  { name, ...session }: SessionLimits & { readonly name: string },
  proof: Proof,
): Principal {
  const arn = federatedUserArn(accountId, name)
  return Object.freeze({
    kind: 'federated',
    accountId,
    id: `${accountId}:${name}`,
    name: null,
    path: '/',
    arn,
    epoch,
    ...proof,
    delegation: Object.freeze({ ownerId: userId, ownerIsRoot: root, principalArn: arn, sessionName: name, session }),
  })
}
