import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { der, oid, sequence } from './self-signed-certificate.ts'

interface Pair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

/** A certificate with its key, PEM. */
export interface Issued {
  readonly name: string
  readonly pair: Pair
  readonly certificate: string
  /** PKCS #8. */
  readonly key: string
}

interface Wanted {
  readonly name: string
  /** Who signs it; itself when left out. */
  readonly by?: Issued
  readonly ca?: boolean
  /** `YYYYMMDD`. */
  readonly from?: string
  readonly until?: string
  readonly pair?: Pair
}

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'))
const YES = der(0x01, Buffer.from([0xff]))

export const ecPair = (namedCurve = 'P-256'): Pair => generateKeyPairSync('ec', { namedCurve })

const named = (text: string) => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(text)))))

let serial = 0

/** A certificate of version 3 (RFC 5280 §4.1). Who signs has a key of an elliptic curve; whose it is may have any. */
export function issue({
  name,
  by,
  ca = false,
  from = '20200101',
  until = '20990101',
  pair = ecPair(),
}: Wanted): Issued {
  const [since, last] = [from, until].map((day) => der(0x18, Buffer.from(`${day}000000Z`)))
  const constraints = sequence(oid('551d13'), YES, der(0x04, ca ? sequence(YES) : sequence()))
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1, ++serial & 0x7f])),
    ECDSA_WITH_SHA256,
    named(by?.name ?? name),
    sequence(since!, last!),
    named(name),
    pair.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(constraints)),
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, by?.pair.privateKey ?? pair.privateKey))
  const base64 = sequence(body, ECDSA_WITH_SHA256, signature).toString('base64')
  return {
    name,
    pair,
    certificate: `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`,
    key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
