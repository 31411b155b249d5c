import type pg from 'pg'
import type { NamedKind, TaggedKind } from '../access/entities.ts'
import type { Tag, Target, TargetSource } from '../access/sources.ts'
import {
  groupArn,
  instanceProfileArn,
  managedPolicyArn,
  mfaArn,
  oidcProviderArn,
  type PathedEntity,
  parseIamArn,
  parseOidcProviderArn,
  policyArn,
  roleArn,
  userArn,
} from '../authn/arn.ts'

/** The tags of a grouped row that was left-joined with its tags, in their order. */
const tagsBy = (order: 'key' | 'key_fold') =>
  `coalesce(json_agg(json_build_object('key', t.key, 'value', t.value) order by t.${order}) filter (where t.key is not null), '[]')`

const COLUMNS = `
    select u.account_id, u.name, u.path, u.root, b.path as boundary_path, b.name as boundary_name, b.built_in as boundary_built_in,
      (select coalesce(json_agg(json_build_object('key', t.key, 'value', t.value) order by t.key_fold), '[]')
         from user_tag t where t.account_id = u.account_id and t.user_id = u.id) as tags`
const BOUNDARY = 'left join policy b on b.account_id = u.account_id and b.id = u.boundary_policy_id'

export const FIND_USER = {
  name: 'target_user_by_name',
  text: `${COLUMNS}
    from "user" u ${BOUNDARY}
    where u.account_id = $1 and u.name_key = $2 and not u.root`,
}

export const FIND_USER_BY_ID = {
  name: 'target_user_by_id',
  text: `${COLUMNS}
    from "user" u ${BOUNDARY}
    where u.account_id = $1 and u.id = $2`,
}

export const FIND_ACCESS_KEY_OWNER = {
  name: 'target_access_key_owner',
  text: `${COLUMNS}
    from access_key k
    join "user" u on u.account_id = k.account_id and u.id = k.user_id ${BOUNDARY}
    where k.account_id = $1 and k.id = $2`,
}

export const LOAD_USER_TAGS = {
  name: 'target_user_tags',
  text: `
    select u.id, ${tagsBy('key_fold')} as tags
    from "user" u
    left join user_tag t on t.account_id = u.account_id and t.user_id = u.id
    where u.account_id = $1 and u.id = any($2)
    group by u.account_id, u.id`,
}

export const FIND_GROUP = {
  name: 'target_group_by_name',
  text: 'select account_id, name, path from "group" where account_id = $1 and name_key = $2',
}

export const FIND_ROLE = {
  name: 'target_role_by_name',
  text: `
    select r.account_id, r.name, r.path, b.path as boundary_path, b.name as boundary_name, b.built_in as boundary_built_in,
      (select coalesce(json_agg(json_build_object('key', t.key, 'value', t.value) order by t.key_fold), '[]')
         from role_tag t where t.account_id = r.account_id and t.role_id = r.id) as tags
    from role r
    left join policy b on b.account_id = r.account_id and b.id = r.boundary_policy_id
    where r.account_id = $1 and r.name_key = $2`,
}

export const FIND_INSTANCE_PROFILE = {
  name: 'target_instance_profile_by_name',
  text: `
    select p.account_id, p.name, p.path,
      (select coalesce(json_agg(json_build_object('key', t.key, 'value', t.value) order by t.key), '[]')
         from instance_profile_tag t where t.account_id = p.account_id and t.profile_id = p.id) as tags
    from instance_profile p
    where p.account_id = $1 and p.name_key = $2`,
}

export const LOAD_INSTANCE_PROFILE_TAGS = {
  name: 'target_instance_profile_tags',
  text: `
    select p.id, ${tagsBy('key')} as tags
    from instance_profile p
    left join instance_profile_tag t on t.account_id = p.account_id and t.profile_id = p.id
    where p.account_id = $1 and p.id = any($2)
    group by p.account_id, p.id`,
}

export const LOAD_ROLE_TAGS = {
  name: 'target_role_tags',
  text: `
    select r.id, ${tagsBy('key_fold')} as tags
    from role r
    left join role_tag t on t.account_id = r.account_id and t.role_id = r.id
    where r.account_id = $1 and r.id = any($2)
    group by r.account_id, r.id`,
}

export const LOAD_POLICY_TAGS = {
  name: 'target_policy_tags',
  text: `
    select p.account_id as "accountId", p.path, p.name,
      ${tagsBy('key')} as tags
    from policy p
    left join policy_tag t on t.account_id = p.account_id and t.policy_id = p.id
    where p.account_id = $1 and p.name_key = any($2)
    group by p.account_id, p.id`,
}

export const LOAD_MFA_DEVICE_TAGS = {
  name: 'target_mfa_device_tags',
  text: `
    select d.account_id as "accountId", d.path, d.name,
      ${tagsBy('key')} as tags
    from mfa_device d
    left join mfa_device_tag t on t.account_id = d.account_id and t.device_id = d.id
    where d.account_id = $1 and d.name_key = any($2)
    group by d.account_id, d.id`,
}

