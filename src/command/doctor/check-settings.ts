import { type Config, ConfigError, readConfig } from '../../config.ts'
import { VARIABLES } from '../../environment.ts'
import { type Finding, ok, orFine, problem, warning } from './finding.ts'

type Environment = Readonly<Record<string, string | undefined>>

const LOOPBACK = /^(127\.[\d.]+|::1|localhost)$/
const OLDEST_NODE = [20, 19] as const

/** Whether the environment is understood. Without a configuration nothing else can be looked at. */
export function checkConfiguration(env: Environment): { findings: readonly Finding[]; config: Config | null } {
  const check = 'configuration'
  const unknown = Object.keys(env).filter((name) => name.startsWith('LATCHKEY_') && !VARIABLES.includes(name))
  const findings: Finding[] = unknown.map((name) =>
    warning(check, `${name} is no variable of Latchkey, and does nothing.`, 'Correct its name, or leave it out.'),
  )
  try {
    const config = readConfig(env)
    if (config.newDatabase)
      findings.push(
        warning(
          check,
          'LATCHKEY_NEW_DATABASE is set: a start without a database makes an empty one.',
          'It is for one start: leave it out.',
        ),
      )
    return { config, findings: orFine(findings, ok(check, 'All variables are understood.')) }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const remedy = 'Correct it; docs/configuration.md lists the variables.'
    return { config: null, findings: [...findings, problem(check, error.message, remedy)] }
  }
}

/** `version` as process.versions has it. */
export function checkRuntime(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldest, least] = OLDEST_NODE
  const enough = major > oldest || (major === oldest && minor >= least)
  if (enough) return ok('runtime', `Node ${version}.`)
  return problem('runtime', `Node ${version} is too old.`, `Install Node ${OLDEST_NODE.join('.')} or newer.`)
}

/** Whether what the server is told about addresses, and about who is in front of it, fits together. */
export function checkProxy({ host, publicUrl, tls, trustProxy }: Config): readonly Finding[] {
  const check = 'proxy'
  const open = !LOOPBACK.test(host)
  const url = publicUrl === null ? null : new URL(publicUrl)
  const believes = trustProxy.kind !== 'none'
  const findings: Finding[] = []
  if (url === null && open)
    findings.push(
      warning(
        check,
        `HOST=${host} lets others in, and LATCHKEY_PUBLIC_URL is not set: tokens and links name http://localhost.`,
        'Set LATCHKEY_PUBLIC_URL to the address that people use.',
      ),
    )
  if (url?.protocol === 'http:' && !LOOPBACK.test(url.hostname))
    findings.push(
      warning(
        check,
        `LATCHKEY_PUBLIC_URL=${url.origin} is not https: passwords and cookies go over the network as they are.`,
        'Serve it over TLS, and write https here.',
      ),
    )
  if (url?.protocol === 'https:' && tls === null && !believes)
    findings.push(
      warning(
        check,
        'LATCHKEY_PUBLIC_URL is https and LATCHKEY_TRUST_PROXY is not set: if a proxy ends TLS, everybody seems to come from its address.',
        'Set LATCHKEY_TRUST_PROXY to the number of proxies, or to their networks.',
      ),
    )
  if (trustProxy.kind === 'hops' && open)
    findings.push(
      warning(
        check,
        `HOST=${host} can be reached past the proxy, and a number in LATCHKEY_TRUST_PROXY believes whoever comes.`,
        'Listen where only the proxy gets (HOST), or write its networks instead of a number.',
      ),
    )
  return orFine(findings, ok(check, `Addresses are those of ${believes ? 'X-Forwarded-For' : 'the connections'}.`))
}
