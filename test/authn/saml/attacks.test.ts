import { describe, expect, test } from 'vitest'
import { SignedXml } from 'xml-crypto'
import { readSamlResponse, SamlFault } from '../../../src/authn/saml/index.ts'
import { encode, newSigner, openSamlProvider, signElement } from '../../support/saml-provider.ts'

const NOW = new Date('2026-06-01T12:00:00Z')
const provider = openSamlProvider({ signer: newSigner({ curve: 'P-256' }) })
const { signer } = provider
const read = (xml: string) => readSamlResponse(encode(xml), [signer.publicKey])
const refused = (xml: string) => expect(() => read(xml)).toThrow(SamlFault)
const INVALID = 'Response signature invalid'

const plain = provider.say(NOW, { id: '_good' })
/** What the attacker got of the provider for an account of their own, signed in each of the ways. */
const good = {
  Assertion: provider.signed(plain),
  Response: provider.signed(plain, { what: 'Response' }),
  both: provider.signed(plain, { what: 'both' }),
}

/** What an element is in the text of a document, and the text without it. */
function cut(xml: string, name: string): { readonly part: string; readonly rest: string } {
  const [opening = ''] = new RegExp(`<(?:\\w+:)?${name}[ >]`).exec(xml) ?? []
  const from = xml.indexOf(opening)
  const closing = `</${opening.slice(1, -1)}>`
  const until = xml.lastIndexOf(closing) + closing.length
  return { part: xml.slice(from, until), rest: xml.slice(0, from) + xml.slice(until) }
}

/** The signed assertion, the response around it, the signature in it; and an assertion of the attacker. */
function taken(id: '_evil' | '_good') {
  const { part: assertion } = cut(good.Assertion, 'Assertion')
  const { part: signature, rest: unsigned } = cut(assertion, 'Signature')
  const evil = unsigned.replace('"_good"', `"${id}"`).replace('jane@example.com', 'root@example.com')
  const around = (inner: string) => good.Assertion.replace(assertion, () => inner)
  return { assertion, signature, unsigned, evil, around }
}

const within = (element: string, more: string) => element.replace(/<\/[\w:]+>$/, (closing) => `${more}${closing}`)
const afterIssuer = (element: string, more: string) =>
  element.replace('</saml:Issuer>', (closing) => `${closing}${more}`)
const filled = (more: string) => good.Assertion.replace('<samlp:Status>', () => `${more}<samlp:Status>`)
const OBJECT = (inner: string) => `<Object>${inner}</Object>`

describe('signature wrapping', () => {
  test('begins with responses that are good', () => {
    for (const xml of Object.values(good)) expect(read(xml)).toMatchObject({ id: '_good', subject: 'jane@example.com' })
  })

  // Somorovsky et al., "On Breaking SAML: Be Whoever You Want to Be", as testing tools number its ways.
  const signedResponse = cut(good.Response, 'Signature')
  const evilResponse = signedResponse.rest
    .replace('"_response-_good"', '"_response-_evil"')
    .replaceAll('"_good"', '"_evil"')
    .replace('jane@example.com', 'root@example.com')
  test.each<[string, string]>([
    [
      'XSW1: the signed response in the signature of another',
      afterIssuer(evilResponse, within(signedResponse.part, OBJECT(signedResponse.rest))),
    ],
    [
      'XSW2: the signed response beside the signature of another',
      afterIssuer(evilResponse, `${signedResponse.rest}${signedResponse.part}`),
    ],
    ...(['_evil', '_good'] as const).flatMap((id): [string, string][] => {
      const { assertion, signature, unsigned, evil, around } = taken(id)
      return [
        [`XSW3: the assertion ${id} before the signed one`, around(`${evil}${assertion}`)],
        [`XSW3: the assertion ${id} after the signed one`, around(`${assertion}${evil}`)],
        [`XSW4: the signed assertion in the assertion ${id}`, around(within(evil, assertion))],
        [
          `XSW5: the assertion ${id} with the signature, the other one at the end`,
          around(`${afterIssuer(evil, signature)}${unsigned}`),
        ],
        [
          `XSW6: the signed assertion in the signature of the assertion ${id}`,
          around(afterIssuer(evil, within(signature, unsigned))),
        ],
        [
          `XSW7: the assertion ${id} in an extension`,
          around(`<samlp:Extensions>${evil}</samlp:Extensions>${assertion}`),
        ],
        [
          `XSW8: the signed assertion in an object of the signature of the assertion ${id}`,
          around(afterIssuer(evil, within(signature, OBJECT(unsigned)))),
        ],
        [`the signature beside the assertion ${id}`, around(`${evil}${signature}`)],
        [`the assertion ${id} alone with the signature of another`, around(afterIssuer(evil, signature))],
      ]
    }),
  ])('by %s is refused', (_way, xml) => refused(xml))

  test('by ids that are spelt in another way is refused', () => {
    for (const id of ['Id="_good"', 'id="_good"', 'xml:id="_good"', 'xmlns:x="urn:x" x:ID="_good"'])
      refused(good.Assertion.replace('<samlp:Status>', `<samlp:Status ${id}>`))
  })

  test('by a name of another namespace is refused', () => {
    const { assertion, evil, around } = taken('_evil')
    refused(around(`${evil.replaceAll('saml:Assertion', 'x:Assertion').replace(' ', ' xmlns:x="urn:x" ')}${assertion}`))
  })

  test('changes nothing of what is read: every other letter makes it refused, or is not read', () => {
    const expected = read(good.both)
    let changed = 0
    for (let at = 0; at < good.both.length; at += 17) {
      const letter = good.both[at] === 'x' ? 'y' : 'x'
      try {
        expect(read(good.both.slice(0, at) + letter + good.both.slice(at + 1))).toEqual(expected)
      } catch (error) {
        if (!(error instanceof SamlFault)) throw error
        changed++
      }
    }
    expect(changed).toBeGreaterThan(200)
  })
})

