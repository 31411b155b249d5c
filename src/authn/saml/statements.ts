/**
 * What attributes say for AWS (AWS IAM user guide, "Configure SAML assertions for the authentication response"): which roles, and how a
 * session of theirs is called, tagged and bounded.
 */
export interface SamlStatements {
  readonly roles: readonly { readonly roleArn: string; readonly providerArn: string }[]
  readonly sessionName: string
  /** Seconds: a session lasts no longer; null when nothing is said. */
  readonly sessionDuration: number | null
  readonly sessionTags: readonly { readonly key: string; readonly value: string }[]
  readonly transitiveTagKeys: readonly string[]
  readonly sourceIdentity: string | null
  /** Other attributes that policies may compare, by the name of their condition key without `saml:`. */
  readonly compared: readonly (readonly [name: string, value: string | readonly string[]])[]
}

/** What is wrong with attributes. Safe to tell whoever presents them. */
export class UnreadableStatements extends Error {
  override readonly name = 'UnreadableStatements'
}

type Attributes = ReadonlyMap<string, readonly string[]>

const AWS = 'https://aws.amazon.com/SAML/Attributes/'
const TAG = `${AWS}PrincipalTag:`
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/
const DURATION = { from: 900, to: 43_200 }

/** eduPerson, eduOrg, Active Directory and X.500 (AWS IAM user guide, "Available keys for SAML-based AWS STS federation"). */
const CLAIMS: Readonly<Record<string, string>> = {
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.1': 'edupersonaffiliation',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.2': 'edupersonnickname',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.3': 'edupersonorgdn',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.4': 'edupersonorgunitdn',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.5': 'edupersonprimaryaffiliation',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.6': 'edupersonprincipalname',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.7': 'edupersonentitlement',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.8': 'edupersonprimaryorgunitdn',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.9': 'edupersonscopedaffiliation',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.10': 'edupersontargetedid',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.11': 'edupersonassurance',
  'urn:oid:1.3.6.1.4.1.5923.1.2.1.2': 'eduorghomepageuri',
  'urn:oid:1.3.6.1.4.1.5923.1.2.1.3': 'eduorgidentityauthnpolicyuri',
  'urn:oid:1.3.6.1.4.1.5923.1.2.1.4': 'eduorglegalname',
  'urn:oid:1.3.6.1.4.1.5923.1.2.1.5': 'eduorgsuperioruri',
  'urn:oid:1.3.6.1.4.1.5923.1.2.1.6': 'eduorgwhitepagesuri',
  'urn:oid:2.5.4.3': 'cn',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name': 'name',
  'http://schemas.xmlsoap.org/claims/CommonName': 'commonName',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname': 'givenName',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname': 'surname',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress': 'mail',
  'http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid': 'primaryGroupSID',
  '2.5.4.3': 'commonName',
  '2.5.4.4': 'surname',
  '2.5.4.42': 'givenName',
  '2.5.4.45': 'x500UniqueIdentifier',
  '0.9.2342.19200300100.1.1': 'uid',
  '0.9.2342.19200300100.1.3': 'mail',
  '0.9.2342.19200300100.1.45': 'organizationStatus',
}

/** Reads attributes of an assertion. Throws UnreadableStatements, in the words of STS where it has any. */
export function readStatements(attributes: Attributes): SamlStatements {
  return {
    roles: (attributes.get(`${AWS}Role`) ?? []).flatMap(roleIn),
    sessionName: sessionNameIn(attributes),
    sessionDuration: durationIn(attributes),
    sessionTags: [...attributes]
      .filter(([name]) => name.startsWith(TAG))
      .map(([name, values]) => ({ key: name.slice(TAG.length), value: one(name, values) })),
    transitiveTagKeys: [...new Set(attributes.get(`${AWS}TransitiveTagKeys`) ?? [])],
    sourceIdentity: sourceIdentityIn(attributes),
    compared: comparedIn(attributes),
  }
}

/** The ARNs of a role and of the provider, in either order. */
function roleIn(value: string): SamlStatements['roles'] {
  const [first = '', second = '', ...more] = value.split(',').map((part) => part.trim())
  if (more.length > 0) return []
  const [roleArn, providerArn] = first.includes(':saml-provider/') ? [second, first] : [first, second]
  return [{ roleArn, providerArn }]
}

function sessionNameIn(attributes: Attributes): string {
  const values = attributes.get(`${AWS}RoleSessionName`)
  if (values === undefined) throw new UnreadableStatements('RoleSessionName is required in AuthnResponse')
  const name = one('RoleSessionName', values)
  if (!SESSION_NAME.test(name))
    throw new UnreadableStatements('RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}')
  return name
}

function sourceIdentityIn(attributes: Attributes): string | null {
  const values = attributes.get(`${AWS}SourceIdentity`)
  if (values === undefined) return null
  const identity = one('SourceIdentity', values)
  if (!SESSION_NAME.test(identity))
    throw new UnreadableStatements('Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"')
  return identity
}

function durationIn(attributes: Attributes): number | null {
  const values = attributes.get(`${AWS}SessionDuration`)
  if (values === undefined) return null
  const text = one('SessionDuration', values)
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (seconds < DURATION.from || seconds > DURATION.to)
    throw new UnreadableStatements(
      `SessionDuration in AuthnResponse must be a number of seconds from ${DURATION.from} to ${DURATION.to}`,
    )
  return seconds
}

/** Two attributes that mean one key, such as an old and a new name, are the values of both. */
function comparedIn(attributes: Attributes): SamlStatements['compared'] {
  const found = new Map<string, string[]>()
  for (const [name, values] of attributes) {
    const key = Object.hasOwn(CLAIMS, name) ? CLAIMS[name] : undefined
    if (key !== undefined) found.set(key, [...new Set([...(found.get(key) ?? []), ...values])])
  }
  return [...found].flatMap(([key, values]) => (values.length === 0 ? [] : [[key, valuesOf(values)] as const]))
}

function valuesOf(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? values[0]! : values
}

function one(name: string, [value, ...others]: readonly string[]): string {
  if (value === undefined || others.length > 0)
    throw new UnreadableStatements(`${name.slice(0, 256)} in AuthnResponse must have exactly one value`)
  return value
}
