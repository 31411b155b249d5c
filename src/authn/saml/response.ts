import type { KeyObject } from 'node:crypto'
import { SAML, SAMLP, XMLDSIG } from './names.ts'
import { type Signing, signedContent } from './signed-element.ts'
import {
  attributeOf,
  attributesOf,
  childrenNamed,
  childrenOf,
  elementsWithin,
  isNamed,
  momentOf,
  onlyChild,
  parseXml,
  textOf,
  UnreadableXml,
} from './xml.ts'

/** What an identity provider asserts of somebody, all of it signed. Times, issuer, recipient and audience are not judged yet. */
export interface SamlAssertion {
  readonly id: string
  readonly issuer: string
  readonly issuedAt: Date
  readonly subject: string
  /** `Format` of the subject's name; null when it does not say. */
  readonly subjectFormat: string | null
  /** To whom the bearer may present it, and until when; never empty. */
  readonly confirmations: readonly { readonly recipient: string; readonly notOnOrAfter: Date }[]
  readonly notBefore: Date | null
  readonly notOnOrAfter: Date | null
  /** Of each restriction one must be meant. */
  readonly audiences: readonly (readonly string[])[]
  readonly sessionNotOnOrAfter: Date | null
  /** Values by the name of the attribute. */
  readonly attributes: ReadonlyMap<string, readonly string[]>
  /** Where the response was sent to, when it says so. */
  readonly destination: string | null
}

/** Why a response is not believed. `message` is safe to tell whoever presents it. */
export class SamlFault extends Error {
  override readonly name = 'SamlFault'
  /** `rejected`: the provider itself says that it authenticated nobody. */
  readonly kind: 'unreadable' | 'signature' | 'rejected'

