import { SECRET_OWNER } from '../authn/secret-owner.ts'

/** A column that holds secrets under a master key, and how each is bound to its row. */
interface SealedColumn {
  readonly table: string
  /** For the operator, in the plural. */
  readonly what: string
  /** False where rows belong to the installation and not to an account. */
  readonly ofAccounts: boolean
  readonly ciphertext: string
  readonly keyId: string
  readonly owner: (row: { readonly accountId: string; readonly id: string }) => string
}

/** Everything in the database that is sealed under a master key: what a start must be able to open and a rotation reseals. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  {
    table: 'access_key',
    what: 'access keys',
    ofAccounts: true,
    ciphertext: 'secret',
    keyId: 'secret_key_id',
    owner: SECRET_OWNER.accessKey,
  },
  {
    table: 'mfa_device',
    what: 'MFA seeds',
    ofAccounts: true,
    ciphertext: 'seed',
    keyId: 'seed_key_id',
    owner: SECRET_OWNER.mfaSeed,
  },
  {
    table: 'recovery_codes',
    what: 'keys of recovery codes',
    ofAccounts: true,
    ciphertext: 'key',
    keyId: 'key_id',
    owner: SECRET_OWNER.recoveryCodes,
  },
  {
    table: 'server_certificate',
    what: 'keys of server certificates',
    ofAccounts: true,
    ciphertext: 'private_key',
    keyId: 'sealed_by',
    owner: SECRET_OWNER.serverCertificate,
  },
  {
    table: 'signing_key',
    what: 'signing keys',
    ofAccounts: false,
    ciphertext: 'private_key',
    keyId: 'sealed_by',
    owner: SECRET_OWNER.signingKey,
  },
  {
    table: 'token_issuer_key',
    what: 'keys of token issuers',
    ofAccounts: true,
    ciphertext: 'private_key',
    keyId: 'sealed_by',
    owner: SECRET_OWNER.tokenIssuerKey,
  },
]

/** The ids of all master keys that something in the database is sealed under. */
export const FIND_MASTER_KEY_IDS = { name: 'find_master_key_ids', text: masterKeyIdsOf(SEALED_COLUMNS) }

export function masterKeyIdsOf(columns: readonly SealedColumn[]): string {
  return columns.map(({ table, keyId }) => `select ${keyId} as id from ${table}`).join(' union ')
}

/** How much of each kind is sealed under each master key. Reads all of it: for when something is wrong, and for whoever asks. */
export const COUNT_BY_MASTER_KEY = {
  name: 'count_by_master_key',
  text: SEALED_COLUMNS.map(
    ({ table, keyId, what }) =>
      `select ${keyId} as id, '${what}' as what, count(*)::int as count from ${table} group by ${keyId}`,
  ).join(' union all '),
}
