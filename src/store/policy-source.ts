import type pg from 'pg'
import type { PolicySource, PolicyText, PrincipalPolicies } from '../access/sources.ts'
import { managedPolicyArn, policyKeyOf } from '../authn/arn.ts'

/**
 * Everything that decides for a user, in one statement: it sees one snapshot, so the epoch is never newer than the policies
 * beside it. (An older epoch would only mean a needless second look.)
 */
export const LOAD_PRINCIPAL = {
  name: 'load_principal',
  text: `
    select a.policy_epoch as epoch,
      exists (select from password_policy w where w.account_id = a.id and w.allow_users_to_change_password)
        as may_change_password,
      exists (select from mfa_device d where d.account_id = u.account_id and d.user_id = u.id) as has_mfa_device,
      (select coalesce(json_agg(json_build_object('key', t.key, 'value', t.value) order by t.key_fold), '[]')
         from user_tag t where t.account_id = u.account_id and t.user_id = u.id) as tags,
      (select coalesce(json_agg(json_build_object('name', i.name, 'document', i.document) order by i.name_key), '[]')
         from user_policy i where i.account_id = u.account_id and i.user_id = u.id) as inline,
      (select coalesce(json_agg(json_build_object('group', g.id, 'name', i.name, 'document', i.document)
                                order by g.name_key, i.name_key), '[]')
         from group_member m
         join "group" g on g.account_id = m.account_id and g.id = m.group_id
         join group_policy i on i.account_id = g.account_id and i.group_id = g.id
        where m.account_id = u.account_id and m.user_id = u.id) as group_inline,
      (select coalesce(json_agg(json_build_object('id', p.id, 'version', p.default_version, 'path', p.path, 'name', p.name,
                                                  'built_in', p.built_in, 'document', v.document) order by p.name_key), '[]')
         from (
           select policy_id from user_policy_attachment where account_id = u.account_id and user_id = u.id
           union
           select a.policy_id from group_member m
             join group_policy_attachment a on a.account_id = m.account_id and a.group_id = m.group_id
            where m.account_id = u.account_id and m.user_id = u.id
         ) x
         join policy p on p.account_id = u.account_id and p.id = x.policy_id
         left join policy_version v on v.account_id = p.account_id and v.policy_id = p.id and v.number = p.default_version
      ) as attached,
      case when b.id is null then null
           else json_build_object('id', b.id, 'version', b.default_version, 'path', b.path, 'name', b.name, 'built_in', b.built_in,
                                'document', bv.document)
      end as boundary
    from "user" u
    join account a on a.id = u.account_id
    left join policy b on b.account_id = u.account_id and b.id = u.boundary_policy_id
    left join policy_version bv on bv.account_id = b.account_id and bv.policy_id = b.id and bv.number = b.default_version
    where u.account_id = $1 and u.id = $2`,
}

/** The same for a role. */
export const LOAD_ROLE = {
  name: 'load_role',
  text: `
    select a.policy_epoch as epoch,
      (select coalesce(json_agg(json_build_object('key', t.key, 'value', t.value) order by t.key_fold), '[]')
         from role_tag t where t.account_id = r.account_id and t.role_id = r.id) as tags,
      (select coalesce(json_agg(json_build_object('name', i.name, 'document', i.document) order by i.name_key), '[]')
         from role_policy i where i.account_id = r.account_id and i.role_id = r.id) as inline,
      (select coalesce(json_agg(json_build_object('id', p.id, 'version', p.default_version, 'path', p.path, 'name', p.name,
                                                  'built_in', p.built_in, 'document', v.document) order by p.name_key), '[]')
         from role_policy_attachment x
         join policy p on p.account_id = x.account_id and p.id = x.policy_id
         left join policy_version v on v.account_id = p.account_id and v.policy_id = p.id and v.number = p.default_version
        where x.account_id = r.account_id and x.role_id = r.id
      ) as attached,
      case when b.id is null then null
           else json_build_object('id', b.id, 'version', b.default_version, 'path', b.path, 'name', b.name, 'built_in', b.built_in,
                                'document', bv.document)
      end as boundary
    from role r
    join account a on a.id = r.account_id
    left join policy b on b.account_id = r.account_id and b.id = r.boundary_policy_id
    left join policy_version bv on bv.account_id = b.account_id and bv.policy_id = b.id and bv.number = b.default_version
    where r.account_id = $1 and r.id = $2`,
}

