import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FIND_ACCESS_KEY, FIND_SESSION } from '../../src/store/credential-source.ts'
import { LOAD_PRINCIPAL } from '../../src/store/policy-source.ts'
import { FIND_ACCESS_KEY_OWNER, FIND_BY_NAME, FIND_USER_BY_ID, LOAD_TAGS } from '../../src/store/target-source.ts'
import { freshDatabase } from '../support/database.ts'

const ACCOUNT = '000000000007'

/** The statements that run with requests, each with values that find something. */
const STATEMENTS: readonly (readonly [{ name: string; text: string }, readonly unknown[]])[] = [
  [FIND_ACCESS_KEY, [['AKIA7-3']]],
  [FIND_SESSION, [[ACCOUNT], ['AIDA3'], ['session3'], ['AKIA7-3'], ['kid3']]],
  [LOAD_PRINCIPAL, [ACCOUNT, 'AIDA3']],
  [FIND_BY_NAME.get('user')!, [ACCOUNT, 'user3']],
  [FIND_USER_BY_ID, [ACCOUNT, 'AIDA3']],
  [FIND_ACCESS_KEY_OWNER, [ACCOUNT, 'AKIA7-3']],
  [LOAD_TAGS.get('user')!, [ACCOUNT, ['AIDA3', 'AIDA2']]],
  [FIND_BY_NAME.get('group')!, [ACCOUNT, 'group3']],
  [FIND_BY_NAME.get('role')!, [ACCOUNT, 'role3']],
  [FIND_BY_NAME.get('instance-profile')!, [ACCOUNT, 'profile3']],
  [LOAD_TAGS.get('instance-profile')!, [ACCOUNT, ['AIPA3', 'AIPA2']]],
  [FIND_BY_NAME.get('server-certificate')!, [ACCOUNT, 'cert3']],
  [LOAD_TAGS.get('server-certificate')!, [ACCOUNT, ['ASCA3', 'ASCA2']]],
  [LOAD_TAGS.get('oidc-provider')!, [ACCOUNT, ['idp3.example.com', 'idp2.example.com']]],
  [LOAD_TAGS.get('saml-provider')!, [ACCOUNT, ['idp3', 'idp2']]],
  [LOAD_TAGS.get('role')!, [ACCOUNT, ['AROA3', 'AROA2']]],
  [LOAD_TAGS.get('policy')!, [ACCOUNT, ['policy3', 'policy2']]],
  [LOAD_TAGS.get('mfa')!, [ACCOUNT, ['/device3', '/device2']]],
]

let pool: Pool

