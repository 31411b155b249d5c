import { beforeEach, describe, expect, test } from 'vitest'
import { createSamlProvider } from '../../../src/iam/saml-providers/create-saml-provider.ts'
import { tagSamlProvider, untagSamlProvider } from '../../../src/iam/saml-providers/tag-saml-provider.ts'
import { deleteSamlProvider, updateSamlProvider } from '../../../src/iam/saml-providers/update-saml-provider.ts'
import { auditTrail, callAs, epochOf, refusal } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { ENTITY_ID, metadataOf, newSigner } from '../../support/saml-provider.ts'
import { type SeededAccount, seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

let services: TestServices
let account: SeededAccount

beforeEach(async () => {
  const { db } = await freshDatabase()
  services = testServices({ db })
  account = await seedAccount(services)
})

const signer = newSigner({ curve: 'P-256' })
const [older, newer] = [signer, newSigner({ curve: 'P-256' })]
const METADATA = metadataOf(ENTITY_ID, { signers: [signer] })
const ARN = 'arn:aws:iam::123456789012:saml-provider/Staff'
const root = (of: SeededAccount = account) => callAs(services, of.root)
const create = async (more: object = {}) =>
  createSamlProvider(await root(), { name: 'Staff', samlMetadataDocument: METADATA, ...more })
const update = async (samlMetadataDocument: string | null, samlProviderArn = ARN, of = account) =>
  updateSamlProvider(await root(of), { samlProviderArn, samlMetadataDocument })
const stored = () => services.db.samlProvider.findFirstOrThrow({ where: { name: 'Staff' } })
const NO_CERTIFICATE =
  'The metadata have no certificate for signing that is valid and has an RSA key of 2048 to 8192 bits or one of P-256, P-384 or P-521.'

describe('a new provider', () => {
  test('has what its metadata say, and the change is recorded with a new epoch and without the document', async () => {
    const before = await epochOf(services, account.accountId)
    const metadata = metadataOf(ENTITY_ID, { signers: [older, newer], validUntil: '2090-01-01T00:00:00Z' })
    const provider = await create({ samlMetadataDocument: metadata, tags: [{ key: 'team', value: 'red' }] })
    expect(provider).toEqual({
      accountId: account.accountId,
      name: 'Staff',
      id: expect.stringMatching(/^SAMLSP[A-Z2-7]{16}$/),
      entityId: ENTITY_ID,
      certificates: [older.certificate, newer.certificate],
      validUntil: new Date('2090-01-01T00:00:00Z'),
      createdAt: services.clock(),
    })
    expect((await stored()).metadataDocument).toBe(metadata)
    expect(await epochOf(services, account.accountId)).toBe(before + 1n)
    const [event] = await auditTrail(services, account.accountId)
    expect(event).toMatchObject({
      result: 'SUCCESS',
      detail: { name: 'Staff', entityId: ENTITY_ID, validUntil: '2090-01-01T00:00:00.000Z', tags: ['team=red'] },
    })
    expect(JSON.stringify(event)).not.toContain(older.certificate)
  })

  test.each([
    ['Staff', 'EntityAlreadyExists', 'Unable to create SAML Provider. Provider with name Staff already exists.'],
    [
      '',
      'ValidationError',
      "1 validation error detected: Value at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'a b',
      'ValidationError',
      "1 validation error detected: Value at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w.-]+",
    ],
    [
      'a/b',
      'ValidationError',
      "1 validation error detected: Value at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w.-]+",
    ],
    [
      'a*',
      'ValidationError',
      "1 validation error detected: Value at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w.-]+",
    ],
  ])('is not called "%s"', async (name, code, message) => {
    await create()
    expect(await refusal(() => create({ name }))).toEqual({ code, message })
    expect(await services.db.samlProvider.count()).toBe(1)
  })

  test('of another case is another one, as its ARN is', async () => {
    await create()
    expect((await create({ name: 'staff' })).name).toBe('staff')
  })

  test.each([
    [
      'a document type',
      METADATA.replace('<EntityDescriptor', '<!DOCTYPE a><EntityDescriptor'),
      'Could not parse metadata: it has a document type, an entity, a comment or an instruction.',
    ],
    ['no key for signing', metadataOf(ENTITY_ID, { signers: [signer], use: ' use="encryption"' }), NO_CERTIFICATE],
    [
      'a certificate that has expired',
      metadataOf(ENTITY_ID, { signers: [newSigner({ curve: 'P-256', until: '20210101' })] }),
      NO_CERTIFICATE,
    ],
    ['a key that is too short', metadataOf(ENTITY_ID, { signers: [newSigner({ bits: 1024 })] }), NO_CERTIFICATE],
    [
      'an end that is over',
      metadataOf(ENTITY_ID, { signers: [signer], validUntil: '2020-01-01T00:00:00Z' }),
      'The metadata are no longer valid: validUntil is over.',
    ],
    [
      'more certificates than are tried',
      metadataOf(ENTITY_ID, { signers: Array.from({ length: 11 }, () => newSigner({ curve: 'P-256' })) }),
      'The metadata have more than 10 certificates for signing.',
    ],
  ])('is refused with %s', async (_what, samlMetadataDocument, message) => {
    expect(await refusal(() => create({ samlMetadataDocument }))).toEqual({ code: 'InvalidInput', message })
    expect(await services.db.samlProvider.count()).toBe(0)
  })

  test.each([
    ['less than 1000', 'x', 'greater than or equal to 1000'],
    ['more than 300000', 'x'.repeat(300_001), 'less than or equal to 300000'],
  ])('is refused with %s characters before they are read', async (_what, samlMetadataDocument, limit) => {
    expect(await refusal(() => create({ samlMetadataDocument }))).toEqual({
      code: 'ValidationError',
      message: `1 validation error detected: Value at 'samlMetadataDocument' failed to satisfy constraint: Member must have length ${limit}`,
    })
  })

  test('is one of at most 100', async () => {
    const { name, metadataDocument, ...row } = { ...(await create()), metadataDocument: '' }
    const names = Array.from({ length: 99 }, (_, n) => ({
      ...row,
      metadataDocument,
      name: `${name}-${n}`,
      id: `SAMLSP${n}`,
    }))
    await services.db.samlProvider.createMany({ data: names })
    expect(await refusal(() => create({ name: 'more' }))).toEqual({
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for SAMLProvidersPerAccount: 100',
    })
  })
})

describe('a registered provider', () => {
  test('gets other metadata, whose certificates replace all former ones', async () => {
    const { id } = await create()
    const next = metadataOf('https://other.example.com', { signers: [newer] })
    expect(await update(next)).toMatchObject({
      id,
      entityId: 'https://other.example.com',
      certificates: [newer.certificate],
    })
    expect((await stored()).metadataDocument).toBe(next)
  })

  test('stays as it was when there is nothing new, or nothing good', async () => {
    await create()
    expect(await refusal(() => update(null))).toEqual({
      code: 'InvalidInput',
      message: 'There is nothing to update: SAMLMetadataDocument is missing.',
    })
    expect(await refusal(() => update(METADATA.replace('</EntityDescriptor>', '')))).toMatchObject({
      code: 'InvalidInput',
    })
    expect((await stored()).metadataDocument).toBe(METADATA)
  })

  test('has tags, and loses them', async () => {
    await create()
    const tags = ['a', 'A'].map((key) => ({ key, value: '1' }))
    await tagSamlProvider(await root(), { samlProviderArn: ARN, tags })
    await untagSamlProvider(await root(), { samlProviderArn: ARN, tagKeys: ['A', 'none'] })
    expect(await services.db.samlProviderTag.findMany({ select: { key: true } })).toEqual([{ key: 'a' }])
  })

  test('is deleted with its tags', async () => {
    await create({ tags: [{ key: 'a', value: '1' }] })
    await deleteSamlProvider(await root(), { samlProviderArn: ARN })
    expect(await services.db.samlProvider.count()).toBe(0)
    expect(await services.db.samlProviderTag.count()).toBe(0)
  })
})

describe('a provider that is not there', () => {
  test.each([
    'arn:aws:iam::123456789012:saml-provider/staff',
    'arn:aws:iam::123456789012:oidc-provider/Staff',
    'arn:aws:iam::000000000000:saml-provider/Staff',
    'arn:aws:iam::123456789012:saml-provider/a/Staff',
  ])('under the ARN %s is not found', async (samlProviderArn) => {
    await create()
    const refused = { code: 'NoSuchEntity', message: `Manifest not found for arn ${samlProviderArn}` }
    expect(await refusal(() => update(METADATA, samlProviderArn))).toEqual(refused)
    expect(await refusal(async () => deleteSamlProvider(await root(), { samlProviderArn }))).toEqual(refused)
    const tagged = async () => tagSamlProvider(await root(), { samlProviderArn, tags: [{ key: 'a', value: '1' }] })
    expect(await refusal(tagged)).toEqual(refused)
  })

  test('because it is of another account is not found, and stays', async () => {
    await create()
    const other = await seedAccount(services, { accountId: '210987654321' })
    expect(await refusal(() => update(METADATA, ARN, other))).toMatchObject({ code: 'NoSuchEntity' })
    expect(await services.db.samlProvider.count()).toBe(1)
  })
})
