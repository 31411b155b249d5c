/** A backup cannot be taken or restored. One line for the operator, with what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}

/** What is wrong with an archive that is not what was written. */
export function damaged(file: string, what: string, cause?: unknown): BackupError {
  return new BackupError(`${file} is damaged (${what}), and nothing was restored: take another backup.`, { cause })
}
