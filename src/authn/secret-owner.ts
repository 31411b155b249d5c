interface RowOfAccount {
  readonly accountId: string
  readonly id: string
}

/**
 * What each kind of sealed secret is bound to, as associated data: moved to another row, it does not open. These texts are in the
 * ciphertexts of every installation, so that a change makes its secrets unreadable for ever.
 */
export const SECRET_OWNER = {
  /** `id` is the access key id. */
  accessKey: ({ accountId, id }: RowOfAccount) => `access-key:${accountId}:${id}`,
  /** `id` is the id of the device's row. */
  mfaSeed: ({ accountId, id }: RowOfAccount) => `mfa-seed:${accountId}:${id}`,
  /** `id` is the id of the user. */
  recoveryCodes: ({ accountId, id }: RowOfAccount) => `recovery-codes:${accountId}:${id}`,
  /** Of a private key; `id` is the id of the certificate. */
  serverCertificate: ({ accountId, id }: RowOfAccount) => `server-certificate:${accountId}:${id}`,
  /** `id` is the `kid` of the key, which belongs to the installation. */
  signingKey: ({ id }: Pick<RowOfAccount, 'id'>) => `signing-key:${id}`,
  /** Of a private key; `id` is the `kid` of the key, which belongs to the account. */
  tokenIssuerKey: ({ accountId, id }: RowOfAccount) => `token-issuer-key:${accountId}:${id}`,
} as const
