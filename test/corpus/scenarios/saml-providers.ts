import { X509Certificate } from 'node:crypto'
import { metadataOf, newSigner, openSamlProvider, type Said } from '../../support/saml-provider.ts'
import { type Play, type Stage, WIDER } from '../stage.ts'

const ENTITY_ID = 'https://idp.example.com/saml'
/** P-256; nobody has kept its key. Until 2099. */
const CERTIFICATE =
  'MIIBXzCCAQSgAwIBAgICEAEwCgYIKoZIzj0EAwIwIDEMMAoGA1UEAwwDYm9iMRAwDgYDVQQKDAdFeGFtcGxlMCAXDTI1MDEwMTAwMDAwMFoYDzIwOTkwMTAxMDAwMDAwWjAgMQwwCgYDVQQDDANib2IxEDAOBgNVBAoMB0V4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASoyivV+Yd0j3mF6fvOfZXN264w4S7Cz63iIl3CdphMfA4m5tpU9Uj5M25jEk9Qv4VTyUo0s1nRrPvQqYpBMNLXoywwKjAJBgNVHRMEAjAAMB0GA1UdDgQWBBS5iz1xxJ4aLnDC+B+ef30C+Gng2jAKBggqhkjOPQQDAgNJADBGAiEA7SHG0RXg3WWLotJ7DAz7XrFa15KM+ELehz3NOGTonzcCIQCZjKent69mig4XvFnlZwfkizr1xV5RveOwz8L+TvuP3g=='
const METADATA = metadataOf(ENTITY_ID, {
  certificates: [CERTIFICATE],
  validUntil: '2090-01-01T00:00:00Z',
})
const NO_KEY = metadataOf(ENTITY_ID, { more: `<!-- ${'x'.repeat(500)} -->` })
const NO_XML = METADATA.replace('</EntityDescriptor>', '')

const idp = openSamlProvider({ signer: newSigner({ curve: 'P-256' }) })

function meetCertificate(standIns: Stage['standIns']): void {
  const { certificate } = idp.signer
  standIns.call('certificate', certificate)
  standIns.call('fingerprint', new X509Certificate(Buffer.from(certificate, 'base64')).fingerprint256)
}

/** What stands in a trust policy for assertions of the provider. */
function trustIn(providerArn: string): string {
  const Condition = { StringEquals: { 'saml:aud': 'https://signin.aws.amazon.com/saml' } }
  const trust = { Effect: 'Allow', Principal: { Federated: providerArn }, Action: 'sts:AssumeRoleWithSAML', Condition }
  return JSON.stringify({ Version: '2012-10-17', Statement: trust })
}

/** An assertion that is good now, but for what is said; a recording calls it one. */
function assertion({ clock, standIns, arn }: Stage, said: Said = {}): string {
  const attributes = { Role: `${arn('role/Portal')},${arn('saml-provider/Idp')}` }
  const value = idp.response(clock(), { attributes, ...said })
  standIns.call('SAML response', value)
  return value
}

