import type pg from 'pg'
import type { Tag, Target, TargetSource } from '../access/sources.ts'
import { policyArn, userArn } from '../authn/arn.ts'

const COLUMNS = `
    select u.account_id, u.name, u.path, u.root, b.path as boundary_path, b.name as boundary_name,
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
    select u.id, coalesce(json_agg(json_build_object('key', t.key, 'value', t.value) order by t.key_fold)
                          filter (where t.key is not null), '[]') as tags
    from "user" u
    left join user_tag t on t.account_id = u.account_id and t.user_id = u.id
    where u.account_id = $1 and u.id = any($2)
    group by u.account_id, u.id`,
}

interface TargetRow {
  account_id: string
  name: string
  path: string
  root: boolean
  boundary_path: string | null
  boundary_name: string | null
  tags: Tag[]
}

/** What the gate must know of the user that an action is about, in one statement each. */
export function createTargetSource(pool: pg.Pool): TargetSource {
  async function findTarget(
    statement: { name: string; text: string },
    accountId: string,
    value: string,
  ): Promise<Target | null> {
    // Nothing stored has a NUL byte; PostgreSQL would answer with an error.
    if (value.includes('\0')) return null
    const { rows } = await pool.query<TargetRow>({ ...statement, values: [accountId, value] })
    return rows[0] === undefined ? null : targetOf(rows[0])
  }

  return {
    findUser: (accountId, name) => findTarget(FIND_USER, accountId, name.toLowerCase()),
    findUserById: (accountId, userId) => findTarget(FIND_USER_BY_ID, accountId, userId),
    findAccessKeyOwner: (accountId, accessKeyId) => findTarget(FIND_ACCESS_KEY_OWNER, accountId, accessKeyId),

    async loadUserTags(accountId, userIds) {
      const { rows } = await pool.query<{ id: string; tags: Tag[] }>({
        ...LOAD_USER_TAGS,
        values: [accountId, userIds],
      })
      return new Map(rows.map(({ id, tags }) => [id, tags]))
    },
  }
}

function targetOf({ account_id: accountId, name, path, root, tags, ...boundary }: TargetRow): Target {
  const { boundary_path: boundaryPath, boundary_name: boundaryName } = boundary
  return {
    arn: userArn({ accountId, path, name, root }),
    tags,
    boundaryArn:
      boundaryPath === null || boundaryName === null
        ? null
        : policyArn({ accountId, path: boundaryPath, name: boundaryName }),
  }
}
