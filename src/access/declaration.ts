import { federatedUserArn, oidcProviderArn, parseIamArn, samlProviderArn } from '../authn/arn.ts'
import type { Principal } from '../authn/principal.ts'
import { ACTIONS, type Action, type ActionFacts, type ResourceKindOf } from './actions.ts'
import { factsOf, type KindByArn, type NamedKind, type PathedKind, type ResourceKind } from './entities.ts'

/** Where to find the target of an action; the gate turns it into the full ARN with path, and its tags. */
export type Locator =
  | { readonly by: 'caller' }
  | { readonly by: 'name'; readonly kind: NamedKind; readonly name: string }
  | { readonly by: 'user-id'; readonly userId: string }
  | { readonly by: 'row'; readonly kind: NamedKind; readonly row: EntityRow }
  | {
      readonly by: 'renamed'
      readonly kind: NamedKind
      readonly name: string
      readonly newName: string | null
      readonly newPath: string | null
    }
  | { readonly by: 'key-owner'; readonly accessKeyId: string }
  | { readonly by: 'arn'; readonly arn: string }
  | { readonly by: 'kind-and-arn'; readonly kind: KindByArn; readonly arn: string }
  | { readonly by: 'principal-arn'; readonly arn: string }
  | { readonly by: 'new'; readonly kind: PathedKind; readonly name: string; readonly path: string | null | undefined }
  | { readonly by: 'list'; readonly kind: PathedKind; readonly pathPrefix: string | null | undefined }
  | { readonly by: 'everything' }

/** The columns of a user, group or role that its ARN needs. */
export interface EntityRow {
  readonly id: string
  readonly name: string
  readonly path: string
  /** Of users: the root user, whose ARN has no name. */
  readonly root?: boolean
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
  return name === null || name === undefined ? { kind: 'user', locator: { by: 'caller' } } : byName('user', name)
}

/** A user that was already read. */
export function userRow(row: EntityRow): Resource<'user'> {
  return ofRow('user', row)
}

/** A user by its unique id. */
export function userWithId(userId: string): Resource<'user'> {
  return { kind: 'user', locator: { by: 'user-id', userId } }
}

/** All users: as of a list, IAM evaluates the ARN that their paths begin with. */
export function everyUser(): Resource<'user'> {
  return { kind: 'user', locator: { by: 'list', kind: 'user', pathPrefix: null } }
}

/** A user that is about to exist under this name and path. */
export function newUser(named: Named): Resource<'user'> {
  return aboutToExist('user', named)
}

/** A user as it will be called after a rename or a move; what is not given stays. */
export function renamedUser(name: string, newName?: string | null, newPath?: string | null): Resource<'user'> {
  return renamed('user', name, newName, newPath)
}

/** The user that owns an access key. */
export function keyOwner(accessKeyId: string): Resource<'user'> {
  return { kind: 'user', locator: { by: 'key-owner', accessKeyId } }
}

/** A group by name without regard to case. */
export function group(name: string): Resource<'group'> {
  return byName('group', name)
}

/** A group that was already read. */
export function groupRow(row: EntityRow): Resource<'group'> {
  return ofRow('group', row)
}

/** A group that is about to exist under this name and path. */
export function newGroup(named: Named): Resource<'group'> {
  return aboutToExist('group', named)
}

/** A group as it will be called after a rename or a move; what is not given stays. */
export function renamedGroup(name: string, newName?: string | null, newPath?: string | null): Resource<'group'> {
  return renamed('group', name, newName, newPath)
}

/** A role by name without regard to case. */
export function role(name: string): Resource<'role'> {
  return byName('role', name)
}

/** All roles whose paths begin so: IAM evaluates the ARN that they begin with. */
export function everyRole(pathPrefix: string): Resource<'role'> {
  return { kind: 'role', locator: { by: 'list', kind: 'role', pathPrefix } }
}

/** A role that was already read. */
export function roleRow(row: EntityRow): Resource<'role'> {
  return ofRow('role', row)
}

/** A role that is about to exist under this name and path. */
export function newRole(named: Named): Resource<'role'> {
  return aboutToExist('role', named)
}

