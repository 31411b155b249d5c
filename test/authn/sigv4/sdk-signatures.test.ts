import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PlainRequest, secretAccessKey, signedBySdk, verify } from './requests.ts'

const word = fc.string({ unit: 'binary', maxLength: 12 })
const segment = fc
  .string({ unit: fc.constantFrom(...Array.from("aZ09-._~!$&'()*+,;=:@ %é漢")), minLength: 1, maxLength: 10 })
  .map((text) => encodeURIComponent(text))
// The SDK's request cannot carry one header twice.
const headers = fc.dictionary(
  fc.stringMatching(/^x-(amz-)?[a-z][a-z0-9-]{0,8}$/).filter((name) => !/^x-amz-(date|security|content)/.test(name)),
  fc.string({ unit: fc.constantFrom(...Array.from('aZ09 \t,;="/')), maxLength: 20 }),
  { maxKeys: 4, noNullPrototype: true },
)
/** The SDK's signer collects names in a plain object and so loses this one. */
const lostBySdk = '__proto__'

const request: fc.Arbitrary<PlainRequest> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'),
  path: fc.tuple(fc.array(segment, { maxLength: 4 }), fc.boolean()).map(([parts, slash]) => {
    const path = `/${parts.join('/')}`
    return slash && parts.length > 0 ? `${path}/` : path
  }),
  query: fc.dictionary(
    word.filter((name) => name !== '' && name !== lostBySdk && !name.toLowerCase().startsWith('x-amz-')),
    fc.oneof(word, fc.array(word, { minLength: 2, maxLength: 3 })),
    { maxKeys: 4, noNullPrototype: true },
  ),
  headers: fc
    .tuple(headers, fc.constantFrom('iam.example.com', 'localhost:4000', '[::1]:4000'))
    .map(([some, host]) => ({
      ...some,
      host,
      'content-type': 'application/json',
    })),
  body: fc.uint8Array({ maxLength: 200 }),
})

const options = fc.record({
  sessionToken: fc.option(fc.stringMatching(/^[A-Za-z0-9+/]{1,40}={0,2}$/), { nil: undefined }),
  region: fc.constantFrom('us-east-1', 'eu-central-1', 'us-gov-west-1'),
  service: fc.constantFrom('iam', 'sts', 'latchkey'),
  checksum: fc.boolean(),
  presigned: fc.boolean(),
})

test("whatever the AWS SDK's signer signs is accepted, with its secret only", async () => {
  await fc.assert(
    fc.asyncProperty(request, options, async (plain, signing) => {
      const signed = await signedBySdk(plain, signing)
      expect(verify(signed)).toBe('verified')
      expect(verify(signed, `${secretAccessKey.slice(0, -1)}Z`)).toBe('SignatureDoesNotMatch')
    }),
    { numRuns: 300 },
  )
})

test('no byte of a signed request can be changed', async () => {
  await fc.assert(
    fc.asyncProperty(request, options, fc.nat(), fc.integer({ min: 1, max: 255 }), async (plain, signing, at, flip) => {
      const signed = await signedBySdk(plain, signing)
      if (signed.body.length > 0) {
        const body = signed.body.slice()
        body[at % body.length]! ^= flip
        expect(verify({ ...signed, body })).toBe('SignatureDoesNotMatch')
      }
      expect(verify({ ...signed, body: Buffer.concat([signed.body, Buffer.from([flip])]) })).not.toBe('verified')
      expect(verify({ ...signed, method: signed.method === 'GET' ? 'HEAD' : 'GET' })).not.toBe('verified')

      // A letter or a digit for quite another: %2A and %2a, or two blanks for one, would be the same request.
      const url = changed(signed.url, at)
      if (url !== undefined && isOther(url, signed.url)) expect(verify({ ...signed, url })).not.toBe('verified')
      for (const [index, value] of signed.rawHeaders.entries()) {
        const other = index % 2 === 1 ? changed(value, at) : undefined
        const name = signed.rawHeaders[index - 1]
        if (other === undefined || (signing.presigned && name !== 'host' && !name?.startsWith('x-amz-'))) continue
        expect(verify({ ...signed, rawHeaders: signed.rawHeaders.with(index, other) }), name).not.toBe('verified')
      }
    }),
    { numRuns: 150 },
  )
})

/** Whether two addresses differ when their dot segments are resolved, as signers do: what `..` takes back may be anything. */
function isOther(url: string, than: string): boolean {
  return new URL(url, 'http://host').href !== new URL(than, 'http://host').href
}

/** The text with the letter or digit nearest after a position replaced; undefined when it has none. */
function changed(text: string, at: number): string | undefined {
  const places = [...text.matchAll(/[a-zA-Z0-9]/g)].map(({ index }) => index)
  if (places.length === 0) return undefined
  const place = places[at % places.length]!
  return `${text.slice(0, place)}${/b/i.test(text[place]!) ? 'c' : 'b'}${text.slice(place + 1)}`
}