describe('two assertions', () => {
  test('are refused, even when the provider signed both', () => {
    const other = provider.signed(provider.say(NOW, { id: '_other', subject: 'joe@example.com' }))
    refused(within(good.Assertion, cut(other, 'Assertion').part))
  })

  test('one of them encrypted, are refused', () => {
    const encrypted = '<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/>'
    expect(() => read(within(good.Assertion, encrypted))).toThrow('it is encrypted, which is not supported')
  })
})

describe('what hides text', () => {
  const mine = provider.signed(provider.say(NOW, { subject: 'root@example.com.evil.example' }))
  const { subject } = read(mine)

  test.each([
    ['a comment', '<!---->'],
    ['an instruction', '<?x?>'],
    ['a CDATA section', '<![CDATA[]]>'],
    ['an element', '<b/>'],
    ['an entity', '&none;'],
  ])('%s in a name does not shorten it', (_what, text) => {
    expect(subject).toBe('root@example.com.evil.example')
    refused(mine.replace('root@example.com.evil', `root@example.com${text}.evil`))
  })

  test('comments anywhere are refused, also where canonical XML leaves them out', () => {
    for (const place of ['<saml:Subject>', '<ds:DigestValue>', '<DigestValue>', '<samlp:Status>', '<SignatureValue>'])
      if (good.Assertion.includes(place)) refused(good.Assertion.replace(place, `${place}<!-- -->`))
  })
})

