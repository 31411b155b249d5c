/**
 * npm run recover-user -- --account <12 digits> --user <name> [--password] [--mfa]
 *
 * What reset-root does for root, for a user whom nobody who can still sign in may help: an administrator who is locked out.
 * A user who had no password gets one.
 */
import { recover } from './recovery.ts'

await recover('usage: npm run recover-user -- --account <12 digits> --user <name> [--password] [--mfa]', {
  named: true,
})