export const LOAD_OIDC_PROVIDER_TAGS = {
  name: 'target_oidc_provider_tags',
  text: `
    select p.url,
      ${tagsBy('key')} as tags
    from oidc_provider p
    left join oidc_provider_tag t on t.account_id = p.account_id and t.provider_url = p.url
    where p.account_id = $1 and p.url = any($2)
    group by p.account_id, p.url`,
}

interface TargetRow {
  account_id: string
  name: string
  path: string
  root?: boolean
  boundary_path?: string | null
  boundary_name?: string | null
  boundary_built_in?: boolean | null
  tags?: Tag[]
}

/** What the gate must know of the thing that an action is about, in one statement each. */
export function createTargetSource(pool: pg.Pool): TargetSource {
  async function findTarget(
    statement: Statement,
    accountId: string,
    value: string,
    arnOf: ArnOf = userArn,
  ): Promise<Target | null> {
    // Nothing stored has a NUL byte; PostgreSQL would answer with an error.
    if (value.includes('\0')) return null
    const { rows } = await pool.query<TargetRow>({ ...statement, values: [accountId, value] })
    return rows[0] === undefined ? null : targetOf(rows[0], arnOf)
  }

  async function loadTags(kind: TaggedKind, accountId: string, asked: readonly string[]) {
    const { statement, keyIn, keyOf } = TAGS[kind]
    const keys = asked.flatMap((name) => (name.includes('\0') ? [] : (keyIn(name) ?? [])))
    const { rows } = await pool.query<TagsRow>({ ...statement, values: [accountId, keys] })
    return new Map(rows.map((row) => [keyOf({ ...row, accountId }), row.tags]))
  }

  return {
    find: (kind, accountId, name) =>
      findTarget(NAMED[kind].statement, accountId, name.toLowerCase(), NAMED[kind].arnOf),
    findUserById: (accountId, userId) => findTarget(FIND_USER_BY_ID, accountId, userId),
    findAccessKeyOwner: (accountId, accessKeyId) => findTarget(FIND_ACCESS_KEY_OWNER, accountId, accessKeyId),
    loadTags,
  }
}

type Statement = { readonly name: string; readonly text: string }
type ArnOf = (row: PathedEntity & { root?: boolean }) => string

const NAMED: Readonly<Record<NamedKind, { readonly statement: Statement; readonly arnOf: ArnOf }>> = {
  user: { statement: FIND_USER, arnOf: userArn },
  group: { statement: FIND_GROUP, arnOf: groupArn },
  role: { statement: FIND_ROLE, arnOf: roleArn },
  'instance-profile': { statement: FIND_INSTANCE_PROFILE, arnOf: instanceProfileArn },
}

interface TagsRow extends PathedEntity {
  readonly id: string
  readonly url: string
  readonly tags: Tag[]
}

/** How the tags of a kind are found. */
interface TagsOf {
  readonly statement: Statement
  /** What finds the row: without regard to case, where that is how the name is kept. */
  readonly keyIn: (asked: string) => string | null
  /** What the row is asked for by; of what has an ARN that says whether it is the one, letter by letter. */
  readonly keyOf: (row: TagsRow) => string
}

const BY_ID = { keyIn: (id: string) => id, keyOf: ({ id }: TagsRow) => id }

const TAGS: Readonly<Record<TaggedKind, TagsOf>> = {
  user: { statement: LOAD_USER_TAGS, ...BY_ID },
  role: { statement: LOAD_ROLE_TAGS, ...BY_ID },
  'instance-profile': { statement: LOAD_INSTANCE_PROFILE_TAGS, ...BY_ID },
  policy: {
    statement: LOAD_POLICY_TAGS,
    keyIn: (arn) => parseIamArn(arn)?.name.toLowerCase() ?? null,
    keyOf: policyArn,
  },
  mfa: {
    statement: LOAD_MFA_DEVICE_TAGS,
    keyIn(arn) {
      const named = parseIamArn(arn)
      return named && (named.path + named.name).toLowerCase()
    },
    keyOf: mfaArn,
  },
  'oidc-provider': {
    statement: LOAD_OIDC_PROVIDER_TAGS,
    keyIn: (arn) => parseOidcProviderArn(arn)?.url ?? null,
    keyOf: ({ accountId, url }) => oidcProviderArn(accountId, url),
  },
}

function targetOf(row: TargetRow, arnOf: ArnOf): Target {
  const { account_id: accountId, name, path, root = false, tags = [] } = row
  const { boundary_path: boundaryPath = null, boundary_name: boundaryName = null } = row
  return {
    arn: arnOf({ accountId, path, name, root }),
    tags,
    boundaryArn:
      boundaryPath === null || boundaryName === null
        ? null
        : managedPolicyArn({
            accountId,
            path: boundaryPath,
            name: boundaryName,
            builtIn: row.boundary_built_in === true,
          }),
  }
}