const REFUSED: readonly Said[] = [
  { audience: 'urn:other' },
  { recipient: 'https://other.example.com/saml' },
  { issuedIn: -301 },
  { issuer: 'https://evil.example.com' },
  { sessionName: null },
  { status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' },
]

export const samlProvidersByGraphql: Play = async (stage) => {
  const { ask, as, root, anonymous, arn, standIns } = stage
  const samlProviderArn = arn('saml-provider/Staff')
  const tags = [{ key: 'Team', value: 'red' }]
  const made = { name: 'Staff', samlMetadataDocument: METADATA }
  await ask('createSamlProvider', { ...made, tags })
  await ask('createSamlProvider', made)
  await ask('createSamlProvider', { ...made, name: 'no name' })
  await ask('createSamlProvider', { ...made, name: 'Other', samlMetadataDocument: 'short' })
  await ask('createSamlProvider', { ...made, name: 'Other', samlMetadataDocument: NO_XML })
  await ask('createSamlProvider', { ...made, name: 'Other', samlMetadataDocument: NO_KEY })
  await ask('samlProvider', { samlProviderArn })
  await ask('samlProvider', { samlProviderArn: arn('saml-provider/None') })
  await ask('samlProviders', {})
  await ask('updateSamlProvider', { samlProviderArn, samlMetadataDocument: METADATA.replace(ENTITY_ID, 'urn:other') })
  await ask('updateSamlProvider', { samlProviderArn })
  await ask('tagSamlProvider', { samlProviderArn, tags: [{ key: 'team', value: 'blue' }] })
  await ask('samlProviderTags', { samlProviderArn })
  await ask('untagSamlProvider', { samlProviderArn, tagKeys: ['team', 'Team'] })
  await ask('deleteSamlProvider', { samlProviderArn })
  await ask('deleteSamlProvider', { samlProviderArn })

  meetCertificate(standIns)
  const ofIdp = { name: 'Idp', samlMetadataDocument: idp.metadata() }
  await as(root).ask('createSamlProvider', ofIdp, { select: '{ samlProvider { arn } }' })
  const principalArn = arn('saml-provider/Idp')
  const role = { roleName: 'Portal', assumeRolePolicyDocument: trustIn(principalArn) }
  await as(root).ask('createRole', role, { select: '{ role { arn } }' })
  const policy = { roleName: 'Portal', policyName: 'p', policyDocument: WIDER }
  await as(root).ask('putRolePolicy', policy, { select: '{ role { arn } }' })
  const asked = { roleArn: arn('role/Portal'), principalArn }
  const samlAssertion = assertion(stage)
  const opened = await as(anonymous).ask('assumeRoleWithSaml', { ...asked, samlAssertion })
  await as({ name: 'Jane', accessToken: opened.text('accessToken') }).ask('viewer', {})
  await as(anonymous).ask('assumeRoleWithSaml', { ...asked, samlAssertion })
  for (const said of REFUSED)
    await as(anonymous).ask('assumeRoleWithSaml', { ...asked, samlAssertion: assertion(stage, said) })
  await as(anonymous).ask('assumeRoleWithSaml', { ...asked, samlAssertion: 'none' })
  await as(anonymous).ask('assumeRoleWithSaml', {
    ...asked,
    roleArn: arn('role/None'),
    samlAssertion: assertion(stage),
  })
}

export const samlProvidersByAws: Play = async (stage) => {
  const { call, as, root, anonymous, arn, standIns } = stage
  const SAMLProviderArn = arn('saml-provider/Staff')
  const provider = { SAMLProviderArn }
  const Tags = [{ Key: 'Team', Value: 'red' }]
  const made = { Name: 'Staff', SAMLMetadataDocument: METADATA }
  await call('CreateSAMLProvider', { ...made, Tags })
  await call('CreateSAMLProvider', made)
  await call('CreateSAMLProvider', { ...made, Name: 'Other', SAMLMetadataDocument: NO_XML })
  await call('CreateSAMLProvider', { ...made, Name: 'Other', AssertionEncryptionMode: 'Required' })
  await call('GetSAMLProvider', provider)
  await call('GetSAMLProvider', { SAMLProviderArn: arn('saml-provider/None') })
  await call('ListSAMLProviders')
  await call('UpdateSAMLProvider', { ...provider, SAMLMetadataDocument: METADATA.replace(ENTITY_ID, 'urn:other') })
  await call('UpdateSAMLProvider', provider)
  await call('TagSAMLProvider', { ...provider, Tags: [{ Key: 'team', Value: 'blue' }] })
  await call('ListSAMLProviderTags', provider)
  const tags = await call('ListSAMLProviderTags', { ...provider, MaxItems: '1' })
  await call('ListSAMLProviderTags', { ...provider, Marker: tags.text('Marker') })
  await call('UntagSAMLProvider', { ...provider, TagKeys: ['team', 'Team'] })
  await call('DeleteSAMLProvider', provider)
  await call('DeleteSAMLProvider', provider)

  meetCertificate(standIns)
  await as(root).call('CreateSAMLProvider', { Name: 'Idp', SAMLMetadataDocument: idp.metadata() })
  const PrincipalArn = arn('saml-provider/Idp')
  await as(root).call('CreateRole', { RoleName: 'Portal', AssumeRolePolicyDocument: trustIn(PrincipalArn) })
  const asked = { RoleArn: arn('role/Portal'), PrincipalArn }
  const SAMLAssertion = assertion(stage)
  const opened = await as(anonymous).call('sts:AssumeRoleWithSAML', { ...asked, SAMLAssertion })
  const jane = {
    name: 'Jane',
    accessKeyId: opened.text('AccessKeyId'),
    secretAccessKey: opened.text('SecretAccessKey'),
    sessionToken: opened.text('SessionToken'),
  }
  await as(jane).call('sts:GetCallerIdentity')
  await as(anonymous).call('sts:AssumeRoleWithSAML', { ...asked, SAMLAssertion })
  for (const said of REFUSED)
    await as(anonymous).call('sts:AssumeRoleWithSAML', { ...asked, SAMLAssertion: assertion(stage, said) })
  await as(anonymous).call('sts:AssumeRoleWithSAML', asked)
}
