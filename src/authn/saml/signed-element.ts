import { createHash, type KeyObject, verify } from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import { EXCLUSIVE_C14N, XMLDSIG } from './names.ts'
import { attributeOf, childrenOf, isNamed } from './xml.ts'

/** A signature, and the element that it has to sign: its parent. */
export interface Signing {
  readonly element: Element
  readonly signature: Element
}

interface Algorithm {
  readonly type: 'rsa' | 'ec'
  readonly hash: string
}

/** Public keys only, without SHA-1: an HMAC would take the published key for a secret (RFC 9231 §2.3). */
const SIGNATURES: ReadonlyMap<string, Algorithm> = new Map([
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', { type: 'rsa', hash: 'sha256' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha384', { type: 'rsa', hash: 'sha384' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', { type: 'rsa', hash: 'sha512' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', { type: 'ec', hash: 'sha256' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384', { type: 'ec', hash: 'sha384' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512', { type: 'ec', hash: 'sha512' }],
])
const DIGESTS: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
])
const ENVELOPED = `${XMLDSIG}enveloped-signature`
const LONGEST_PREFIX_LIST = 1000

/**
 * What a signature within an element signs, as canonical XML, when one of the keys made it; null otherwise. Only these bytes may be
 * read afterwards: what else stands in the document is nobody's word.
 *
 * @param text the document
 * @param signing the signature and the element that it is a child of, in the document that `text` was read to
 * @param keys those of the provider: a key or certificate in the message is not looked at
 */
export function signedContent(
  text: string,
  { element, signature }: Signing,
  keys: readonly KeyObject[],
): string | null {
  const made = methodOf(signature, attributeOf(element, 'ID'))
  const [first] = keys
  if (made === null || first === undefined) return null
  try {
    const signed = new SignedXml({ publicCert: first })
    signed.idAttributes = ['ID']
    const { [EXCLUSIVE_C14N]: canonical, [ENVELOPED]: enveloped } = signed.CanonicalizationAlgorithms
    if (canonical === undefined || enveloped === undefined) return null
    signed.CanonicalizationAlgorithms = { [EXCLUSIVE_C14N]: canonical, [ENVELOPED]: enveloped }
    signed.HashAlgorithms = { [made.digest]: hasherFor(made.digest) }
    signed.SignatureAlgorithms = { [made.method]: verifierFor(made.method, keys) }
    signed.loadSignature(signature)
    if (!signed.checkSignature(text)) return null
    const [content = null, ...others] = signed.getSignedReferences()
    return others.length === 0 ? content : null
  } catch {
    // A library that does not understand a signature has not verified it.
    return null
  }
}

/** How a signature was made; null when it has another form than SAML Core §5.4 asks for, or does not sign the element of this id. */
function methodOf(signature: Element, id: string | null): { readonly method: string; readonly digest: string } | null {
  const info = inOrder(signature, ['SignedInfo', 'SignatureValue'], 'KeyInfo')
  const parts = info && inOrder(info[0]!, ['CanonicalizationMethod', 'SignatureMethod', 'Reference'])
  const reference = parts?.[2] && inOrder(parts[2], ['Transforms', 'DigestMethod', 'DigestValue'])
  if (!parts || !reference) return null
  const refers = id !== null && /^[\w.-]+$/.test(id) && attributeOf(parts[2]!, 'URI') === `#${id}`
  const transforms = childrenOf(reference[0]!)
  const names = transforms.map(algorithmOf)
  const canonical = [ENVELOPED, EXCLUSIVE_C14N]
  const fitting =
    refers &&
    algorithmOf(parts[0]!) === EXCLUSIVE_C14N &&
    transforms.every((one) => isNamed(one, XMLDSIG, 'Transform')) &&
    names.length === canonical.length &&
    names.every((name, at) => name === canonical[at]) &&
    [parts[0]!, ...transforms].every(hasNoMoreThanPrefixes) &&
    [parts[1]!, reference[1]!].every((one) => childrenOf(one).length === 0)
  const [method, digest] = [parts[1]!, reference[1]!].map((one) => algorithmOf(one) ?? '')
  return fitting && SIGNATURES.has(method!) && DIGESTS.has(digest!) ? { method: method!, digest: digest! } : null
}

/** The children, when they are exactly these, and maybe one more. */
function inOrder(element: Element, names: readonly string[], optional?: string): Element[] | null {
  const children = childrenOf(element)
  const expected = children.length === names.length || optional === undefined ? names : [...names, optional]
  const matching = expected.every((name, at) => children[at] !== undefined && isNamed(children[at], XMLDSIG, name))
  return matching && children.length === expected.length ? children : null
}

function algorithmOf(element: Element): string | null {
  return attributeOf(element, 'Algorithm')
}

/** Exclusive canonicalization may be told of prefixes that count although nothing visible uses them; some tell all transforms. */
function hasNoMoreThanPrefixes(element: Element): boolean {
  return childrenOf(element).every(
    (child) =>
      isNamed(child, algorithmOf(element) ?? '', 'InclusiveNamespaces') &&
      childrenOf(child).length === 0 &&
      (attributeOf(child, 'PrefixList') ?? '').length <= LONGEST_PREFIX_LIST,
  )
}

/** Tries the keys that fit the algorithm: the library canonicalizes once, however many there are. */
function verifierFor(method: string, keys: readonly KeyObject[]) {
  const { type, hash } = SIGNATURES.get(method)!
  return class {
    verifySignature(material: string, _key: unknown, value: string): boolean {
      const signature = Buffer.from(value, 'base64')
      return keys
        .filter((key) => key.asymmetricKeyType === type)
        .some((key) => verify(hash, Buffer.from(material), { key, dsaEncoding: 'ieee-p1363' }, signature))
    }

    getAlgorithmName(): string {
      return method
    }

    getSignature(): never {
      throw new Error('Signatures are only checked')
    }
  }
}

function hasherFor(digest: string) {
  const hash = DIGESTS.get(digest)!
  return class {
    getHash(xml: string): string {
      return createHash(hash).update(xml, 'utf8').digest('base64')
    }

    getAlgorithmName(): string {
      return digest
    }
  }
}
