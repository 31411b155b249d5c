import path from 'node:path'
import type { Config } from './config.ts'

export interface BannerFacts {
  readonly publicUrl: string
  readonly accountId: string
  readonly rootEmail: string
  /** Shown this once; null when the operator chose it, or the account was there already. */
  readonly generatedPassword: string | null
  /** Whether this start made the account. */
  readonly created: boolean
  readonly config: Pick<Config, 'databaseUrl' | 'dataDir' | 'masterKey'>
}

/** What a person sees when the server is ready: everything on the first start, one line later on. */
export function banner({ publicUrl, accountId, rootEmail, generatedPassword, created, config }: BannerFacts): string {
  if (!created) return `Latchkey is ready at ${publicUrl} (account ${accountId}).\n`
  const password =
    generatedPassword === null
      ? 'as given in LATCHKEY_ROOT_PASSWORD'
      : `${generatedPassword}   (shown this once; to be changed at the first sign-in)`
  const rows = [
    ['Console', publicUrl],
    ['GraphiQL', `${publicUrl}/graphql`],
    ['AWS CLI', `--endpoint-url ${publicUrl}`],
    ['Account', accountId],
    ['Root user', rootEmail],
    ['Password', password],
    ['Data', config.databaseUrl === null ? config.dataDir : withoutCredentials(config.databaseUrl)],
    ['Master key', config.masterKey === null ? path.join(config.dataDir, 'master.key') : 'LATCHKEY_MASTER_KEY'],
  ]
  const table = rows.map(([name = '', value]) => `  ${name.padEnd(12)}${value}\n`).join('')
  return `\nLatchkey is ready.\n\n${table}\nKeep a copy of the data and of the master key: without the key nobody can read the access keys in the data.\n\n`
}

function withoutCredentials(databaseUrl: string): string {
  const { protocol, host, pathname } = new URL(databaseUrl)
  return `${protocol}//${host}${pathname}`
}
