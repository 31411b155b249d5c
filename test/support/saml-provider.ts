import {
  type BinaryLike,
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyLike,
  KeyObject,
  sign,
} from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import { issue } from './issued-certificates.ts'

export type SamlProvider = ReturnType<typeof openSamlProvider>

/** A key of a provider, and its certificate. */
export interface SamlSigner {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
  /** Base64 of DER. */
  readonly certificate: string
}

export const ENTITY_ID = 'https://idp.example.com/saml'
const AWS = 'https://aws.amazon.com/SAML/Attributes/'
const AWS_SIGN_IN = 'https://signin.aws.amazon.com/saml'
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const SHA384 = 'http://www.w3.org/2001/04/xmldsig-more#sha384'
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256'

/** What a response says; what is left out is as an identity provider for AWS says it, good at the moment it is made. */
export interface Said {
  readonly id?: string
  readonly issuer?: string
  readonly subject?: string
  readonly format?: string
  readonly recipient?: string
  readonly audience?: string
  readonly status?: string
  readonly destination?: string
  /** Seconds from the moment it is made. */
  readonly issuedIn?: number
  readonly notBeforeIn?: number
  readonly confirmedFor?: number
  readonly notOnOrAfterIn?: number
  readonly sessionEndsIn?: number
  readonly sessionName?: string | null
  /** Of AWS, under their last names. */
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>
  /** Others, under their whole names. */
  readonly others?: Readonly<Record<string, string | readonly string[]>>
  readonly conditions?: string
}

export interface Signing extends Method {
  readonly what?: 'Assertion' | 'Response' | 'both'
  readonly by?: SamlSigner
}

/** A signer with a key and a certificate of its own: RSA of 2,048 bits unless it is said which curve. */
export function newSigner({
  curve,
  bits = 2048,
  from,
  until,
}: {
  curve?: string
  bits?: number
  from?: string
  until?: string
} = {}): SamlSigner {
  const pair = curve
    ? generateKeyPairSync('ec', { namedCurve: curve })
    : generateKeyPairSync('rsa', { modulusLength: bits })
  const { certificate } = issue({ name: 'a provider', pair, ...(from && { from }), ...(until && { until }) })
  return { ...pair, certificate: certificate.replaceAll(/-----[A-Z ]+-----|\s/g, '') }
}

