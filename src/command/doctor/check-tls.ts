import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { Config } from '../../config.ts'
import { OpenToOthersError } from '../../store/private-files.ts'
import { readTlsPair, TlsFilesError } from '../../tls-files.ts'
import { type Finding, ok, orFine, problem, warning } from './finding.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** Half of what ACME clients leave: by then a renewal that works has happened. */
const RENEW_WITHIN_MS = 14 * DAY_MS

/** The server's own certificate, when it has one: whether it can be used, for how long, and for the name that people use. */
export function checkTls({ tls, publicUrl }: Config, now: Date): readonly Finding[] {
  const check = 'tls'
  if (tls === null) return []
  try {
    const certificate = new X509Certificate(readTlsPair(tls).cert)
    const findings: Finding[] = []
    const left = Date.parse(certificate.validTo) - now.getTime()
    const until = `until ${new Date(certificate.validTo).toISOString()}`
    if (left < RENEW_WITHIN_MS) {
      const message = `The certificate in ${tls.cert} is valid ${until}: ${Math.floor(left / DAY_MS)} days more.`
      findings.push(warning(check, message, 'Renew it; the server takes the new files up by itself.'))
    }
    const name = publicUrl === null ? null : new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')
    if (name !== null && !isFor(certificate, name)) {
      const message = `The certificate in ${tls.cert} is not for ${name}, which LATCHKEY_PUBLIC_URL names.`
      findings.push(warning(check, message, 'Use one that has this name, or write the name that it has.'))
    }
    return orFine(findings, ok(check, `The certificate is valid ${until}.`))
  } catch (error) {
    if (!(error instanceof TlsFilesError || error instanceof OpenToOthersError)) throw error
    return [problem(check, error.message, 'The server does not start before this is mended.')]
  }
}

function isFor(certificate: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined
}