  constructor(kind: SamlFault['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

const LIMITS = { elements: 5000, depth: 32, comments: false }
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success'
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
const LONGEST_NAME = 512
const NOT_SIGNED = 'Response signature invalid'

/**
 * Reads a response to an authentication request (SAML Core §3.3.3) with one assertion that somebody who bears it may present (SAML
 * Profiles §4.1.4.2). The response or the assertion must be signed with one of the keys, and what is signed must be good. What is
 * answered was read from the signed bytes alone.
 *
 * Throws SamlFault.
 *
 * @param base64 the response as browsers post it
 * @param keys those of the provider's certificates
 */
export function readSamlResponse(base64: string, keys: readonly KeyObject[]): SamlAssertion {
  try {
    return read(decoded(base64), keys)
  } catch (error) {
    if (error instanceof UnreadableXml) throw new SamlFault('unreadable', `Invalid SAML response: ${error.message}.`)
    throw error
  }
}

/**
 * What the attributes of the one assertion say, which nobody vouches for: it tells whom to ask about it, and nothing else may be done
 * with it. Throws SamlFault.
 */
export function unverifiedAttributes(base64: string): SamlAssertion['attributes'] {
  try {
    return attributesIn(onlyAssertion(parseXml(decoded(base64), LIMITS)))
  } catch (error) {
    if (error instanceof UnreadableXml) throw new SamlFault('unreadable', `Invalid SAML response: ${error.message}.`)
    throw error
  }
}

function decoded(base64: string): string {
  const compact = base64.replaceAll(/[\r\n\t ]/g, '')
  if (compact.length % 4 !== 0 || !/^[A-Za-z\d+/]+={0,2}$/.test(compact)) throw new UnreadableXml('it is no base64')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(compact, 'base64'))
  } catch {
    throw new UnreadableXml('it is no UTF-8')
  }
}

function read(text: string, keys: readonly KeyObject[]): SamlAssertion {
  const response = parseXml(text, LIMITS)
  if (!isNamed(response, SAMLP, 'Response') || attributeOf(response, 'Version') !== '2.0')
    throw new UnreadableXml('it is no Response of SAML 2.0')
  checkStatus(response)
  const assertion = onlyAssertion(response)
  checkIds(response)

  const signatures = signaturesOf(response, [response, assertion])
  if (signatures.length === 0) throw new SamlFault('signature', NOT_SIGNED)
  const contents = signatures.map((signature) => {
    const content = signedContent(text, signature, keys)
    if (content === null) throw new SamlFault('signature', NOT_SIGNED)
    return parseXml(content, LIMITS)
  })
  const outer = contents.find((content) => isNamed(content, SAMLP, 'Response'))
  const inner = contents.find((content) => isNamed(content, SAML, 'Assertion'))
  const signed = inner ?? (outer && onlyAssertion(outer))
  if (signed === undefined || attributeOf(signed, 'ID') !== attributeOf(assertion, 'ID'))
    throw new SamlFault('signature', NOT_SIGNED)
  return assertionOf(signed, outer ?? response)
}

/** A response that says anything but success has nothing to be believed, signed or not. */
function checkStatus(response: Element): void {
  const status = onlyChild(response, SAMLP, 'Status')
  const code = status && onlyChild(status, SAMLP, 'StatusCode')
  if (!code) throw new UnreadableXml('it has no status')
  if (attributeOf(code, 'Value') !== SUCCESS)
    throw new SamlFault('rejected', 'The identity provider reports that authentication failed.')
}

/** The one assertion, a child of the response: another one, wherever it hides, is only there to be mistaken for it. */
function onlyAssertion(response: Element): Element {
  const all = elementsWithin(response)
  if (all.some(({ localName }) => localName === 'EncryptedAssertion' || localName === 'EncryptedAttribute'))
    throw new UnreadableXml(
      'it is encrypted, which is not supported: send assertions that are signed and not encrypted',
    )
  const [assertion, ...others] = all.filter(({ localName }) => localName === 'Assertion')
  if (assertion === undefined || others.length > 0 || assertion.parentNode !== response)
    throw new UnreadableXml('it does not have exactly one assertion')
  if (!isNamed(assertion, SAML, 'Assertion') || attributeOf(assertion, 'Version') !== '2.0')
    throw new UnreadableXml('its assertion is not of SAML 2.0')
  return assertion
}

/** What a signature refers to must be one element, however ids are spelt. */
function checkIds(response: Element): void {
  const ids = elementsWithin(response).flatMap((element) =>
    attributesOf(element)
      .filter(({ localName }) => localName.toLowerCase() === 'id')
      .map(({ value }) => value),
  )
  if (new Set(ids).size < ids.length) throw new UnreadableXml('two of its elements have one ID')
}

/** The signatures, each a child of one of these elements, and of each at most one. */
function signaturesOf(response: Element, signable: readonly Element[]): Signing[] {
  const all = elementsWithin(response).filter(({ localName }) => localName === 'Signature')
  const found = signable.flatMap((element) =>
    childrenNamed(element, XMLDSIG, 'Signature').map((signature) => ({ element, signature })),
  )
  const elements = new Set(found.map(({ element }) => element))
  if (found.length < all.length || elements.size < found.length) throw new SamlFault('signature', NOT_SIGNED)
  return found
}

function assertionOf(assertion: Element, response: Element): SamlAssertion {
  const issuer = onlyChild(assertion, SAML, 'Issuer')
  const subject = onlyChild(assertion, SAML, 'Subject')
  const name = subject && onlyChild(subject, SAML, 'NameID')
  const id = attributeOf(assertion, 'ID')
  const issuedAt = momentOf(assertion, 'IssueInstant')
  if (!issuer || !name || !id || issuedAt === null)
    throw new UnreadableXml('its assertion has no ID, IssueInstant, Issuer or NameID')
  const of = textOf(issuer)
  const responseIssuer = onlyChild(response, SAML, 'Issuer')
  if (responseIssuer !== null && textOf(responseIssuer) !== of) throw new UnreadableXml('it has two issuers')
  const nameId = textOf(name)
  if (nameId === '' || nameId.length > LONGEST_NAME)
    throw new UnreadableXml(`its NameID does not have 1 to ${LONGEST_NAME} characters`)
  return {
    id,
    issuer: of,
    issuedAt,
    subject: nameId,
    subjectFormat: attributeOf(name, 'Format'),
    confirmations: confirmationsOf(subject),
    ...conditionsOf(assertion),
    sessionNotOnOrAfter: sessionEnd(assertion),
    attributes: attributesIn(assertion),
    destination: attributeOf(response, 'Destination'),
  }
}

function confirmationsOf(subject: Element): SamlAssertion['confirmations'] {
  const bearers = childrenNamed(subject, SAML, 'SubjectConfirmation')
    .filter((confirmation) => attributeOf(confirmation, 'Method') === BEARER)
    .flatMap((confirmation) => {
      const data = onlyChild(confirmation, SAML, 'SubjectConfirmationData')
      const recipient = data && attributeOf(data, 'Recipient')
      const notOnOrAfter = data && momentOf(data, 'NotOnOrAfter')
      // SAML Profiles §4.1.4.2: both must be there, and NotBefore must not.
      if (!data || !recipient || !notOnOrAfter || data.hasAttribute('NotBefore')) return []
      return [{ recipient, notOnOrAfter }]
    })
  if (bearers.length === 0) throw new UnreadableXml('no bearer is confirmed with a Recipient and NotOnOrAfter')
  return bearers
}

function conditionsOf(assertion: Element): Pick<SamlAssertion, 'notBefore' | 'notOnOrAfter' | 'audiences'> {
  const conditions = onlyChild(assertion, SAML, 'Conditions')
  if (conditions === null) return { notBefore: null, notOnOrAfter: null, audiences: [] }
  // SAML Core §2.5.1: a condition that is not understood makes the assertion worthless.
  const known = ['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction']
  const strange = childrenOf(conditions).find((condition) => !known.some((one) => isNamed(condition, SAML, one)))
  if (strange !== undefined) throw new UnreadableXml('it has a condition that is not understood')
  return {
    notBefore: momentOf(conditions, 'NotBefore'),
    notOnOrAfter: momentOf(conditions, 'NotOnOrAfter'),
    audiences: childrenNamed(conditions, SAML, 'AudienceRestriction').map((restriction) =>
      childrenNamed(restriction, SAML, 'Audience').map(textOf),
    ),
  }
}

function sessionEnd(assertion: Element): Date | null {
  const ends = childrenNamed(assertion, SAML, 'AuthnStatement')
    .map((statement) => momentOf(statement, 'SessionNotOnOrAfter'))
    .filter((end) => end !== null)
  return ends.length === 0 ? null : new Date(Math.min(...ends.map((end) => end.getTime())))
}

function attributesIn(assertion: Element): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const statement of childrenNamed(assertion, SAML, 'AttributeStatement')) {
    for (const attribute of childrenNamed(statement, SAML, 'Attribute')) {
      const name = attributeOf(attribute, 'Name')
      if (!name) throw new UnreadableXml('an attribute has no name')
      const values = childrenNamed(attribute, SAML, 'AttributeValue').map(valueOf)
      found.set(name, [...(found.get(name) ?? []), ...values])
    }
  }
  return found
}

/** Text, or the one name that eduPersonTargetedID has instead. */
function valueOf(value: Element): string {
  const [name, ...others] = childrenOf(value)
  return name !== undefined && others.length === 0 && isNamed(name, SAML, 'NameID') ? textOf(name) : textOf(value)
}
