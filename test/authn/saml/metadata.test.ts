import { describe, expect, test } from 'vitest'
import { keysAt, readMetadata, readSigningCertificate, UnreadableXml } from '../../../src/authn/saml/index.ts'
import { ENTITY_ID, metadataOf, newSigner } from '../../support/saml-provider.ts'

const [first, second] = [newSigner({ curve: 'P-256' }), newSigner({ curve: 'P-384' })]
const good = metadataOf(ENTITY_ID, { signers: [first] })

describe('metadata', () => {
  test('tell the issuer, and the certificates for signing, of which there may be two while they change', () => {
    expect(readMetadata(metadataOf(ENTITY_ID, { signers: [first, second, first] }))).toEqual({
      entityId: ENTITY_ID,
      validUntil: null,
      certificates: [first.certificate, second.certificate],
    })
  })

  test('may break their certificates into lines', () => {
    const broken = good.replace(first.certificate, `\n${first.certificate.replaceAll(/.{64}/g, '$&\n')}\n`)
    expect(readMetadata(broken).certificates).toEqual([first.certificate])
  })

  test('have keys of any use for signing, and those for encryption only for nothing', () => {
    expect(readMetadata(metadataOf(ENTITY_ID, { signers: [first], use: '' })).certificates).toHaveLength(1)
    expect(readMetadata(metadataOf(ENTITY_ID, { signers: [first], use: ' use="encryption"' })).certificates).toEqual([])
  })

  test('are good until the earliest moment that they name', () => {
    const dated = metadataOf(ENTITY_ID, { signers: [first], validUntil: '2027-01-02T03:04:05Z' })
    expect(readMetadata(dated).validUntil).toEqual(new Date('2027-01-02T03:04:05Z'))
    const twice = dated.replace('<IDPSSODescriptor', '<IDPSSODescriptor validUntil="2026-12-31T00:00:00+01:00"')
    expect(readMetadata(twice).validUntil).toEqual(new Date('2026-12-30T23:00:00Z'))
  })

  test('count the first certificate of a key, not those who issued it', () => {
    const chain = good.replace(
      '</ds:X509Data>',
      `<ds:X509Certificate>${second.certificate}</ds:X509Certificate></ds:X509Data>`,
    )
    expect(readMetadata(chain).certificates).toEqual([first.certificate])
  })

  const entities = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
  test.each([
    ['an entity that grows', good.replace('<EntityDescriptor', `${entities}<EntityDescriptor`)],
    [
      'an entity of a file',
      good.replace('<EntityDescriptor', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><EntityDescriptor'),
    ],
    [
      'a document type elsewhere',
      good
        .replace('<!DOCTYPE', '')
        .replace('<IDPSSODescriptor', '<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><IDPSSODescriptor'),
    ],
    ['an entity that nobody declared', good.replace('/sso"', '/&xxe;"')],
    [
      'a processing instruction',
      good.replace('<IDPSSODescriptor', '<?xml-stylesheet href="http://127.0.0.1/"?><IDPSSODescriptor'),
    ],
    ['a tag that is not closed', good.replace('</IDPSSODescriptor>', '')],
    ['two roots', `${good}${good.slice(good.indexOf('<EntityDescriptor'))}`],
    ['text before it', `x${good}`],
    ['text after it', `${good}x`],
    ['a prefix that is not declared', good.replaceAll('IDPSSODescriptor', 'md:IDPSSODescriptor')],
    ['too many elements', good.replace('<NameIDFormat>', `${'<a/>'.repeat(6000)}<NameIDFormat>`)],
    [
      'elements too deep in each other',
      good.replace('<NameIDFormat>', `${'<a>'.repeat(40)}${'</a>'.repeat(40)}<NameIDFormat>`),
    ],
    ['an attribute that is there twice', good.replace('entityID=', 'entityID="https://evil.example.com" entityID=')],
    ['no issuer', good.replace(` entityID="${ENTITY_ID}"`, '')],
    ['a service provider', good.replaceAll('IDPSSODescriptor', 'SPSSODescriptor')],
    ['SAML 1.1 only', good.replace('SAML:2.0:protocol', 'SAML:1.1:protocol')],
    ['another namespace', good.replace('SAML:2.0:metadata', 'SAML:2.0:other')],
    ['a moment that is none', good.replace('entityID', 'validUntil="tomorrow" entityID')],
    ['a NUL by reference', good.replace(ENTITY_ID, 'https://idp.example.com/&#0;')],
    ['nothing', ''],
    ['JSON', '{}'],
  ])('with %s are not read', (_what, text) => {
    expect(text).not.toBe(good)
    expect(() => readMetadata(text)).toThrow(UnreadableXml)
  })
})

describe('a certificate', () => {
  test('counts while it is valid', () => {
    const signer = newSigner({ curve: 'P-256', from: '20260101', until: '20270101' })
    const at = (day: string) => keysAt([signer.certificate], new Date(`${day}T12:00:00Z`)).length
    expect([at('2025-12-31'), at('2026-01-01'), at('2026-12-31'), at('2027-01-01')]).toEqual([0, 1, 1, 0])
  })

  test.each([
    ['RSA of 1024 bits', newSigner({ bits: 1024 }).certificate],
    ['a curve that XML Signature does not name', newSigner({ curve: 'secp256k1' }).certificate],
    ['no certificate', Buffer.from('no certificate').toString('base64')],
    ['no base64', '-----BEGIN CERTIFICATE-----'],
    ['more than any certificate', 'A'.repeat(30_000)],
  ])('of %s signs nothing', (_what, certificate) => {
    expect(readSigningCertificate(certificate)).toBeNull()
  })
})