describe('document types', () => {
  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`)
  test.each([
    ['that is empty', '<!DOCTYPE Response>'],
    ['with entities that grow', `<!DOCTYPE Response [<!ENTITY l0 "lol">${laughs.join('')}]>`],
    ['with an entity of a file', '<!DOCTYPE Response [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
    ['of another server', '<!DOCTYPE Response SYSTEM "http://127.0.0.1:9/x.dtd">'],
    ['with attributes by default', '<!DOCTYPE Response [<!ATTLIST saml:Assertion ID ID "_evil">]>'],
  ])('%s are refused', (_what, type) => {
    const message = 'it has a document type, an entity, a comment or an instruction'
    expect(() => read(type + good.Assertion)).toThrow(SamlFault)
    expect(() => read(good.Assertion.replace('<samlp:Status>', `${type}<samlp:Status>`))).toThrow(message)
  })
})

describe('a signature is refused', () => {
  const rsa = newSigner()

  test('by a key that comes with it', () => {
    const other = newSigner({ curve: 'P-256' })
    expect(() => read(signElement(plain, 'Assertion', other))).toThrow(INVALID)
    expect(() => read(signElement(plain, 'Assertion', other).replace(other.certificate, signer.certificate))).toThrow(
      INVALID,
    )
    // Beside a good one, it is a signature that is not.
    expect(() => read(signElement(good.Assertion, 'Response', other))).toThrow(INVALID)
  })

  test.each([
    ['RSA with SHA-1', { method: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }],
    ['a digest with SHA-1', { digest: 'http://www.w3.org/2000/09/xmldsig#sha1' }],
    [
      'canonical XML that takes in what is around it',
      {
        transforms: [
          'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
          'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
        ],
      },
    ],
    [
      'no transform but the signature left out',
      { transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature'] },
    ],
  ])('with %s, although the key is right', (_what, how) => {
    const signed = (more: object) => encode(signElement(plain, 'Assertion', rsa, more))
    expect(readSamlResponse(signed({}), [rsa.publicKey]).id).toBe('_good')
    expect(() => readSamlResponse(signed(how), [rsa.publicKey])).toThrow(INVALID)
  })

  test('that is an HMAC with the public key as its secret', () => {
    for (const secret of [signer.publicKey.export({ type: 'spki', format: 'pem' }), signer.certificate]) {
      const signing = new SignedXml({
        privateKey: secret,
        signatureAlgorithm: 'http://www.w3.org/2000/09/xmldsig#hmac-sha1',
        canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
      })
      signing.enableHMAC()
      signing.addReference({
        xpath: "//*[local-name(.)='Assertion']",
        transforms: [
          'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
          'http://www.w3.org/2001/10/xml-exc-c14n#',
        ],
        digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
      })
      const reference = "//*[local-name(.)='Assertion']/*[local-name(.)='Issuer']"
      signing.computeSignature(plain, { location: { reference, action: 'after' } })
      expect(() => read(signing.getSignedXml())).toThrow(INVALID)
    }
  })

  test.each(['Subject', 'AttributeStatement', 'Response'])('over %s, in the assertion', (signs) => {
    expect(() => read(signElement(plain, 'Assertion', signer, { signs }))).toThrow(INVALID)
  })

  test.each([
    ['over the whole document', (xml: string) => xml.replace('URI="#_good"', 'URI=""')],
    ['over nothing', (xml: string) => xml.replace('URI="#_good"', '')],
    ['over something elsewhere', (xml: string) => xml.replace('URI="#_good"', 'URI="http://127.0.0.1:9/"')],
    ['over two elements', (xml: string) => xml.replace(/<Reference .*<\/Reference>/, '$&$&')],
    ['over none', (xml: string) => xml.replace(/<Reference .*<\/Reference>/, '')],
    ['of two parts', (xml: string) => xml.replace(/<SignedInfo>.*<\/SignedInfo>/, '$&$&')],
    ['with an object', (xml: string) => xml.replace('</Signature>', '<Object/></Signature>')],
    [
      'with a transform that selects',
      (xml: string) => xml.replace(/(<Transform [^>]*)\/>/, '$1><XPath>true()</XPath></Transform>'),
    ],
    [
      'with an XSLT',
      (xml: string) =>
        xml.replace(
          'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
          'http://www.w3.org/TR/1999/REC-xslt-19991116',
        ),
    ],
    ['without a value', (xml: string) => xml.replace(/<SignatureValue>.*<\/SignatureValue>/, '<SignatureValue/>')],
    ['that is there twice', (xml: string) => xml.replace(/<Signature .*<\/Signature>/, '$&$&')],
    [
      'of another namespace',
      (xml: string) => xml.replace('<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"', '<Signature xmlns="urn:x"'),
    ],
  ])('%s', (_what, change) => {
    const xml = change(good.Assertion)
    expect(xml).not.toBe(good.Assertion)
    refused(xml)
  })
})

describe('a message that costs much', () => {
  test.each([
    ['many elements', filled('<a/>'.repeat(15_000)), 'it has too many elements'],
    ['elements deep in each other', filled('<a>'.repeat(4_900) + '</a>'.repeat(4_900)), 'it has too many elements'],
    [
      'elements somewhat deep in each other',
      filled('<a>'.repeat(100) + '</a>'.repeat(100)),
      'it has too many elements, one in the other',
    ],
    ['many signatures', filled('<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>'.repeat(1_000)), INVALID],
    ['many attributes', filled(`<a ${Array.from({ length: 5_000 }, (_, n) => `a${n}=""`).join(' ')}/>`), null],
    ['many namespaces', filled(`<a ${Array.from({ length: 3_000 }, (_, n) => `xmlns:a${n}="u"`).join(' ')}/>`), null],
  ])('with %s is refused, or read as if it were not there', (_what, xml, message) => {
    if (message === null) expect(read(xml).subject).toBe('jane@example.com')
    else expect(() => read(xml)).toThrow(message)
  })

  test('with long lists of prefixes in its signature is refused', () => {
    const prefixes = Array.from({ length: 500 }, (_, n) => `p${n}`)
    expect(() => read(provider.signed(plain, { prefixes }))).toThrow(INVALID)
  })
})
