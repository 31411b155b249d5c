import type { Group, GroupPolicy, Prisma, Role, RolePolicy, User, UserPolicy } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'
import { findGroup } from '../groups/find-group.ts'
import type { QuotaName } from '../quotas.ts'
import { findRole } from '../roles/find-role.ts'
import { checkModifiable } from '../roles/protected-role.ts'
import { findUser } from '../users/find-user.ts'

/** A row that policies hang on. */
export interface HolderRow {
  readonly accountId: string
  readonly id: string
  readonly name: string
  readonly path: string
}

/** What an operation is given: the name of the holder, under the parameter of its kind, and texts. */
export type HolderInput<Parameter extends string, Text extends string = never> = Readonly<
  Record<Parameter | Text, string>
>

/** A kind of entity that holds policies: how one is named and found, where its policies are kept, and how many it may have. */
export interface Holder<Parameter extends string, Row extends HolderRow, Inline> {
  readonly parameter: Parameter
  /** The name under its parameter. */
  readonly named: (name: string) => { userName: string } | { groupName: string } | { roleName: string }
  /** As messages call it. */
  readonly noun: 'user' | 'group' | 'role'
  /** Throws NoSuchEntity. */
  readonly find: (tx: Tx, accountId: string, name: string) => Promise<Row>
  /** Throws UnmodifiableEntity for one whose policies are not for its account to change. */
  readonly checkModifiable?: (row: Row) => void
  readonly quotas: { readonly attached: QuotaName; readonly inlineSize: QuotaName }
  readonly policies: (tx: Tx, row: HolderRow) => HeldPolicies<Inline>
}

/** The policies of one holder. Managed ones are told apart by unique id, inline ones by their name in lower case. */
interface HeldPolicies<Inline> {
  readonly countAttached: () => Promise<number>
  readonly findAttached: (policyId: string) => Promise<object | null>
  readonly attach: (policyId: string, attachedAt: Date) => Promise<unknown>
  readonly detach: (policyId: string) => Promise<unknown>
  /** Documents of all inline policies but this one. */
  readonly otherDocuments: (nameKey: string) => Promise<readonly { readonly document: string }[]>
  readonly findInline: (nameKey: string) => Promise<object | null>
  /** Writes an inline policy; one that is there keeps its name. */
  readonly writeInline: (nameKey: string, name: string, written: Written) => Promise<Inline>
  readonly deleteInline: (nameKey: string) => Promise<Inline>
  /** All of them by name, or the one with this key. */
  readonly inline: (nameKey?: string) => Promise<Inline[]>
  readonly attached: (where: Prisma.PolicyWhereInput) => Promise<{ readonly policy: AttachedPolicyRow }[]>
}

/** What names an attached policy. */
export interface AttachedPolicyRow {
  readonly accountId: string
  readonly name: string
  readonly path: string
  readonly builtIn: boolean
}

interface Written {
  readonly document: string
  readonly updatedAt: Date
}

const BY_NAME = { orderBy: { nameKey: 'asc' } } as const
const ATTACHED = {
  orderBy: { policy: { nameKey: 'asc' } },
  select: { policy: { select: { accountId: true, name: true, path: true, builtIn: true } } },
} as const
const DOCUMENT = { select: { document: true } } as const
const KEY = { select: { nameKey: true } } as const

export const USER: Holder<'userName', User, UserPolicy> = {
  parameter: 'userName',
  named: (userName) => ({ userName }),
  noun: 'user',
  find: findUser,
  quotas: { attached: 'PoliciesPerUser', inlineSize: 'InlinePolicySizePerUser' },
  policies(tx, { accountId, id: userId }) {
    const owner = { accountId, userId }
    const attachment = (policyId: string) => ({ where: { accountId_userId_policyId: { ...owner, policyId } } })
    const inline = (nameKey: string) => ({ where: { accountId_userId_nameKey: { ...owner, nameKey } } })
    return {
      countAttached: () => tx.userPolicyAttachment.count({ where: owner }),
      findAttached: (policyId) => tx.userPolicyAttachment.findUnique(attachment(policyId)),
      attach: (policyId, attachedAt) => tx.userPolicyAttachment.create({ data: { ...owner, policyId, attachedAt } }),
      detach: (policyId) => tx.userPolicyAttachment.delete(attachment(policyId)),
      otherDocuments: (nameKey) =>
        tx.userPolicy.findMany({ where: { ...owner, nameKey: { not: nameKey } }, ...DOCUMENT }),
      findInline: (nameKey) => tx.userPolicy.findUnique({ ...inline(nameKey), ...KEY }),
      writeInline: (nameKey, name, written) =>
        tx.userPolicy.upsert({ ...inline(nameKey), create: { ...owner, nameKey, name, ...written }, update: written }),
      deleteInline: (nameKey) => tx.userPolicy.delete(inline(nameKey)),
      inline: (nameKey) => tx.userPolicy.findMany({ where: { ...owner, nameKey }, ...BY_NAME }),
      attached: (policy) => tx.userPolicyAttachment.findMany({ where: { ...owner, policy }, ...ATTACHED }),
    }
  },
}

