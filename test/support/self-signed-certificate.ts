import { generateKeyPairSync, sign } from 'node:crypto'

/** What a server and those who are meant to trust it need, PEM. */
export interface SelfSigned {
  readonly key: string
  readonly certificate: string
}

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'))

/**
 * A certificate for `localhost` and 127.0.0.1 that signed itself, good until 2099 (RFC 5280 §4.1). Node can read certificates
 * but not make them, and a key that lies in a repository is trusted by somebody sooner or later.
 */
export function selfSignedCertificate(): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from('a test of Latchkey')))))
  const validity = sequence(der(0x18, Buffer.from('20200101000000Z')), der(0x18, Buffer.from('20990101000000Z')))
  const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])))
  const extensions = sequence(
    sequence(oid('551d13'), der(0x01, Buffer.from([0xff])), der(0x04, sequence(der(0x01, Buffer.from([0xff]))))),
    sequence(oid('551d11'), der(0x04, names)),
  )
  const version = der(0xa0, der(0x02, Buffer.from([2])))
  const serial = der(0x02, Buffer.from([1]))
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const body = sequence(version, serial, ECDSA_WITH_SHA256, name, validity, name, spki, der(0xa3, extensions))
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey))
  const certificate = sequence(body, ECDSA_WITH_SHA256, signature).toString('base64')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${certificate.replaceAll(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`,
  }
}

/** ITU-T X.690 §8.1: tag, length, contents. */
export function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const value = Buffer.concat(contents)
  const { length } = value
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), value])
}

export function sequence(...contents: readonly Buffer[]): Buffer {
  return der(0x30, ...contents)
}

export function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'))
}
