import type pg from 'pg'
import {
  ENTITIES,
  factsOf,
  NAMED_KINDS,
  type NamedKind,
  type ResourceKind,
  type StoredEntity,
  TAGGED_KINDS,
  type TaggedKind,
} from '../access/entities.ts'
import type { Tag, Target, TargetSource } from '../access/sources.ts'
import { managedPolicyArn, oidcProviderArn, samlProviderArn } from '../authn/arn.ts'

interface Statement {
  readonly name: string
  readonly text: string
}

const BOUNDARY_COLUMNS = ', b.path as boundary_path, b.name as boundary_name, b.built_in as boundary_built_in'
const BOUNDARY = 'left join policy b on b.account_id = e.account_id and b.id = e.boundary_policy_id'

/** What orders the tags of a kind, and tells them apart. */
const tagKey = (kind: ResourceKind) => (factsOf(kind).tagKeys === 'case-insensitive' ? 'key_fold' : 'key')

/** The columns of a target, its tags among them, and the tables that they are in; the entity is `e`. */
function targetOfKind(kind: NamedKind): { readonly columns: string; readonly tables: string } {
  const { table, boundary, tags }: StoredEntity = ENTITIES[kind].stored
  const tagged = tags
    ? `, (select coalesce(json_agg(json_build_object('key', t.key, 'value', t.value) order by t.${tagKey(kind)}), '[]')
         from ${tags.table} t where t.account_id = e.account_id and t.${tags.owner} = e.id) as tags`
    : ''
  return {
    columns: `e.account_id, e.name, e.path${kind === 'user' ? ', e.root' : ''}${boundary ? BOUNDARY_COLUMNS : ''}${tagged}`,
    tables: `${table} e${boundary ? ` ${BOUNDARY}` : ''}`,
  }
}

/** Finds one by name in lower case: never the root user, which has no name to be found by. */
function findByName(kind: NamedKind): Statement {
  const { columns, tables } = targetOfKind(kind)
  return {
    name: `target_${kind}_by_name`,
    text: `select ${columns} from ${tables}
    where e.account_id = $1 and e.name_key = $2${kind === 'user' ? ' and not e.root' : ''}`,
  }
}

/** Reads the tags of many: by unique id, or by what their ARNs say. */
function tagsOfMany(kind: TaggedKind): Statement {
  const { table, byArn, tags }: StoredEntity = ENTITIES[kind].stored
  if (tags === undefined) throw new Error(`${kind} has no table of tags`)
  const { ownerKey = 'id' } = tags
  const pathed = factsOf(kind).arnOf ? 'e.name, e.path, ' : ''
  return {
    name: `target_${kind}_tags`,
    text: `select ${pathed}e.${ownerKey}, coalesce(
        json_agg(json_build_object('key', t.key, 'value', t.value) order by t.${tagKey(kind)}) filter (where t.key is not null),
        '[]') as tags
    from ${table} e
    left join ${tags.table} t on t.account_id = e.account_id and t.${tags.owner} = e.${ownerKey}
    where e.account_id = $1 and e.${byArn?.column ?? ownerKey} = any($2)
    group by e.account_id, e.${ownerKey}`,
  }
}

const ofUser = targetOfKind('user')

export const FIND_USER_BY_ID: Statement = {
  name: 'target_user_by_id',
  text: `select ${ofUser.columns} from ${ofUser.tables} where e.account_id = $1 and e.id = $2`,
}

export const FIND_ACCESS_KEY_OWNER: Statement = {
  name: 'target_access_key_owner',
  text: `select ${ofUser.columns} from access_key k
    join "user" e on e.account_id = k.account_id and e.id = k.user_id ${BOUNDARY}
    where k.account_id = $1 and k.id = $2`,
}

/** By kind; a new row of the table of kinds is here by itself. */
export const FIND_BY_NAME = byKind(NAMED_KINDS, findByName)
export const LOAD_TAGS = byKind(TAGGED_KINDS, tagsOfMany)

function byKind<Kind extends string>(
  kinds: readonly Kind[],
  make: (kind: Kind) => Statement,
): ReadonlyMap<Kind, Statement> {
  return new Map(kinds.map((kind) => [kind, make(kind)]))
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

interface TagsRow {
  readonly id: string
  readonly path: string
  readonly name: string
  readonly url: string
  readonly tags: Tag[]
}

/** What the gate must know of the thing that an action is about, in one statement each. */
export function createTargetSource(pool: pg.Pool): TargetSource {
  async function findTarget(
    statement: Statement | undefined,
    accountId: string,
    value: string,
    kind: NamedKind = 'user',
  ): Promise<Target | null> {
    // Nothing stored has a NUL byte; PostgreSQL would answer with an error.
    if (statement === undefined || value.includes('\0')) return null
    const { rows } = await pool.query<TargetRow>({ ...statement, values: [accountId, value] })
    return rows[0] === undefined ? null : targetOf(rows[0], kind)
  }

  return {
    find: (kind, accountId, name) => findTarget(FIND_BY_NAME.get(kind), accountId, name.toLowerCase(), kind),
    findUserById: (accountId, userId) => findTarget(FIND_USER_BY_ID, accountId, userId),
    findAccessKeyOwner: (accountId, accessKeyId) => findTarget(FIND_ACCESS_KEY_OWNER, accountId, accessKeyId),
    async loadTags(kind, accountId, asked) {
      const { byArn }: StoredEntity = ENTITIES[kind].stored
      const keys = asked.flatMap((name) => (name.includes('\0') ? [] : byArn ? (byArn.keyIn(name) ?? []) : name))
      const { rows } = await pool.query<TagsRow>({ ...LOAD_TAGS.get(kind)!, values: [accountId, keys] })
      return new Map(rows.map((row) => [askedBy(kind, accountId, row), row.tags]))
    },
  }
}

/** What a row is asked for by: its unique id, or its ARN, which says letter by letter whether it is the one that was meant. */
function askedBy(kind: TaggedKind, accountId: string, row: TagsRow): string {
  const { foundBy, arnOf } = factsOf(kind)
  if (foundBy === 'name') return row.id
  if (kind === 'saml-provider') return samlProviderArn(accountId, row.name)
  return arnOf ? arnOf({ ...row, accountId }) : oidcProviderArn(accountId, row.url)
}

function targetOf(row: TargetRow, kind: NamedKind): Target {
  const { account_id: accountId, name, path, root = false, tags = [] } = row
  const { boundary_path: boundaryPath = null, boundary_name: boundaryName = null } = row
  return {
    arn: ENTITIES[kind].arnOf({ accountId, path, name, root }),
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