/** How fields name things of a kind by their names, in the ways that a request can. */
export function resourcesOf<Kind extends NamedKind>(kind: Kind) {
  return {
    /** By name without regard to case. */
    named: (name: string) => byName(kind, name),
    /** One that was already read. */
    row: (row: EntityRow) => ofRow(kind, row),
    /** One that is about to exist under this name and path. */
    toCome: (asked: Named) => aboutToExist(kind, asked),
    /** As it will be called after a rename or a move; what is not given stays. */
    renamed: (name: string, newName?: string | null, newPath?: string | null) => renamed(kind, name, newName, newPath),
  }
}

/** A user, group or role by ARN. */
export function principal(arn: string): Resource<'principal'> {
  return { kind: 'principal', locator: { by: 'principal-arn', arn } }
}

/** A user, group, role or managed policy by ARN. */
export function principalOrPolicy(arn: string): Resource<'principal-or-policy'> {
  const named = parseIamArn(arn)?.type === 'policy' ? policy(arn) : principal(arn)
  return { kind: 'principal-or-policy', locator: named.locator }
}

/** Somebody who gets temporary credentials under this name. */
export function federatedUser(accountId: string, name: string): Resource<'federated-user'> {
  return { kind: 'federated-user', locator: { by: 'arn', arn: federatedUserArn(accountId, name) } }
}

/** A managed policy by ARN. */
export function policy(arn: string): Resource<'policy'> {
  return byArn('policy', arn)
}

/** A managed policy that is about to exist. */
export function newPolicy(named: Named): Resource<'policy'> {
  return aboutToExist('policy', named)
}

/** A virtual MFA device by serial number, which is its ARN. */
export function mfaDevice(serialNumber: string): Resource<'mfa'> {
  return byArn('mfa', serialNumber)
}

/** A virtual MFA device that is about to exist. */
export function newMfaDevice(named: Named): Resource<'mfa'> {
  return aboutToExist('mfa', named)
}

/** An identity provider by ARN. */
export function oidcProvider(arn: string): Resource<'oidc-provider'> {
  return byArn('oidc-provider', arn)
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

/** An identity provider of SAML by ARN. */
export function samlProvider(arn: string): Resource<'saml-provider'> {
  return byArn('saml-provider', arn)
}

/** An identity provider of SAML of an account that was already read. */
export function samlProviderRow(row: { readonly accountId: string; readonly name: string }): Resource<'saml-provider'> {
  return samlProvider(samlProviderArn(row.accountId, row.name))
}

/** An identity provider of SAML that is about to exist. */
export function newSamlProvider(accountId: string, name: string): Resource<'saml-provider'> {
  return { kind: 'saml-provider', locator: { by: 'arn', arn: samlProviderArn(accountId, name) } }
}

/** An action without a resource type. */
export function everything(): Resource<'account'> {
  return { kind: 'account', locator: { by: 'everything' } }
}

/** A list: IAM evaluates the ARN that the path prefix makes, so that a policy can open a part of the tree. */
export function listOf(kind: PathedKind, pathPrefix?: string | null): Resource<'account'> {
  return { kind: 'account', locator: { by: 'list', kind, pathPrefix } }
}

/** The resource of an action as `@access` prints it. */
export function resourceTemplate(action: Action): string {
  const { listed, resource }: ActionFacts = ACTIONS[action]
  return listed === undefined ? factsOf(resource).template : `arn:aws:iam::{account}:${listed}{pathPrefix}`
}

function byName<Kind extends NamedKind>(kind: Kind, name: string): Resource<Kind> {
  return { kind, locator: { by: 'name', kind, name } }
}

function byArn<Kind extends KindByArn>(kind: Kind, arn: string): Resource<Kind> {
  return { kind, locator: { by: 'kind-and-arn', kind, arn } }
}

function ofRow<Kind extends NamedKind>(kind: Kind, row: EntityRow): Resource<Kind> {
  return { kind, locator: { by: 'row', kind, row } }
}

function aboutToExist<Kind extends PathedKind>(kind: Kind, { name, path }: Named): Resource<Kind> {
  return { kind, locator: { by: 'new', kind, name, path } }
}

function renamed<Kind extends NamedKind>(
  kind: Kind,
  name: string,
  newName: string | null = null,
  newPath: string | null = null,
): Resource<Kind> {
  return { kind, locator: { by: 'renamed', kind, name, newName, newPath } }
}
