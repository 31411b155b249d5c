import { federatedUserArn, oidcProviderArn } from '../authn/arn.ts'
import type { Principal } from '../authn/principal.ts'
import {
  ACTIONS,
  type Action,
  type ActionFacts,
  type ListedType,
  type ResourceKind,
  type ResourceKindOf,
} from './actions.ts'

/** Where to find the target of an action; the gate turns it into the full ARN with path, and its tags. */
export type Locator =
  | { readonly by: 'user-name'; readonly name: string | null | undefined }
  | { readonly by: 'user-id'; readonly userId: string }
  | { readonly by: 'user-row'; readonly user: UserRow }
  | { readonly by: 'entity-name'; readonly type: 'group' | 'role'; readonly name: string }
  | { readonly by: 'entity-row'; readonly type: 'group' | 'role'; readonly row: PathedRow }
  | {
      readonly by: 'renamed'
      readonly type: 'user' | 'group'
      readonly name: string
      readonly newName: string | null
      readonly newPath: string | null
    }
  | { readonly by: 'key-owner'; readonly accessKeyId: string }
  | { readonly by: 'arn'; readonly arn: string }
  | { readonly by: 'tagged-arn'; readonly type: TaggedByArn; readonly arn: string }
  | { readonly by: 'principal-arn'; readonly arn: string }
  | {
      readonly by: 'name'
      readonly type: ListedType
      readonly name: string
      readonly path: string | null | undefined
    }
  | {
      readonly by: 'list'
      readonly type: ListedType
      readonly pathPrefix: string | null | undefined
    }
  | { readonly by: 'everything' }

/** Things that requests name by their whole ARN: only their tags have to be looked up. */
export type TaggedByArn = 'policy' | 'mfa' | 'oidc-provider'

/** The columns of a group or role that its ARN needs. */
export interface PathedRow {
  readonly id: string
  readonly name: string
  readonly path: string
}

/** The columns of a user that its ARN needs. */
export interface UserRow {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly root: boolean
}

/** A resource of one kind. The kind is what keeps an action from being checked on something it does not apply to. */
export interface Resource<Kind extends ResourceKind> {
  readonly kind: Kind
  readonly locator: Locator
}

/** Values of condition keys that come from the request itself: `aws:RequestTag/…`, `aws:TagKeys`, `iam:PolicyARN`. */
export type RequestKeys = Iterable<readonly [string, string | readonly string[]]>

/** One permission that a field needs. The resource must be of the kind that the action is checked on. */
export type Requirement<Parent, Args> = {
  [A in Action]: {
    readonly action: A
    readonly resource: (parent: Parent, args: Args, caller: Principal) => Resource<ResourceKindOf<A>>
    /** Needed only when this holds, e.g. iam:TagUser only with a description. */
    readonly when?: (parent: Parent, args: Args) => boolean
    readonly keys?: (args: Args) => RequestKeys
  }
}[Action]

/**
 * What a field needs.
 * - one requirement, or a list of which all must hold;
 * - `anyOf`: one of them is enough;
 * - `authenticated`: every caller who proved who it is (sts:GetCallerIdentity, one's own session); with the name of the
 *   operation where the audit trail needs one;
 * - `public`: nobody has to sign in for it;
 * - `parent`: reachable only through a field that was guarded for exactly this object.
 */
export type AccessDeclaration<Parent, Args> =
  | Requirement<Parent, Args>
  | readonly Requirement<Parent, Args>[]
  | { readonly anyOf: readonly Requirement<Parent, Args>[] }
  | 'authenticated'
  | { readonly authenticated: string }
  | 'public'
  | 'parent'

/** The request carries the whole name of something that exists or is about to. */
interface Named {
  readonly name: string
  readonly path?: string | null | undefined
}

/** A user by name without regard to case; null or undefined means the caller. */
export function user(name: string | null | undefined): Resource<'user'> {
  return { kind: 'user', locator: { by: 'user-name', name } }
}

/** A user that was already read. */
export function userRow(row: UserRow): Resource<'user'> {
  return { kind: 'user', locator: { by: 'user-row', user: row } }
}

/** A user by its unique id. */
export function userWithId(userId: string): Resource<'user'> {
  return { kind: 'user', locator: { by: 'user-id', userId } }
}

/** A user that is about to exist under this name and path. */
export function newUser({ name, path }: Named): Resource<'user'> {
  return { kind: 'user', locator: { by: 'name', type: 'user', name, path } }
}

/** A user as it will be called after a rename or a move; what is not given stays. */
export function renamedUser(
  name: string,
  newName: string | null | undefined,
  newPath: string | null | undefined,
): Resource<'user'> {
  return {
    kind: 'user',
    locator: { by: 'renamed', type: 'user', name, newName: newName ?? null, newPath: newPath ?? null },
  }
}

/** A user, group or role by ARN. */
export function principal(arn: string): Resource<'principal'> {
  return { kind: 'principal', locator: { by: 'principal-arn', arn } }
}

