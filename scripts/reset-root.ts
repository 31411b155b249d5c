/**
 * npm run reset-root -- --account <12 digits> [--password] [--mfa]
 *
 * For who owns the database and lost root's password or MFA device. Without an option, or with `--password`, root gets a new
 * password, which is printed once and must be changed at the first sign-in; `--mfa` deletes root's MFA devices and recovery codes.
 * All sessions of root end. Reads the same environment variables as the server. On PostgreSQL servers run on meanwhile; the embedded
 * database opens only while no server has it.
 */
import { recover } from './recovery.ts'

await recover('usage: npm run reset-root -- --account <12 digits> [--password] [--mfa]', { named: false })
