import type { NamedKind, TaggedKind } from './entities.ts'

/** What the gate asks of persistence. Answers are reused while the account's policy epoch stands still. */
export interface PolicySource {
  /** Everything that decides for a user: texts of inline and attached policies, boundary, tags. Null when the user is gone. */
  loadPrincipal(accountId: string, userId: string): Promise<PrincipalPolicies | null>
  /** The same for a role. Null when the role is gone. */
  loadRole(accountId: string, roleId: string): Promise<PrincipalPolicies | null>
  /** Managed policies of an account in force now, by ARN, for sessions; those that are gone are left out. */
  loadManaged(accountId: string, arns: readonly string[]): Promise<readonly PolicyText[]>
}

export interface PolicyText {
  /** Unique and stable: `inline:<owner id>:<name>` or the version's own key. */
  readonly id: string
  readonly type: 'user-inline' | 'group-inline' | 'role-inline' | 'managed' | 'boundary' | 'session'
  readonly name: string
  /** Managed policies only. */
  readonly arn?: string
  readonly text: string
}

export interface PrincipalPolicies {
  readonly epoch: bigint
  /** The account lets its users change their own passwords without any policy. */
  readonly mayChangePassword: boolean
  /** A device is enabled for the user. */
  readonly hasMfaDevice: boolean
  readonly tags: readonly Tag[]
  readonly identity: readonly PolicyText[]
  readonly boundary: PolicyText | null
}

export interface Tag {
  readonly key: string
  readonly value: string
}

/** A thing that an action is about to touch, as the gate needs it: its full ARN with path, and its tags. */
export interface Target {
  readonly arn: string
  readonly tags: readonly Tag[]
  /** ARN of the permissions boundary that is attached to the target now. */
  readonly boundaryArn: string | null
}

export interface TargetSource {
  /** A user, group or role by name without regard to case; null when there is none. Groups have neither tags nor boundary. */
  find(kind: NamedKind, accountId: string, name: string): Promise<Target | null>
  findUserById(accountId: string, userId: string): Promise<Target | null>
  /** The owner of an access key of this account; root's keys have the root ARN. */
  findAccessKeyOwner(accountId: string, accessKeyId: string): Promise<Target | null>
  /**
   * Tags of several things of one kind in one statement, for lists: by unique id of what has a name, by ARN of what requests name
   * by that, letter by letter. What does not exist in this account is left out.
   */
  loadTags(kind: TaggedKind, accountId: string, keys: readonly string[]): Promise<ReadonlyMap<string, readonly Tag[]>>
}