export const LOAD_MANAGED = {
  name: 'load_managed',
  text: `
    select p.id, p.default_version as version, p.path, p.name, p.built_in, v.document
    from policy p
    left join policy_version v on v.account_id = p.account_id and v.policy_id = p.id and v.number = p.default_version
    where p.account_id = $1 and p.name_key = any($2)`,
}

interface ManagedPolicy {
  id: string
  version: number
  path: string
  name: string
  built_in: boolean
  document: string | null
}

interface RoleRow {
  epoch: string
  tags: { key: string; value: string }[]
  inline: { name: string; document: string }[]
  attached: ManagedPolicy[]
  boundary: ManagedPolicy | null
}

interface PrincipalRow extends RoleRow {
  may_change_password: boolean
  has_mfa_device: boolean
  group_inline: { group: string; name: string; document: string }[]
}

export function createPolicySource(pool: pg.Pool): PolicySource {
  return {
    async loadPrincipal(accountId, userId): Promise<PrincipalPolicies | null> {
      const { rows } = await pool.query<PrincipalRow>({ ...LOAD_PRINCIPAL, values: [accountId, userId] })
      const row = rows[0]
      if (row === undefined) return null
      const managed = (policy: ManagedPolicy, type: 'managed' | 'boundary') => managedPolicy(accountId, policy, type)
      return {
        epoch: BigInt(row.epoch),
        mayChangePassword: row.may_change_password,
        hasMfaDevice: row.has_mfa_device,
        tags: row.tags,
        identity: [
          ...row.inline.map(({ name, document }) => inlinePolicy('user-inline', userId, name, document)),
          ...row.group_inline.map(({ group, name, document }) => inlinePolicy('group-inline', group, name, document)),
          ...row.attached.map((policy) => managed(policy, 'managed')),
        ],
        boundary: row.boundary && managed(row.boundary, 'boundary'),
      }
    },

    async loadRole(accountId, roleId): Promise<PrincipalPolicies | null> {
      const { rows } = await pool.query<RoleRow>({ ...LOAD_ROLE, values: [accountId, roleId] })
      const row = rows[0]
      if (row === undefined) return null
      return {
        epoch: BigInt(row.epoch),
        tags: row.tags,
        mayChangePassword: false,
        hasMfaDevice: false,
        identity: [
          ...row.inline.map(({ name, document }) => inlinePolicy('role-inline', roleId, name, document)),
          ...row.attached.map((policy) => managedPolicy(accountId, policy, 'managed')),
        ],
        boundary: row.boundary && managedPolicy(accountId, row.boundary, 'boundary'),
      }
    },

    async loadManaged(accountId, arns): Promise<readonly PolicyText[]> {
      const names = arns.flatMap((arn) => policyKeyOf(accountId, arn) ?? [])
      const { rows } = await pool.query<ManagedPolicy>({ ...LOAD_MANAGED, values: [accountId, names] })
      const found = rows.map((row) => managedPolicy(accountId, row, 'managed'))
      return found.filter(({ arn }) => arn !== undefined && arns.includes(arn))
    },
  }
}

function inlinePolicy(
  type: 'user-inline' | 'group-inline' | 'role-inline',
  ownerId: string,
  name: string,
  text: string,
): PolicyText {
  return { id: `inline:${ownerId}:${name}`, type, name, text }
}

function managedPolicy(accountId: string, policy: ManagedPolicy, type: 'managed' | 'boundary'): PolicyText {
  const { id, version, path, name, built_in: builtIn, document } = policy
  // Left out it might take a Deny with it.
  if (document === null) throw new Error(`Policy ${id} has no version v${version}.`)
  return {
    id: `${id}:v${version}`,
    type,
    name,
    arn: managedPolicyArn({ accountId, path, name, builtIn }),
    text: document,
  }
}
