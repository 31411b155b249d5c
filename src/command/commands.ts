import { type Command, defineCommand } from './command.ts'

const ENVIRONMENT = 'It reads the same environment variables as the server.'
const STOPPED = `${ENVIRONMENT} On PostgreSQL servers run on meanwhile; the embedded\ndatabase belongs to one process: stop the server first.`

const account = { type: 'string', value: '<12 digits>', required: true, help: 'the id of the account' } as const
const recoveryOptions = {
  password: { type: 'boolean', help: 'a new password; the default when --mfa is not given' },
  mfa: { type: 'boolean', help: 'deletes the MFA devices and recovery codes, so that signing in asks for no code' },
} as const

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  defineCommand({
    name: 'start',
    summary: 'starts the server',
    description: `Starts the server and stays. SIGTERM, SIGINT and SIGHUP stop it in good order, within
LATCHKEY_STOP_TIMEOUT; SIGUSR2 replaces its workers one by one (LATCHKEY_WORKERS). Everything is
configured by environment variables (docs/configuration.md).`,
    run: async () => void (await import('../main.ts')),
  }),
  defineCommand({
    name: 'migrate',
    summary: 'brings the database to the migrations of this version',
    description: `Applies the migrations that the database lacks, as a start would. With "status" it only lists
them, and the exit code is 1 when there are any. ${STOPPED}`,
    operand: '[deploy|status]',
    run: async (_given, around, what) => (await import('./migrate.ts')).migrateDatabase(what ?? 'deploy', around),
  }),
  defineCommand({
    name: 'seed',
    summary: 'fills an empty account with a company to look around in',
    description: `Makes thirteen users in five paths, with keys of all ages and a trail of how they came to be. Only an
account without users is filled; passwords and secrets are printed this once. ${STOPPED}`,
    run: async (_given, around) => (await import('./seed/seed.ts')).seed(around),
  }),
  defineCommand({
    name: 'create-account',
    summary: 'makes a further account',
    description: `Makes a further account in this installation. The password of its root user is taken from
LATCHKEY_ROOT_PASSWORD, or else made up, printed once, and has to be changed at the first sign-in.
${STOPPED}`,
    options: {
      email: { type: 'string', value: '<address>', required: true, help: 'how its root user signs in' },
      'account-id': { type: 'string', value: '<12 digits>', help: 'random when absent' },
      alias: { type: 'string', value: '<name>', help: 'a name to sign in by in place of the id' },
    },
    run: async (given, around) => (await import('./create-account.ts')).createFurtherAccount(given, around),
  }),
  defineCommand({
    name: 'import',
    summary: 'makes here what an account at AWS has: users, groups, roles and policies',
    description: `Reads what "aws iam get-account-authorization-details" prints, and says what an account lacks of it;
with --apply it is made, as root would do it. No secrets are in such a file. Nothing is deleted, and
what is there already is left, so that it can be run again. Exit code 1 when something was refused.
${STOPPED}`,
    operand: '<file>',
    options: {
      account,
      apply: { type: 'boolean', help: 'makes the changes; without it they are only listed' },
    },
    run: async (given, around, file = '') => (await import('./import/import.ts')).importDetails(given, around, file),
  }),
  defineCommand({
    name: 'reset-root',
    summary: 'a new password for root, or no MFA device',
    description: `For who owns the database and lost root's password or MFA device. A new password is printed once and
has to be changed at the first sign-in. All sessions of root end; the trail tells of it. ${STOPPED}`,
    options: { account, ...recoveryOptions },
    run: async (given, around) => (await import('./recovery.ts')).recover({ ...given, user: null }, around),
  }),
  defineCommand({
    name: 'recover-user',
    summary: 'the same for an administrator who is locked out',
    description: `What reset-root does for root, for a user whom nobody who can still sign in may help. A user who had
no password gets one. ${STOPPED}`,
    options: {
      account,
      user: { type: 'string', value: '<name>', required: true, help: 'the name of the user' },
      ...recoveryOptions,
    },
    run: async (given, around) => (await import('./recovery.ts')).recover(given, around),
  }),
  defineCommand({
    name: 'rotate-keys',
    summary: 'encrypts all secrets under the current master key, and replaces the key of tokens',
    description: `Encrypts every secret of the database under the first key of LATCHKEY_MASTER_KEY, so that the others
can be left out, and replaces the key that signs access tokens; with an option only the one or the
other. Interrupted, it is run again. ${STOPPED}`,
    options: {
      status: { type: 'boolean', help: 'changes nothing: shows gateways, master keys, and what is stored under each' },
      secrets: { type: 'boolean', help: 'only encrypts the secrets again' },
      'signing-key': { type: 'boolean', help: 'only replaces the key that signs tokens' },
      'revoke-now': { type: 'boolean', help: 'for a key of tokens that leaked: ends at once all that it signed' },
    },
    run: async (given, around) => (await import('./rotate-keys.ts')).rotateKeys(given, around),
  }),
  defineCommand({
    name: 'audit export',
    summary: 'writes the audit trail of an account to standard output',
    description: `One JSON object a line, oldest first. Times are ISO 8601. ${STOPPED}`,
    options: {
      account,
      since: { type: 'string', value: '<time>', help: 'from this moment on' },
      until: { type: 'string', value: '<time>', help: 'up to this moment, which is in it' },
    },
    run: async (given, around) => (await import('./audit.ts')).exportTrail(given, around),
  }),
  defineCommand({
    name: 'audit retain',
    summary: 'deletes old audit events of all accounts',
    description: `Deletes the audit events that are older than so many days. ${STOPPED}`,
    options: { days: { type: 'string', value: '<n>', required: true, help: 'from 1 to 99999' } },
    run: async (given, around) => (await import('./audit.ts')).retainTrail(given, around),
  }),
  defineCommand({
    name: 'backup',
    summary: 'writes one consistent archive of the database, without the master key',
    description: `Servers run on meanwhile. Of the embedded database its files are taken while nothing is written, by the
server itself when one runs; of PostgreSQL a dump, by pg_dump, which has to be installed. A manifest
says what is in the archive and which master key opens it. The key itself is not in it: keep it
elsewhere. ${ENVIRONMENT}`,
    options: {
      to: { type: 'string', value: '<file>', help: 'a new file; latchkey-<time>.tar.gz in this folder when absent' },
    },
    run: async (given, around) => (await import('./backup.ts')).backup(given, around),
  }),
  defineCommand({
    name: 'restore',
    summary: 'puts a backup into an empty place',
    description: `Checks the archive as a whole first, and restores into an empty data directory (a master.key may be in it)
or an empty database of PostgreSQL only. Says which master key belongs beside it.
${ENVIRONMENT}`,
    operand: '<archive>',
    run: async (_given, around, archive) => (await import('./restore.ts')).restore(archive ?? '', around),
  }),
  defineCommand({
    name: 'doctor',
    summary: 'checks the installation, and says what to do',
    description: `Looks at the configuration, modes of files, the disk, the database and its migrations, keys, the clock and
what is said of proxies; changes nothing. The exit code is 1 when something keeps the server from
working; warnings leave it 0. ${ENVIRONMENT}`,
    options: { json: { type: 'boolean', help: 'prints one JSON object' } },
    run: async (given, around) => (await import('./doctor/doctor.ts')).doctor(given, around),
  }),
]
