import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { checkCertificate, type CertificateTexts } from '../../../src/iam/server-certificates/check-certificate.ts'
import { refusal } from '../../support/call.ts'
import { HOSTILE, INFINITE_KEY, withLargeNumbers } from '../../support/hostile-certificates.ts'
import { ecPair, type Issued, issue } from '../../support/issued-certificates.ts'

const NOW = new Date('2026-01-15T12:00:00Z')
const root = issue({ name: 'Root', ca: true })
const middle = issue({ name: 'Middle', by: root, ca: true })
const server = issue({ name: 'server.example.com', by: middle, until: '20270101' })
const other = issue({ name: 'other.example.com' })

const texts = ({ certificate, key }: Issued, changes: Partial<CertificateTexts> = {}): CertificateTexts => ({
  certificateBody: certificate,
  privateKey: key,
  ...changes,
})
const check = async (changes: Partial<CertificateTexts> = {}) => await checkCertificate(texts(server, changes), NOW)
const codeOf = async (work: Promise<unknown>) => (await refusal(async () => await work)).code
const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength })

describe('a server certificate', () => {
  test('is taken with its key and its chain, which may end before its root', async () => {
    const expected = { expiresAt: new Date('2027-01-01T00:00:00Z'), privateKey: server.key }
    expect(await check()).toEqual(expected)
    expect(await check({ certificateChain: middle.certificate })).toEqual(expected)
    expect(await check({ certificateChain: `${middle.certificate}\n${root.certificate}` })).toEqual(expected)
  })

  test.each([
    ['of RSA', rsa(2048)],
    ['of P-384', ecPair('P-384')],
    ['of P-521', ecPair('P-521')],
  ])('may have a key %s, in each form of PEM', async (_kind, pair) => {
    const issued = issue({ name: 'x', by: root, pair })
    const ofRsa = pair.privateKey.asymmetricKeyType === 'rsa'
    const own = String(
      ofRsa
        ? pair.privateKey.export({ type: 'pkcs1', format: 'pem' })
        : pair.privateKey.export({ type: 'sec1', format: 'pem' }),
    )
    for (const privateKey of [issued.key, own, `\r\n${own.replaceAll('\n', '\r\n')}`])
      expect(await checkCertificate(texts(issued, { privateKey }), NOW)).toMatchObject({ privateKey: issued.key })
  })

  test('may come with the parameters that OpenSSL writes before a key', async () => {
    const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n'
    const own = server.pair.privateKey.export({ type: 'sec1', format: 'pem' }).toString()
    expect(await check({ privateKey: parameters + own })).toMatchObject({ privateKey: server.key })
  })

  test.each([
    ['no PEM', 'certificate'],
    ['empty', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----'],
    ['no certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
    ['two', server.certificate + middle.certificate],
    ['with its key', server.certificate + server.key],
    ['after a word', `x${server.certificate}`],
    ['of another kind of key', issue({ name: 'x', by: root, pair: generateKeyPairSync('ed25519') }).certificate],
    ['of a small key of RSA', issue({ name: 'x', by: root, pair: rsa(512) }).certificate],
    ['of another curve', issue({ name: 'x', by: root, pair: ecPair('secp256k1') }).certificate],
  ])('is malformed when it is %s', async (_what, certificateBody) => {
    expect(await refusal(() => check({ certificateBody }))).toEqual({
      code: 'MalformedCertificate',
      message: 'Unable to parse certificate. Please ensure the certificate is in PEM format.',
    })
  })

  test.each([
    ['not yet', { from: '20260116' }, 'The certificate is not valid yet.'],
    ['no longer', { until: '20260115' }, 'The certificate has expired.'],
  ])('is invalid when it is valid %s', async (_when, dates, message) => {
    expect(await refusal(() => checkCertificate(texts(issue({ name: 'x', ...dates })), NOW))).toEqual({
      code: 'InvalidCertificate',
      message,
    })
  })
})

describe('a private key', () => {
  const encrypted = server.pair.privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString()

  test.each([
    ['no PEM', 'key'],
    ['encrypted', encrypted],
    ['public', server.pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ['one of two', server.key + other.key],
    ['damaged', server.key.replace(/\n.{8}/, '\nAAAAAAAA')],
  ])('is malformed when it is %s, and the message does not repeat it', async (_what, privateKey) => {
    expect(await refusal(() => check({ privateKey }))).toEqual({
      code: 'MalformedCertificate',
      message: 'Unable to parse private key. Please ensure the private key is in PEM format and not encrypted.',
    })
  })

  test('must belong to the certificate, and not only say so', async () => {
    expect(await codeOf(check({ privateKey: other.key }))).toBe('KeyPairMismatch')
    const pair = rsa(2048)
    const certificate = issue({ name: 'x', by: root, pair })
    expect(await codeOf(checkCertificate(texts(certificate, { privateKey: other.key }), NOW))).toBe('KeyPairMismatch')
    // The public half of one key with the private numbers of another.
    const [mine, theirs] = [pair, rsa(2048)].map(({ privateKey }) => privateKey.export({ format: 'jwk' }))
    const { createPrivateKey } = await import('node:crypto')
    const forged = createPrivateKey({ key: { ...theirs, n: mine!.n!, e: mine!.e! }, format: 'jwk' })
    const privateKey = forged.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(['KeyPairMismatch', 'MalformedCertificate']).toContain(
      await codeOf(checkCertificate(texts(certificate, { privateKey }), NOW)),
    )
  })
})

const index = (at: number) => ({
  code: 'MalformedCertificate',
  message: `Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: ${at}`,
})

describe('a hostile key', () => {
  const { infinity, badPoint, brokenRsa, unknownAlgorithm, unknownCurve, exponentOfOne } = HOSTILE
  const parts = { infinity, badPoint, brokenRsa, unknownAlgorithm, unknownCurve, exponentOfOne }

  // Without the care that is taken the first of them ends the process.
  test.each(Object.entries(parts))('in a certificate or in its chain is malformed: %s', async (_what, certificate) => {
    expect(await codeOf(check({ certificateBody: certificate }))).toBe('MalformedCertificate')
    expect(await refusal(() => check({ certificateChain: certificate }))).toEqual(index(0))
  })

  test('that is private is malformed, too, before anything is signed with it', async () => {
    expect(await codeOf(check({ privateKey: INFINITE_KEY }))).toBe('MalformedCertificate')
    const pair = rsa(2048)
    const certificate = issue({ name: 'x', by: root, pair })
    expect(await checkCertificate(texts(certificate), NOW)).toBeDefined()
    const privateKey = withLargeNumbers(pair.privateKey)
    expect(await codeOf(checkCertificate(texts(certificate, { privateKey }), NOW))).toBe('MalformedCertificate')
  })

  test.each([1024, 3072, 4096])('is none of an ordinary one of %i bits', async (bits) => {
    expect(await checkCertificate(texts(issue({ name: 'x', by: root, pair: rsa(bits) })), NOW)).toBeDefined()
  })
})

describe('a chain', () => {
  const liar = issue({ name: 'Middle', by: root, ca: true })
  const noAuthority = issue({ name: 'Middle', by: root, pair: middle.pair })

  test.each([
    ['another issuer', root.certificate, 0],
    ['the certificate itself', server.certificate + middle.certificate, 0],
    ['the wrong order', root.certificate + middle.certificate, 0],
    ['somebody of the name of the issuer', liar.certificate, 0],
    ['the key of the issuer in a certificate of no authority', noAuthority.certificate, 0],
    ['a stranger at its end', middle.certificate + other.certificate, 1],
    ['one twice', middle.certificate + middle.certificate, 1],
  ])(
    'in which a certificate did not sign the one before it is refused, and it is said which: %s',
    async (_what, certificateChain, at) => {
      expect(await refusal(() => check({ certificateChain }))).toEqual(index(at))
    },
  )

  test('is not checked with keys that no certificate here may have: they decide what checking costs', async () => {
    const odd = issue({ name: 'Odd', ca: true, pair: ecPair('secp256k1') })
    const below = issue({ name: 'below', by: odd })
    const texts = { certificateBody: below.certificate, privateKey: below.key, certificateChain: odd.certificate }
    expect(await refusal(() => check(texts))).toEqual(index(0))
  })

  test('is nothing but certificates, and at most ten', async () => {
    expect(await codeOf(check({ certificateChain: 'chain' }))).toBe('MalformedCertificate')
    expect(await codeOf(check({ certificateChain: middle.certificate + middle.key }))).toBe('MalformedCertificate')
    const long = middle.certificate + root.certificate.repeat(10)
    expect(await refusal(() => check({ certificateChain: long }))).toEqual({
      code: 'MalformedCertificate',
      message: 'The certificate chain must not have more than 10 certificates.',
    })
    expect(await check({ certificateChain: middle.certificate + root.certificate.repeat(9) })).toBeDefined()
  })
})
