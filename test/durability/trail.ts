import type pg from 'pg'

/** Statements that find what a change left half done: rows without their event, events without their rows. */
const HALF_DONE = {
  'a user whose making is not in the trail': `
    select u.name from "user" u where not u.root and not exists (
      select from audit_event e where e.action = 'iam:CreateUser' and e.result = 'SUCCESS' and e.detail->>'userId' = u.id)`,
  'a user in the trail who is not there': `
    select e.detail->>'userName' from audit_event e where e.action = 'iam:CreateUser' and e.result = 'SUCCESS'
      and not exists (select from "user" u where u.id = e.detail->>'userId')`,
  'a user without the tags that came with it': `
    select e.detail->>'userName' from audit_event e, jsonb_array_elements_text(e.detail->'tags') as t (pair)
      where e.action = 'iam:CreateUser' and e.result = 'SUCCESS' and not exists (
        select from user_tag g where g.user_id = e.detail->>'userId' and g.key || '=' || g.value = t.pair)`,
  'an access key whose making is not in the trail': `
    select k.id from access_key k where not exists (
      select from audit_event e where e.action = 'iam:CreateAccessKey' and e.result = 'SUCCESS' and e.detail->>'accessKeyId' = k.id)`,
  'an access key in the trail that was not deleted and is not there': `
    select e.detail->>'accessKeyId' from audit_event e where e.action = 'iam:CreateAccessKey' and e.result = 'SUCCESS'
      and not exists (select from access_key k where k.id = e.detail->>'accessKeyId')
      and not exists (select from audit_event d where d.action = 'iam:DeleteAccessKey' and d.result = 'SUCCESS'
        and d.detail->>'accessKeyId' = e.detail->>'accessKeyId')`,
  'an access key that was deleted and is there': `
    select k.id from access_key k join audit_event d on d.action = 'iam:DeleteAccessKey' and d.result = 'SUCCESS'
      and d.detail->>'accessKeyId' = k.id`,
  'an access key without its description': `
    select k.id from access_key k where not exists (
      select from user_tag g where g.account_id = k.account_id and g.user_id = k.user_id and g.key = k.id)`,
  'a description without its access key': `
    select g.key from user_tag g where g.key ~ '^AKIA' and not exists (select from access_key k where k.id = g.key)`,
  'a policy whose making is not in the trail': `
    select p.name from policy p where not p.built_in and not exists (
      select from audit_event e where e.action = 'iam:CreatePolicy' and e.result = 'SUCCESS' and e.detail->>'policyId' = p.id)`,
  'a policy in the trail that is not there': `
    select e.detail->>'policyArn' from audit_event e where e.action = 'iam:CreatePolicy' and e.result = 'SUCCESS'
      and not exists (select from policy p where p.id = e.detail->>'policyId')`,
  'a policy without the version in force': `
    select p.name from policy p where not exists (
      select from policy_version v where v.account_id = p.account_id and v.policy_id = p.id and v.number = p.default_version)`,
  'a policy epoch that is not the number of changes': `
    select a.id from account a where a.policy_epoch <> (
      select count(*) from audit_event e where e.account_id = a.id and e.result = 'SUCCESS'
        and e.action like 'iam:%' and e.action !~ '^iam:(Get|List)')`,
} as const

/** What is half done, by what it is; empty when nothing is. */
export async function findHalfDone(pool: pg.Pool): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const found: Record<string, readonly unknown[]> = {}
  for (const [what, statement] of Object.entries(HALF_DONE)) {
    const { rows } = await pool.query<unknown[]>({ text: statement, rowMode: 'array' })
    if (rows.length > 0) found[what] = rows.flat()
  }
  return found
}

/** The successful changes of the account as the trail has them: `<request id> <action>`. */
export async function readChanges(pool: pg.Pool, accountId: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ change: string }>(
    `select request_id || ' ' || action as change from audit_event
     where account_id = $1 and result = 'SUCCESS' and action like 'iam:%' order by id`,
    [accountId],
  )
  return rows.map(({ change }) => change)
}
