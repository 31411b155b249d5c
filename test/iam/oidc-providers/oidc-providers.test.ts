import { beforeEach, describe, expect, test } from 'vitest'
import { createOpenIdConnectProvider } from '../../../src/iam/oidc-providers/create-oidc-provider.ts'
import {
  tagOpenIdConnectProvider,
  untagOpenIdConnectProvider,
} from '../../../src/iam/oidc-providers/tag-oidc-provider.ts'
import {
  addClientIdToOpenIdConnectProvider,
  deleteOpenIdConnectProvider,
  removeClientIdFromOpenIdConnectProvider,
  updateOpenIdConnectProviderThumbprint,
} from '../../../src/iam/oidc-providers/update-oidc-provider.ts'
import { auditTrail, callAs, epochOf, refusal } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

let services: TestServices
let account: SeededAccount

beforeEach(async () => {
  const { db } = await freshDatabase()
  services = testServices({ db })
  account = await seedAccount(services)
})

const root = (of: SeededAccount = account) => callAs(services, of.root)
const create = async (url: string, more: object = {}) => createOpenIdConnectProvider(await root(), { url, ...more })
const arnOf = (address: string, accountId = account.accountId) => `arn:aws:iam::${accountId}:oidc-provider/${address}`
const tagsOf = (providerUrl: string) =>
  services.db.oidcProviderTag.findMany({ where: { providerUrl }, select: { key: true, value: true } })
const ARN = 'arn:aws:iam::123456789012:oidc-provider/idp.example.com'
const add = async (clientId: string, openIdConnectProviderArn = ARN, of = account) =>
  addClientIdToOpenIdConnectProvider(await root(of), { openIdConnectProviderArn, clientId })
const remove = async (clientId: string) =>
  removeClientIdFromOpenIdConnectProvider(await root(), { openIdConnectProviderArn: ARN, clientId })
const update = async (thumbprintList: string[]) =>
  updateOpenIdConnectProviderThumbprint(await root(), { openIdConnectProviderArn: ARN, thumbprintList })
const tag = async (tags: { key: string; value: string }[]) =>
  tagOpenIdConnectProvider(await root(), { openIdConnectProviderArn: ARN, tags })
const THUMBPRINT = 'AB'.repeat(20)

describe('a new provider', () => {
  test('has what was asked for, each audience once, and the change is recorded with a new epoch', async () => {
    const before = await epochOf(services, account.accountId)
    const provider = await create('https://idp.example.com/realms/staff', {
      clientIdList: ['portal', 'bot', 'portal'],
      thumbprintList: [THUMBPRINT],
      tags: [{ key: 'team', value: 'red' }],
    })
    expect(provider).toMatchObject({
      url: 'idp.example.com/realms/staff',
      clientIds: ['portal', 'bot'],
      thumbprints: [THUMBPRINT.toLowerCase()],
      createdAt: services.clock(),
    })
    expect(await tagsOf('idp.example.com/realms/staff')).toEqual([{ key: 'team', value: 'red' }])
    expect(await epochOf(services, account.accountId)).toBe(before + 1n)
    expect(await auditTrail(services, account.accountId)).toMatchObject([
      {
        result: 'SUCCESS',
        detail: { openIdConnectProviderArn: arnOf('idp.example.com/realms/staff'), tags: ['team=red'] },
      },
    ])
  })

  test.each(['https://idp.example.com', 'https://idp.example.com/', 'https://idp.example.com:8443/realms/A%20b'])(
    'may be at %s, and is kept to the letter: that is what iss is compared with',
    async (url) => {
      expect((await create(url)).url).toBe(url.slice('https://'.length))
    },
  )

  const WITHOUT_HTTPS = 'Invalid Open ID Connect Provider URL. The URL must begin with https://.'
  const PLAIN = 'Invalid Open ID Connect Provider URL.'
  test.each([
    ['idp.example.com', 'ValidationError', 'Invalid Open ID Connect Provider URL'],
    ['https://', 'ValidationError', 'Invalid Open ID Connect Provider URL'],
    ['http://idp.example.com', 'InvalidInput', WITHOUT_HTTPS],
    ['ftp://idp.example.com', 'InvalidInput', WITHOUT_HTTPS],
    ['https://idp.example.com?tenant=1', 'InvalidInput', PLAIN],
    ['https://idp.example.com/?', 'InvalidInput', PLAIN],
    ['https://idp.example.com#top', 'InvalidInput', PLAIN],
    ['https://user:secret@idp.example.com', 'InvalidInput', PLAIN],
    ['https://IDP.example.com', 'InvalidInput', PLAIN],
    ['https://idp.example.com:443', 'InvalidInput', PLAIN],
    ['https://idp.example.com/a/../b', 'InvalidInput', PLAIN],
    ['https://idp.example.com/*', 'InvalidInput', PLAIN],
    [' https://idp.example.com', 'InvalidInput', PLAIN],
    [
      `https://${'a'.repeat(248)}`,
      'ValidationError',
      "1 validation error detected: Value at 'url' failed to satisfy constraint: Member must have length less than or equal to 255",
    ],
  ])('is not at %s', async (url, code, message) => {
    expect(await refusal(() => create(url))).toEqual({ code, message })
    expect(await services.db.oidcProvider.count()).toBe(0)
  })

  test.each([
    [
      { clientIdList: ['x'.repeat(256)] },
      'ValidationError',
      "1 validation error detected: Value at 'clientID' failed to satisfy constraint: Member must have length less than or equal to 255",
    ],
    [
      { clientIdList: Array.from({ length: 101 }, (_, n) => `client-${n}`) },
      'LimitExceeded',
      'Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100',
    ],
    [{ thumbprintList: ['ab'] }, 'InvalidInput', 'Thumbprint must be exactly 40 characters.'],
    [
      { thumbprintList: Array.from({ length: 6 }, () => THUMBPRINT) },
      'InvalidInput',
      'Thumbprint list must contain fewer than 5 entries.',
    ],
    [
      {
        tags: [
          { key: 'a', value: '1' },
          { key: 'a', value: '2' },
        ],
      },
      'InvalidInput',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ],
  ])('is refused with %j', async (more, code, message) => {
    expect(await refusal(() => create('https://idp.example.com', more))).toEqual({ code, message })
    expect(await services.db.oidcProvider.count()).toBe(0)
  })

  test('is the only one at its address in its account, and other accounts do not matter', async () => {
    const other = await seedAccount(services, { accountId: '999999999999' })
    await create('https://idp.example.com')
    expect(await refusal(() => create('https://idp.example.com'))).toEqual({
      code: 'EntityAlreadyExists',
      message: 'Provider with url https://idp.example.com already exists.',
    })
    await createOpenIdConnectProvider(await root(other), { url: 'https://idp.example.com' })
    expect(await services.db.oidcProvider.count()).toBe(2)
  })

  test('is one of at most a hundred of an account, however many are made at once', async () => {
    const { accountId } = account
    await services.db.oidcProvider.createMany({
      data: Array.from({ length: 98 }, (_, n) => ({ accountId, url: `idp${n}.example.com`, createdAt: new Date() })),
    })
    const attempts = await Promise.allSettled([1, 2, 3, 4].map((n) => create(`https://more${n}.example.com`)))
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    expect(await services.db.oidcProvider.count()).toBe(100)
    expect((await refusal(() => create('https://last.example.com'))).message).toBe(
      'Cannot exceed quota for OpenIdConnectProvidersPerAccount: 100',
    )
  })
})

