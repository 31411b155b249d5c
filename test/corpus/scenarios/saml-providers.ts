import { metadataOf } from '../../support/saml-provider.ts'
import type { Play } from '../stage.ts'

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

export const samlProvidersByGraphql: Play = async ({ ask, arn }) => {
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
}

export const samlProvidersByAws: Play = async ({ call, arn }) => {
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
}