/** An identity provider of SAML 2.0: it says what it is told, and signs it. */
export function openSamlProvider({ entityId = ENTITY_ID, signer = newSigner() } = {}) {
  let responses = 0

  /** Unsigned. */
  function say(now: Date, said: Said = {}): string {
    const at = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString()
    const {
      id = `_assertion-${++responses}-${entityId.length}`,
      issuer = entityId,
      sessionName = 'jane',
      sessionEndsIn,
    } = said
    const named: Record<string, string | readonly string[]> = {
      ...(sessionName !== null && { RoleSessionName: sessionName }),
      ...said.attributes,
    }
    const attributes = [
      ...Object.entries(named).map(([name, values]) => attribute(`${AWS}${name}`, values)),
      ...Object.entries(said.others ?? {}).map(([name, values]) => attribute(name, values)),
    ]
    const recipient = said.recipient ?? AWS_SIGN_IN
    const session = sessionEndsIn === undefined ? '' : ` SessionNotOnOrAfter="${at(sessionEndsIn)}"`
    const destination = said.destination === undefined ? '' : ` Destination="${said.destination}"`
    return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_response-${id}" Version="2.0" IssueInstant="${at(said.issuedIn ?? 0)}"${destination}><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${said.status ?? 'urn:oasis:names:tc:SAML:2.0:status:Success'}"/></samlp:Status><saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${at(said.issuedIn ?? 0)}"><saml:Issuer>${issuer}</saml:Issuer><saml:Subject><saml:NameID Format="${said.format ?? 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'}">${said.subject ?? 'jane@example.com'}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${at(said.confirmedFor ?? 300)}" Recipient="${recipient}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${at(said.notBeforeIn ?? -5)}" NotOnOrAfter="${at(said.notOnOrAfterIn ?? 300)}"><saml:AudienceRestriction><saml:Audience>${said.audience ?? 'urn:amazon:webservices'}</saml:Audience></saml:AudienceRestriction>${said.conditions ?? ''}</saml:Conditions><saml:AuthnStatement AuthnInstant="${at(0)}"${session}><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement></saml:Assertion></samlp:Response>`
  }

  function signed(xml: string, { what = 'Assertion', by = signer, ...how }: Signing = {}): string {
    const inner = what === 'Response' ? xml : signElement(xml, 'Assertion', by, how)
    return what === 'Assertion' ? inner : signElement(inner, 'Response', by, how)
  }

  return {
    entityId,
    signer,
    say,
    signed,
    /** As browsers post it. */
    response: (now: Date, said?: Said, signing?: Signing) => encode(signed(say(now, said), signing)),
    metadata: (options: MetadataOptions = {}) => metadataOf(entityId, { signers: [signer], ...options }),
  }
}

export const encode = (xml: string) => Buffer.from(xml).toString('base64')

interface MetadataOptions {
  readonly signers?: readonly SamlSigner[]
  /** Those of the signers when left out. */
  readonly certificates?: readonly string[]
  readonly validUntil?: string
  readonly use?: string
  readonly more?: string
}

/** The metadata of a provider, padded to what AWS asks for. */
export function metadataOf(
  entityId: string,
  {
    signers = [],
    certificates = signers.map(({ certificate }) => certificate),
    validUntil,
    use = ' use="signing"',
    more = '',
  }: MetadataOptions = {},
): string {
  const keys = certificates.map(
    (certificate) =>
      `<KeyDescriptor${use}><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>`,
  )
  const until = validUntil === undefined ? '' : ` validUntil="${validUntil}"`
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- ${'of a provider '.repeat(20)} -->
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}"${until}>
  <IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    ${keys.join('')}${more}
    <NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat>
    <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${entityId}/sso"/>
    <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${entityId}/sso"/>
  </IDPSSODescriptor>
</EntityDescriptor>
`
}

function attribute(name: string, values: string | readonly string[]): string {
  const list = typeof values === 'string' ? [values] : values
  return `<saml:Attribute Name="${name}">${list.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`
}

interface Method {
  readonly method?: string
  readonly digest?: string
  readonly transforms?: string[]
  /** The element that is signed, when it is another than the one that gets the signature. */
  readonly signs?: string
  readonly prefixes?: string[]
  /** Whether the certificate of the signer goes with the signature. */
  readonly certified?: boolean
}

/** Signs the element of this name, the signature after its issuer. */
export function signElement(
  xml: string,
  name: string,
  by: SamlSigner,
  {
    method = methodFor(by),
    digest = SHA256,
    transforms = [ENVELOPED, EXCLUSIVE],
    signs = name,
    prefixes = [],
    certified = true,
  }: Method = {},
): string {
  const signing = new SignedXml({
    privateKey: by.privateKey,
    ...(!certified && { getKeyInfoContent: () => null }),
    publicCert: `-----BEGIN CERTIFICATE-----\n${by.certificate.replaceAll(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`,
    signatureAlgorithm: method,
    canonicalizationAlgorithm: EXCLUSIVE,
  })
  const hash = /sha\d+$/.exec(method)?.[0]
  if (hash !== undefined && hash !== 'sha1') signing.SignatureAlgorithms[method] = signerWith(hash, method)
  signing.HashAlgorithms[SHA384] = class {
    getHash = (text: string) => createHash('sha384').update(text).digest('base64')
    getAlgorithmName = () => SHA384
  }
  const element = `//*[local-name(.)='${name}']`
  signing.addReference({
    xpath: `//*[local-name(.)='${signs}']`,
    transforms,
    digestAlgorithm: digest,
    inclusiveNamespacesPrefixList: prefixes,
  })
  signing.computeSignature(xml, { location: { reference: `${element}/*[local-name(.)='Issuer']`, action: 'after' } })
  return signing.getSignedXml()
}

function methodFor({ publicKey }: SamlSigner): string {
  return publicKey.asymmetricKeyType === 'ec' ? RSA_SHA256.replace('rsa', 'ecdsa') : RSA_SHA256
}

function signerWith(hash: string, method: string) {
  return class {
    getSignature = (text: BinaryLike, key: KeyLike) => {
      const privateKey = key instanceof KeyObject ? key : createPrivateKey(String(key))
      return sign(hash, Buffer.from(typeof text === 'string' ? text : ''), {
        key: privateKey,
        dsaEncoding: 'ieee-p1363',
      }).toString('base64')
    }

    getAlgorithmName = () => method

    verifySignature(): never {
      throw new Error('Signatures are only made')
    }
  }
}
