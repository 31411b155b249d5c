import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readSamlResponse } from '../../../src/authn/saml/index.ts'
import { encode, newSigner, openSamlProvider, type Said, type Signing } from '../../support/saml-provider.ts'

const NOW = new Date('2026-06-01T12:00:00Z')
const provider = openSamlProvider({ signer: newSigner({ curve: 'P-256' }) })
const keys = [provider.signer.publicKey]
const read = (said?: Said, signing?: Signing) => readSamlResponse(provider.response(NOW, said, signing), keys)
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#'
const ENC = 'http://www.w3.org/2001/04/xmlenc#'

test('a response is read as it was signed', () => {
  expect(read({ id: '_1', sessionEndsIn: 60, destination: 'https://iam.example.com/saml' })).toEqual({
    id: '_1',
    issuer: provider.entityId,
    issuedAt: NOW,
    subject: 'jane@example.com',
    subjectFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    confirmations: [
      { recipient: 'https://signin.aws.amazon.com/saml', notOnOrAfter: new Date('2026-06-01T12:05:00Z') },
    ],
    notBefore: new Date('2026-06-01T11:59:55Z'),
    notOnOrAfter: new Date('2026-06-01T12:05:00Z'),
    audiences: [['urn:amazon:webservices']],
    sessionNotOnOrAfter: new Date('2026-06-01T12:01:00Z'),
    attributes: new Map([['https://aws.amazon.com/SAML/Attributes/RoleSessionName', ['jane']]]),
    destination: 'https://iam.example.com/saml',
  })
})

const [rsa, p384, p521] = [newSigner(), newSigner({ curve: 'P-384' }), newSigner({ curve: 'P-521' })]
test.each([
  [`${MORE}rsa-sha256`, `${ENC}sha256`, rsa],
  [`${MORE}rsa-sha384`, `${MORE}sha384`, rsa],
  [`${MORE}rsa-sha512`, `${ENC}sha512`, rsa],
  [`${MORE}ecdsa-sha256`, `${ENC}sha256`, provider.signer],
  [`${MORE}ecdsa-sha384`, `${MORE}sha384`, p384],
  [`${MORE}ecdsa-sha512`, `${ENC}sha512`, p521],
])('is signed with %s over %s', (method, digest, by) => {
  const text = provider.response(NOW, {}, { by, method, digest, what: 'both' })
  // The key may be any of the provider's.
  expect(readSamlResponse(text, [...keys, p521.publicKey, rsa.publicKey, p384.publicKey]).issuer).toBe(
    provider.entityId,
  )
})

describe('is read in the forms that identity providers give it', () => {
  test('without the certificate, which the server knows', () => {
    expect(read({}, { certified: false }).subject).toBe('jane@example.com')
  })

  test('with types of values, whose prefix is declared far above', () => {
    const xml = provider
      .say(NOW, { attributes: { Team: 'red' } })
      .replace('<samlp:Response ', '<samlp:Response xmlns:xs="http://www.w3.org/2001/XMLSchema" ')
      .replaceAll(
        '<saml:AttributeValue>',
        '<saml:AttributeValue xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">',
      )
    const text = encode(provider.signed(xml, { prefixes: ['xs'] }))
    expect(readSamlResponse(text, keys).attributes.get('https://aws.amazon.com/SAML/Attributes/Team')).toEqual(['red'])
  })

  test('in lines, with a declaration of XML, and with lines in base64', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\n${provider.say(NOW).replaceAll('><', '>\n  <')}\n`
    const text = encode(provider.signed(xml)).replaceAll(/.{76}/g, '$&\r\n')
    expect(readSamlResponse(text, keys).subject).toBe('jane@example.com')
  })

  test('with names and values beyond ASCII, and with entities of XML', () => {
    const others = { 'urn:oid:2.5.4.3': 'Jürgen &amp; 花子 &#x1F600; &lt;b&gt;' }
    expect(read({ others }).attributes.get('urn:oid:2.5.4.3')).toEqual(['Jürgen & 花子 😀 <b>'])
  })

  test('with a persistent name as the value of an attribute', () => {
    const name = '<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">abc</saml:NameID>'
    expect(
      read({ others: { 'urn:oid:1.3.6.1.4.1.5923.1.1.1.10': name } }).attributes.get(
        'urn:oid:1.3.6.1.4.1.5923.1.1.1.10',
      ),
    ).toEqual(['abc'])
  })

  test('with an attribute in two parts, whose values are all of both', () => {
    const one = provider.say(NOW, { others: { a: '1' } })
    const two = one.replace(
      '</saml:AttributeStatement>',
      '<saml:Attribute Name="a"><saml:AttributeValue>2</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>',
    )
    expect(readSamlResponse(encode(provider.signed(two)), keys).attributes.get('a')).toEqual(['1', '2'])
  })
})

test('keys of another kind than the signature asks for are not tried', () => {
  const { publicKey } = generateKeyPairSync('ed25519')
  expect(() => readSamlResponse(provider.response(NOW), [publicKey, rsa.publicKey])).toThrow(
    'Response signature invalid',
  )
})
