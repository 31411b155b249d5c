import { X509Certificate } from 'node:crypto'
import { type ProviderMetadata, readMetadata, readSigningCertificate, UnreadableXml } from '../../authn/saml/index.ts'
import { IamError } from '../errors.ts'

/** Rotation needs two, and each is tried with every assertion. */
const MOST_CERTIFICATES = 10

/** What is stored of a provider's metadata. */
export interface ReadDocument {
  readonly metadataDocument: string
  readonly entityId: string
  readonly validUntil: Date | null
  readonly certificates: string[]
}

/**
 * Reads the metadata that a provider is registered with. Of its certificates those count whose key can sign assertions (RSA of 2,048
 * bits to 8,192, P-256, P-384, P-521); at least one must still be valid, or no assertion would ever be accepted. Throws InvalidInput.
 */
export function readMetadataDocument(metadataDocument: string, now: Date): ReadDocument {
  const { entityId, validUntil, certificates } = metadataIn(metadataDocument)
  if (validUntil !== null && validUntil <= now) throw unusable('The metadata are no longer valid: validUntil is over.')
  if (certificates.length > MOST_CERTIFICATES)
    throw unusable(`The metadata have more than ${MOST_CERTIFICATES} certificates for signing.`)
  const usable = certificates.filter((certificate) => readSigningCertificate(certificate) !== null)
  const current = usable.some((certificate) => now <= readSigningCertificate(certificate)!.validUntil)
  if (!current)
    throw unusable(
      'The metadata have no certificate for signing that is valid and has an RSA key of 2048 to 8192 bits or one of P-256, P-384 or P-521.',
    )
  return { metadataDocument, entityId, validUntil, certificates: usable }
}

/** What the audit trail tells of metadata: the document itself is long, and can be read with the provider. */
export function describeDocument({ entityId, validUntil, certificates }: ReadDocument) {
  return {
    entityId,
    validUntil: validUntil?.toISOString() ?? null,
    certificateFingerprints: certificates.map(
      (certificate) => new X509Certificate(Buffer.from(certificate, 'base64')).fingerprint256,
    ),
  }
}

function metadataIn(document: string): ProviderMetadata {
  try {
    return readMetadata(document)
  } catch (error) {
    if (error instanceof UnreadableXml) throw unusable(`Could not parse metadata: ${error.message}.`)
    throw error
  }
}

function unusable(message: string): IamError {
  return new IamError('InvalidInput', message)
}
