import { METADATA, SAMLP, XMLDSIG } from './names.ts'
import { attributeOf, childrenNamed, isNamed, momentOf, onlyChild, parseXml, textOf, UnreadableXml } from './xml.ts'

/** What an identity provider's metadata say of it (SAML Metadata §2). */
export interface ProviderMetadata {
  /** `entityID`: what assertions have as their issuer. */
  readonly entityId: string
  /** Until when the document may be used; null when it does not say. */
  readonly validUntil: Date | null
  /** Certificates that assertions may be signed with, base64 of DER, in the order of the document. */
  readonly certificates: readonly string[]
}

const LIMITS = { elements: 5000, depth: 32, comments: true }
const LONGEST_ENTITY_ID = 1024

/**
 * Reads the metadata of one identity provider. Certificates are those of its role as identity provider (`IDPSSODescriptor`) for
 * signing, the first of each key. A signature of the document itself is not looked at: whoever registers it vouches for it.
 *
 * Throws UnreadableXml.
 */
export function readMetadata(text: string): ProviderMetadata {
  const root = parseXml(text, LIMITS)
  if (!isNamed(root, METADATA, 'EntityDescriptor')) throw new UnreadableXml('it is no EntityDescriptor')
  const entityId = attributeOf(root, 'entityID')?.trim() ?? ''
  if (entityId === '' || entityId.length > LONGEST_ENTITY_ID) throw new UnreadableXml('it has no entityID')
  const roles = childrenNamed(root, METADATA, 'IDPSSODescriptor').filter(speaksSaml2)
  if (roles.length === 0) throw new UnreadableXml('it describes no identity provider of SAML 2.0')
  const moments = [root, ...roles].map((element) => momentOf(element, 'validUntil'))
  const known = moments.filter((moment) => moment !== null)
  return {
    entityId,
    validUntil: known.length === 0 ? null : new Date(Math.min(...known.map((moment) => moment.getTime()))),
    certificates: [...new Set(roles.flatMap(signingCertificates))],
  }
}

function speaksSaml2(role: Element): boolean {
  return (attributeOf(role, 'protocolSupportEnumeration') ?? '').split(/\s+/).includes(SAMLP)
}

function signingCertificates(role: Element): string[] {
  return childrenNamed(role, METADATA, 'KeyDescriptor')
    .filter((key) => [null, 'signing'].includes(attributeOf(key, 'use')))
    .flatMap((key) => {
      const info = onlyChild(key, XMLDSIG, 'KeyInfo')
      const data = info === null ? [] : childrenNamed(info, XMLDSIG, 'X509Data')
      const first = data.flatMap((one) => childrenNamed(one, XMLDSIG, 'X509Certificate'))[0]
      return first === undefined ? [] : [textOf(first).replaceAll(/\s/g, '')]
    })
}
