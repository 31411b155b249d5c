import { expect, test } from 'vitest'
import { readSamlResponse } from '../../../src/authn/saml/index.ts'
import { newSigner, openSamlProvider } from '../../support/saml-provider.ts'

const NOW = new Date('2026-06-01T12:00:00Z')
const provider = openSamlProvider()
const keys = [provider.signer.publicKey]

test.each(['Assertion', 'Response', 'both'] as const)('a response with a signature of %s is read', (what) => {
  expect(readSamlResponse(provider.response(NOW, {}, { what }), keys)).toMatchObject({
    issuer: provider.entityId,
    subject: 'jane@example.com',
  })
})
test('x', () => {
  expect(() => readSamlResponse(provider.response(NOW, {}, { by: newSigner() }), keys)).toThrow(
    'Response signature invalid',
  )
})