/** A group by name without regard to case. */
export function group(name: string): Resource<'group'> {
  return { kind: 'group', locator: { by: 'entity-name', type: 'group', name } }
}

/** A group that was already read. */
export function groupRow(row: PathedRow): Resource<'group'> {
  return { kind: 'group', locator: { by: 'entity-row', type: 'group', row } }
}

/** A group that is about to exist under this name and path. */
export function newGroup({ name, path }: Named): Resource<'group'> {
  return { kind: 'group', locator: { by: 'name', type: 'group', name, path } }
}

/** A group as it will be called after a rename or a move; what is not given stays. */
export function renamedGroup(
  name: string,
  newName: string | null | undefined,
  newPath: string | null | undefined,
): Resource<'group'> {
  return {
    kind: 'group',
    locator: { by: 'renamed', type: 'group', name, newName: newName ?? null, newPath: newPath ?? null },
  }
}

/** A role by name without regard to case. */
export function role(name: string): Resource<'role'> {
  return { kind: 'role', locator: { by: 'entity-name', type: 'role', name } }
}

/** A role that was already read. */
export function roleRow(row: PathedRow): Resource<'role'> {
  return { kind: 'role', locator: { by: 'entity-row', type: 'role', row } }
}

/** A role that is about to exist under this name and path. */
export function newRole({ name, path }: Named): Resource<'role'> {
  return { kind: 'role', locator: { by: 'name', type: 'role', name, path } }
}

/** Somebody who gets temporary credentials under this name. */
export function federatedUser(accountId: string, name: string): Resource<'federated-user'> {
  return { kind: 'federated-user', locator: { by: 'arn', arn: federatedUserArn(accountId, name) } }
}

/** The user that owns an access key. */
export function keyOwner(accessKeyId: string): Resource<'user'> {
  return { kind: 'user', locator: { by: 'key-owner', accessKeyId } }
}

/** A managed policy by ARN. */
export function policy(arn: string): Resource<'policy'> {
  return { kind: 'policy', locator: { by: 'tagged-arn', type: 'policy', arn } }
}

/** A managed policy that is about to exist. */
export function newPolicy({ name, path }: Named): Resource<'policy'> {
  return { kind: 'policy', locator: { by: 'name', type: 'policy', name, path } }
}

/** A virtual MFA device by serial number, which is its ARN. */
export function mfaDevice(serialNumber: string): Resource<'mfa'> {
  return { kind: 'mfa', locator: { by: 'tagged-arn', type: 'mfa', arn: serialNumber } }
}

/** A virtual MFA device that is about to exist. */
export function newMfaDevice({ name, path }: Named): Resource<'mfa'> {
  return { kind: 'mfa', locator: { by: 'name', type: 'mfa', name, path } }
}

/** An identity provider by ARN. */
export function oidcProvider(arn: string): Resource<'oidc-provider'> {
  return { kind: 'oidc-provider', locator: { by: 'tagged-arn', type: 'oidc-provider', arn } }
}

/** An identity provider of an account that was already read. */
export function oidcProviderRow(row: { readonly accountId: string; readonly url: string }): Resource<'oidc-provider'> {
  return oidcProvider(oidcProviderArn(row.accountId, row.url))
}

/** An identity provider that is about to exist. */
export function newOidcProvider(accountId: string, url: string): Resource<'oidc-provider'> {
  const arn = oidcProviderArn(accountId, url.replace(/^https:\/\//, ''))
  return { kind: 'oidc-provider', locator: { by: 'arn', arn } }
}

/** An action without a resource type. */
export function everything(): Resource<'account'> {
  return { kind: 'account', locator: { by: 'everything' } }
}

/** A list: IAM evaluates the ARN that the path prefix makes, so that a policy can open a part of the tree. */
export function listOf(type: ListedType, pathPrefix?: string | null): Resource<'account'> {
  return { kind: 'account', locator: { by: 'list', type, pathPrefix } }
}

/** The resource of an action as `@access` prints it. */
export function resourceTemplate(action: Action): string {
  const facts: ActionFacts = ACTIONS[action]
  if (facts.listed !== undefined) return `arn:aws:iam::{account}:${facts.listed}{pathPrefix}`
  return TEMPLATES[facts.resource]
}

const TEMPLATES: Readonly<Record<ResourceKind, string>> = {
  user: 'arn:aws:iam::{account}:user/{userName}',
  group: 'arn:aws:iam::{account}:group/{groupName}',
  role: 'arn:aws:iam::{account}:role/{roleName}',
  principal: 'arn:aws:iam::{account}:{type}/{name}',
  'federated-user': 'arn:aws:sts::{account}:federated-user/{name}',
  policy: 'arn:aws:iam::{account}:policy/{policyName}',
  mfa: 'arn:aws:iam::{account}:mfa/{virtualMfaDeviceName}',
  'oidc-provider': 'arn:aws:iam::{account}:oidc-provider/{url}',
  account: '*',
}
