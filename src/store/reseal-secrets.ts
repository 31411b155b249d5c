import type pg from 'pg'
import type { SecretBox } from '../iam/call.ts'
import { inTransaction } from './in-transaction.ts'
import { SEALED_COLUMNS } from './sealed-columns.ts'
import { SecretBoxError } from './secret-box.ts'

type SealedColumn = (typeof SEALED_COLUMNS)[number]

interface SealedRow {
  /** Empty where rows belong to no account. */
  readonly account_id: string
  readonly id: string
  readonly ciphertext: Uint8Array<ArrayBuffer>
  readonly key_id: string
}

/** What became of the secrets of one kind. */
export interface Resealed {
  /** In the plural, e.g. `access keys`. */
  readonly what: string
  readonly resealed: number
  /** Rows that no key opens, and that were left as they are. */
  readonly unreadable: number
}

const ROWS_PER_TRANSACTION = 200

/**
 * Encrypts every secret of the database under the current master key that is not under it yet, so that the other keys are no
 * longer needed. Each few rows are a transaction of their own: gateways work on meanwhile, what an interrupted run did stays
 * done, and the next run goes on with what is left. Keys that gateways seal under an old key while this runs are found by
 * going round until nothing is left.
 */
export async function resealSecrets(
  { pool, secrets }: { readonly pool: pg.Pool; readonly secrets: SecretBox },
  currentKeyId: string,
): Promise<Resealed[]> {
  const done: Resealed[] = []
  for (const column of SEALED_COLUMNS) {
    let resealed = 0
    for (;;) {
      const round = await resealColumn(pool, secrets, column, currentKeyId)
      resealed += round.resealed
      if (round.resealed > 0) continue
      done.push({ what: column.what, resealed, unreadable: round.unreadable })
      break
    }
  }
  return done
}

/** Goes through the rows once, in the order of their keys. */
async function resealColumn(pool: pg.Pool, secrets: SecretBox, column: SealedColumn, currentKeyId: string) {
  const statements = statementsFor(column)
  let after: readonly [string, string] = ['', '']
  let resealed = 0
  let unreadable = 0
  for (;;) {
    const rows = await inTransaction(pool, async (client) => {
      const found = await client.query<SealedRow>({
        ...statements.find,
        values: [currentKeyId, ...after, ROWS_PER_TRANSACTION],
      })
      const anew = found.rows.flatMap((row) => {
        const ciphertext = sealedAnew(secrets, column, row)
        return ciphertext === null ? [] : [{ ...row, ciphertext }]
      })
      unreadable += found.rows.length - anew.length
      resealed += anew.length
      if (anew.length > 0)
        await client.query({
          ...statements.write,
          values: [
            currentKeyId,
            anew.map((row) => row.account_id),
            anew.map((row) => row.id),
            anew.map((row) => Buffer.from(row.ciphertext)),
          ],
        })
      return found.rows
    })
    const last = rows.at(-1)
    if (last === undefined || rows.length < ROWS_PER_TRANSACTION) return { resealed, unreadable }
    after = [last.account_id, last.id]
  }
}

/** Rows are locked in the order of their keys, as all who write several of them do. */
function statementsFor({ table, ciphertext, keyId, ofAccounts }: SealedColumn) {
  const account = ofAccounts ? 'account_id' : `''`
  return {
    find: {
      name: `find_sealed_${table}`,
      text: `select ${account} as account_id, id, ${ciphertext} as ciphertext, ${keyId} as key_id from ${table}
        where ${keyId} <> $1 and (${account}, id) > ($2, $3) order by ${ofAccounts ? 'account_id, id' : 'id'} limit $4
        for no key update`,
    },
    write: {
      name: `reseal_${table}`,
      text: `update ${table} t set ${ciphertext} = anew.ciphertext, ${keyId} = $1
        from unnest($2::bpchar[], $3::text[], $4::bytea[]) as anew (account_id, id, ciphertext)
        where t.id = anew.id${ofAccounts ? ' and t.account_id = anew.account_id' : ''}`,
    },
  }
}

/** Null when it does not open: one damaged row must not keep all others under a key that is to be given up. */
function sealedAnew(secrets: SecretBox, { owner }: SealedColumn, row: SealedRow): Uint8Array<ArrayBuffer> | null {
  const name = owner({ accountId: row.account_id, id: row.id })
  try {
    return secrets.seal(secrets.open({ ciphertext: row.ciphertext, keyId: row.key_id }, name), name).ciphertext
  } catch (error) {
    if (error instanceof SecretBoxError) return null
    throw error
  }
}
