import type { AllowedDecision } from '../access/gate.ts'
import type { RequestInfo } from '../access/request-info.ts'
import type { Principal } from '../authn/principal.ts'
import type { Budgets } from '../budget/index.ts'
import type { Prisma, PrismaClient } from '../generated/prisma/client.ts'

import type { Tally } from './audit-entry.ts'
import type { ChangeQueue } from './change-queue.ts'
import type { CredentialIssuer } from './credential-issuer.ts'

export type { AllowedDecision, RequestInfo }

/** The client inside a transaction. */
export type Tx = Prisma.TransactionClient

/** Encrypts what must be readable again: secret access keys, TOTP seeds, signing keys. AES-256-GCM under the master key. */
export interface SecretBox {
  /** `owner` is bound as associated data: a ciphertext that is moved to another row does not open. */
  seal(plaintext: Uint8Array, owner: string): SealedSecret
  /** Throws when the ciphertext, the key id or the owner is wrong. */
  open(sealed: SealedSecret, owner: string): Uint8Array
}

export interface SealedSecret {
  readonly ciphertext: Uint8Array<ArrayBuffer>
  readonly keyId: string
}

/** What every operation may use: persistence, clock, randomness, secrets. One for the whole process. */
export interface Services {
  readonly db: PrismaClient
  /** Milliseconds matter to nobody but tests: they pass the clock. */
  readonly clock: () => Date
  readonly random: (bytes: number) => Buffer
  readonly secrets: SecretBox
  /** What callers may still cost this process. */
  readonly budgets: Budgets
  /** Counts the events that are too many to be written one by one. */
  readonly tally: Tally
  /** Where changes of an account wait for their turn. */
  readonly changes: ChangeQueue
}

/** One authorized operation by one caller. */
export interface Call extends Services {
  readonly principal: Principal
  readonly request: RequestInfo
  /** The latest: another one after `reauthorize`. */
  readonly decision: AllowedDecision
  /**
   * Authenticates and authorizes the same operation once more and returns the policy epoch that it did so at; throws when it
   * is no longer allowed. `change` calls it when the account changed between the decision and the transaction.
   */
  readonly reauthorize: () => Promise<bigint>
}

/** A read that the gate allowed. */
export type ReadCall = Pick<Call, 'db' | 'principal'>

/** A read about the whole account: of the caller only the account counts. */
export interface AccountRead {
  readonly db: Tx
  readonly principal: Pick<Principal, 'accountId'>
}

/** What the client asked of a row: columns and relations, read in the row's own statement. */
export interface Selection {
  readonly select?: object
  readonly include?: object
}

/** A call of an operation that hands out tokens or temporary credentials. */
export interface IssuingCall extends Call {
  readonly issuer: CredentialIssuer
}

/** One operation of a caller that is not authenticated, such as signing in: the operation itself authenticates. The gate allows everybody. */
export interface AnonymousCall extends Services {
  readonly request: RequestInfo
  readonly issuer: CredentialIssuer
}
