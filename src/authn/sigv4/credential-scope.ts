import { AuthenticationError } from '../authentication-error.ts'
import type { SigningDate } from './signing-date.ts'

/** The part of a credential that says what the signature is good for. */
export interface CredentialScope {
  /** `YYYYMMDD` */
  date: string
  region: string
  service: string
}

export interface Credential {
  accessKeyId: string
  scope: CredentialScope
}

export const terminator = 'aws4_request'

/** `us-east-1`, `us-gov-west-1`, `eusc-de-east-1` … */
const regionSyntax = /^[a-z]{2,4}(?:-[a-z]{1,20}){1,3}-\d{1,2}$/

/**
 * Reads `keyid/date/region/service/aws4_request`. All faults of the scope are reported together, as AWS does.
 *
 * @param services accepted service names; the first is the one that the error text names
 * @throws AuthenticationError IncompleteSignature (not five parts) or SignatureDoesNotMatch (scope)
 */
export function readCredential(text: string, services: readonly string[], signedAt: SigningDate): Credential {
  const [accessKeyId, date, region, service, term, ...more] = text.split('/')
  if (
    accessKeyId === undefined ||
    date === undefined ||
    region === undefined ||
    service === undefined ||
    term === undefined ||
    more.length > 0
  )
    throw new AuthenticationError(
      'IncompleteSignature',
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${text}'`,
    )
  let faults = ''
  if (!regionSyntax.test(region)) faults += `Credential should be scoped to a valid region, not '${region}'. `
  if (!services.includes(service)) faults += `Credential should be scoped to correct service: '${services[0]}'. `
  if (term !== terminator)
    faults += `Credential should be scoped with a valid terminator: '${terminator}', not '${term}'. `
  if (!signedAt.basic.startsWith(`${date}T`))
    faults += `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${signedAt.basic.slice(0, 8)}', from '${signedAt.text}'.`
  if (faults !== '') throw new AuthenticationError('SignatureDoesNotMatch', faults)
  return { accessKeyId, scope: { date, region, service } }
}

/** The scope as it enters the string to sign. */
export function scopeText(scope: CredentialScope): string {
  return `${scope.date}/${scope.region}/${scope.service}/${terminator}`
}