describe('a provider that is there', () => {
  beforeEach(() => create('https://idp.example.com', { clientIdList: ['portal'] }))

  test('gets and loses audiences; what is already so is no error', async () => {
    await add('bot')
    expect((await add('bot')).clientIds).toEqual(['portal', 'bot'])
    await remove('portal')
    expect((await remove('portal')).clientIds).toEqual(['bot'])
    for (let n = 1; n < 100; n++)
      await services.db.$executeRaw`
      UPDATE oidc_provider SET client_ids = array_append(client_ids, ${`client-${n}`})`
    expect(await refusal(() => add('one more'))).toEqual({
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100',
    })
  })

  test('gets other thumbprints in place of all that it had', async () => {
    await update([THUMBPRINT, 'cd'.repeat(20)])
    expect((await update(['ef'.repeat(20)])).thumbprints).toEqual(['ef'.repeat(20)])
    expect((await refusal(() => update(['zz'.repeat(20)]))).code).toBe('InvalidInput')
  })

  test('has tags whose keys are told apart by case, at most fifty', async () => {
    await tag([{ key: 'team', value: 'red' }])
    await tag([{ key: 'Team', value: 'blue' }])
    await tag([{ key: 'team', value: 'green' }])
    expect(await tagsOf('idp.example.com')).toEqual([
      { key: 'Team', value: 'blue' },
      { key: 'team', value: 'green' },
    ])
    await untagOpenIdConnectProvider(await root(), { openIdConnectProviderArn: ARN, tagKeys: ['Team', 'none'] })
    expect(await tagsOf('idp.example.com')).toEqual([{ key: 'team', value: 'green' }])
    const many = Array.from({ length: 50 }, (_, n) => ({ key: `key-${n}`, value: '' }))
    expect(await refusal(() => tag(many))).toEqual({
      code: 'LimitExceeded',
      message: 'The number of tags has reached the maximum limit.',
    })
  })

  test('has one rule for the case of tag keys: in one call, in two, and at its creation', async () => {
    const both = [
      { key: 'Team', value: 'blue' },
      { key: 'team', value: 'red' },
    ]
    await create('https://two.example.com', { tags: both })
    expect(await tagsOf('two.example.com')).toEqual(both)
    await tag(both)
    expect(await tagsOf('idp.example.com')).toEqual(both)
    for (const one of both) await tag([one])
    expect(await tagsOf('idp.example.com')).toEqual(both)
    expect((await refusal(() => tag([both[0]!, both[0]!]))).code).toBe('InvalidInput')
  })

  test('is deleted with its tags, once', async () => {
    await tagOpenIdConnectProvider(await root(), {
      openIdConnectProviderArn: ARN,
      tags: [{ key: 'team', value: 'red' }],
    })
    const forget = async () => deleteOpenIdConnectProvider(await root(), { openIdConnectProviderArn: ARN })
    expect(await forget()).toEqual({ openIdConnectProviderArn: ARN })
    expect(await services.db.oidcProviderTag.count()).toBe(0)
    expect(await refusal(forget)).toEqual({
      code: 'NoSuchEntity',
      message: `OpenId connect Provider ${ARN} cannot be found.`,
    })
  })

  test.each(['idp.example.com/', 'IDP.example.com', 'other.example.com'])(
    'is not found as %s, nor from another account',
    async (address) => {
      const other = await seedAccount(services, { accountId: '999999999999' })
      for (const attempt of [() => add('bot', arnOf(address)), () => add('bot', ARN, other)])
        expect((await refusal(attempt)).code).toBe('NoSuchEntity')
    },
  )

  test('is no provider when what is given is no ARN', async () => {
    expect(
      await refusal(async () =>
        addClientIdToOpenIdConnectProvider(await root(), {
          openIdConnectProviderArn: 'idp.example.com-is-no-arn',
          clientId: 'bot',
        }),
      ),
    ).toEqual({ code: 'ValidationError', message: 'Invalid ARN:  Could not be parsed!' })
  })
})
