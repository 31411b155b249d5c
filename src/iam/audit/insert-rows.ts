import { Prisma } from '../../generated/prisma/client.ts'

/** Of the events of changes and reads, which are the many; rows have the names of Prisma's model. Plain SQL: Prisma would cost more than the database. */
export function insertEvents(rows: readonly object[]): Prisma.Sql {
  return Prisma.sql`insert into "audit_event" (account_id, id, at, request_id, decision_id, principal_arn, principal_id, access_key_id,
  source_identity, mfa, source_ip, user_agent, action, resource, result, error_code, detail)
select e.* from json_to_recordset(${JSON.stringify(rows)}::json) as e (
  "accountId" char(12), id uuid, at timestamptz, "requestId" text, "decisionId" text, "principalArn" text,
  "principalId" text, "accessKeyId" text, "sourceIdentity" text, mfa boolean, "sourceIp" text, "userAgent" text,
  action text, resource text, result audit_result, "errorCode" text, detail jsonb)`
}

/** Events of accounts that are there, but for those that were written already. */
export function insertLateEvents(rows: readonly object[]): Prisma.Sql {
  return Prisma.sql`${insertEvents(rows)} where exists (select from account a where a.id = e."accountId") on conflict do nothing`
}

/** The same for records of decisions. */
export function insertDecisions(rows: readonly object[]): Prisma.Sql {
  return Prisma.sql`insert into decision_record (account_id, id, at, principal, action, resource, effect, reason, context, trace)
select d.* from json_to_recordset(${JSON.stringify(rows)}::json) as d (
  "accountId" char(12), id text, at timestamptz, principal text, action text, resource text, effect text, reason text,
  context jsonb, trace jsonb)`
}