/** 1500 accounts with 3 users each, and for every user a key, a session, a password, tags, and policies of all kinds. */
beforeAll(async () => {
  ;({ pool } = await freshDatabase())
  await pool.query(`
    insert into account (id, created_at) select lpad(a::text, 12, '0'), now() from generate_series(1, 1500) a;
    insert into policy (account_id, id, name, name_key, created_at, updated_at)
      select id, 'ANPA' || n, 'policy' || n, 'policy' || n, now(), now() from account, generate_series(1, 3) n;
    insert into policy_version (account_id, policy_id, number, document, created_at)
      select account_id, id, 1, '{}', now() from policy;
    insert into "user" (account_id, id, name, name_key, created_at, boundary_policy_id)
      select id, 'AIDA' || n, 'user' || n, 'user' || n, now(), 'ANPA1' from account, generate_series(1, 3) n;
    insert into user_tag select account_id, id, 'team', 'Team', 'red' from "user";
    insert into policy_tag select account_id, id, 'team', 'red' from policy;
    insert into mfa_device (account_id, id, name, name_key, seed, seed_key_id, created_at)
      select account_id, 'D' || id, 'device' || substr(id, 5), '/device' || substr(id, 5), '\\x00', 'k', now() from "user";
    insert into mfa_device_tag select account_id, id, 'team', 'red' from mfa_device;
    insert into user_policy select account_id, id, 'p', 'p', '{}', now() from "user";
    insert into user_policy_attachment select account_id, id, 'ANPA2', now() from "user";
    insert into "group" (account_id, id, name, name_key, created_at)
      select id, 'AGPA' || n, 'group' || n, 'group' || n, now() from account, generate_series(1, 3) n;
    insert into group_member select account_id, 'AGPA' || substr(id, 5), id, now() from "user";
    insert into group_policy select account_id, id, 'p', 'p', '{}', now() from "group";
    insert into group_policy_attachment select account_id, id, 'ANPA3', now() from "group";
    insert into role (account_id, id, name, name_key, trust_policy, created_at, boundary_policy_id)
      select id, 'AROA' || n, 'role' || n, 'role' || n, '{}', now(), 'ANPA1' from account, generate_series(1, 3) n;
    insert into instance_profile (account_id, id, name, name_key, created_at)
      select id, 'AIPA' || n, 'profile' || n, 'profile' || n, now() from account, generate_series(1, 3) n;
    insert into instance_profile_tag select account_id, id, 'team', 'red' from instance_profile;
    insert into server_certificate (account_id, id, name, name_key, certificate_body, private_key, sealed_by, created_at, expires_at)
      select id, 'ASCA' || n, 'cert' || n, 'cert' || n, '', '', '', now(), now() from account, generate_series(1, 3) n;
    insert into server_certificate_tag select account_id, id, 'team', 'red' from server_certificate;
    insert into role_tag select account_id, id, 'team', 'Team', 'red' from role;
    insert into oidc_provider (account_id, url, created_at)
      select id, 'idp' || n || '.example.com', now() from account, generate_series(1, 3) n;
    insert into oidc_provider_tag select account_id, url, 'team', 'red' from oidc_provider;
    insert into saml_provider (account_id, name, id, metadata_document, entity_id, certificates, created_at)
      select id, 'idp' || n, '', '', '', '{a}', now() from account, generate_series(1, 3) n;
    insert into saml_provider_tag select account_id, name, 'team', 'red' from saml_provider;
    insert into password_policy (account_id, max_password_age) select id, 90 from account;
    insert into login_profile select account_id, id, 'hash', false, now(), now() from "user";
    insert into access_key (account_id, id, user_id, secret, secret_key_id, created_at)
      select account_id, 'AKIA' || account_id::int || '-' || substr(id, 5), id, '\\x00', 'k', now() from "user";
    insert into signing_key (id, public_key, private_key, sealed_by, created_at)
      select 'kid' || n, '', '\\x00', 'k', now() from generate_series(1, 1500) n;
    insert into session (account_id, id, user_id, kind, issued_at, expires_at)
      select account_id, 'session' || substr(id, 5), id, 'PASSWORD', now(), now() from "user";
    analyze`)
})

// Deleted rows would stay in the files of the embedded database and slow every later test down.
afterAll(() => pool.query('truncate account, signing_key cascade'))

describe.each(STATEMENTS)('$name', (statement, values) => {
  test('finds its rows', async () => {
    const { rows } = await pool.query({ ...statement, values: [...values] })
    const many = [
      LOAD_TAGS.get('user')!,
      LOAD_TAGS.get('role')!,
      LOAD_TAGS.get('instance-profile')!,
      LOAD_TAGS.get('server-certificate')!,
      LOAD_TAGS.get('policy')!,
      LOAD_TAGS.get('mfa')!,
      LOAD_TAGS.get('oidc-provider')!,
      LOAD_TAGS.get('saml-provider')!,
    ].includes(statement)
    expect(rows.length).toBe(many ? 2 : 1)
  })

  test.each(['on', 'off'])('reads by index alone, with sequential scans switched %s', async (enabled) => {
    const client = await pool.connect()
    try {
      await client.query(`begin; set local enable_seqscan = ${enabled}`)
      const { rows } = await client.query({ text: `explain (format json) ${statement.text}`, values: [...values] })
      const plan = JSON.stringify(rows)
      expect(plan).toContain('Index')
      expect(plan).not.toContain('Seq Scan')
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})