export const GROUP: Holder<'groupName', Group, GroupPolicy> = {
  parameter: 'groupName',
  named: (groupName) => ({ groupName }),
  noun: 'group',
  find: findGroup,
  quotas: { attached: 'PoliciesPerGroup', inlineSize: 'InlinePolicySizePerGroup' },
  policies(tx, { accountId, id: groupId }) {
    const owner = { accountId, groupId }
    const attachment = (policyId: string) => ({ where: { accountId_groupId_policyId: { ...owner, policyId } } })
    const inline = (nameKey: string) => ({ where: { accountId_groupId_nameKey: { ...owner, nameKey } } })
    return {
      countAttached: () => tx.groupPolicyAttachment.count({ where: owner }),
      findAttached: (policyId) => tx.groupPolicyAttachment.findUnique(attachment(policyId)),
      attach: (policyId, attachedAt) => tx.groupPolicyAttachment.create({ data: { ...owner, policyId, attachedAt } }),
      detach: (policyId) => tx.groupPolicyAttachment.delete(attachment(policyId)),
      otherDocuments: (nameKey) =>
        tx.groupPolicy.findMany({ where: { ...owner, nameKey: { not: nameKey } }, ...DOCUMENT }),
      findInline: (nameKey) => tx.groupPolicy.findUnique({ ...inline(nameKey), ...KEY }),
      writeInline: (nameKey, name, written) =>
        tx.groupPolicy.upsert({ ...inline(nameKey), create: { ...owner, nameKey, name, ...written }, update: written }),
      deleteInline: (nameKey) => tx.groupPolicy.delete(inline(nameKey)),
      inline: (nameKey) => tx.groupPolicy.findMany({ where: { ...owner, nameKey }, ...BY_NAME }),
      attached: (policy) => tx.groupPolicyAttachment.findMany({ where: { ...owner, policy }, ...ATTACHED }),
    }
  },
}

export const ROLE: Holder<'roleName', Role, RolePolicy> = {
  parameter: 'roleName',
  named: (roleName) => ({ roleName }),
  noun: 'role',
  find: findRole,
  checkModifiable,
  quotas: { attached: 'PoliciesPerRole', inlineSize: 'InlinePolicySizePerRole' },
  policies(tx, { accountId, id: roleId }) {
    const owner = { accountId, roleId }
    const attachment = (policyId: string) => ({ where: { accountId_roleId_policyId: { ...owner, policyId } } })
    const inline = (nameKey: string) => ({ where: { accountId_roleId_nameKey: { ...owner, nameKey } } })
    return {
      countAttached: () => tx.rolePolicyAttachment.count({ where: owner }),
      findAttached: (policyId) => tx.rolePolicyAttachment.findUnique(attachment(policyId)),
      attach: (policyId, attachedAt) => tx.rolePolicyAttachment.create({ data: { ...owner, policyId, attachedAt } }),
      detach: (policyId) => tx.rolePolicyAttachment.delete(attachment(policyId)),
      otherDocuments: (nameKey) =>
        tx.rolePolicy.findMany({ where: { ...owner, nameKey: { not: nameKey } }, ...DOCUMENT }),
      findInline: (nameKey) => tx.rolePolicy.findUnique({ ...inline(nameKey), ...KEY }),
      writeInline: (nameKey, name, written) =>
        tx.rolePolicy.upsert({ ...inline(nameKey), create: { ...owner, nameKey, name, ...written }, update: written }),
      deleteInline: (nameKey) => tx.rolePolicy.delete(inline(nameKey)),
      inline: (nameKey) => tx.rolePolicy.findMany({ where: { ...owner, nameKey }, ...BY_NAME }),
      attached: (policy) => tx.rolePolicyAttachment.findMany({ where: { ...owner, policy }, ...ATTACHED }),
    }
  },
}

export function inlinePolicyNotFound(
  { noun }: Pick<Holder<string, HolderRow, unknown>, 'noun'>,
  name: string,
): IamError {
  return new IamError('NoSuchEntity', `The ${noun} policy with name ${name} cannot be found.`)
}
