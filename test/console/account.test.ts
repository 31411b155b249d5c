import { expect, test } from 'vitest'
import { accountPage } from './pages/account.ts'
import { newSigner, openSamlProvider } from '../support/saml-provider.ts'
import { issue } from '../support/issued-certificates.ts'
import { expectAccessible } from './support/accessible.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()

test('C7: the alias by which people sign in is made, replaced and deleted', async () => {
  const page = await portal.openAs('root', '/account')
  const account = accountPage(page)
  await page.getByText('No alias: people sign in by the account ID.').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create alias' }).click()
  await account.alias.fill('example-corp')
  await expectAccessible(page)
  await account.confirm('Save changes')
  await page.getByText('The alias of the account is example-corp.').waitFor()
  expect(await portal.asRoot('{ accountAliases }')).toEqual({ accountAliases: ['example-corp'] })
  await page.getByRole('button', { name: 'Delete alias' }).click()
  await page.getByText('Nobody can sign in by example-corp any more.').waitFor()
  await account.confirm('Delete alias')
  await page.getByText('The alias example-corp is deleted.').waitFor()
  expect(await portal.asRoot('{ accountAliases }')).toEqual({ accountAliases: [] })
})

test('the password policy is set as a whole: what is left empty falls back', async () => {
  const fields = `minimumPasswordLength requireUppercaseCharacters requireLowercaseCharacters requireNumbers requireSymbols
    allowUsersToChangePassword maxPasswordAge passwordReusePrevention hardExpiry`
  await portal.asRoot(
    'mutation { updateAccountPasswordPolicy(input: { minimumPasswordLength: 20, maxPasswordAge: 90, requireNumbers: true }) { __typename } }',
  )
  const page = await portal.openAs('root', '/account')
  const account = accountPage(page)
  await page.getByText('Passwords expire after 90 days').waitFor()
  await account.editPolicy.click()
  await page.getByText('what is left out or switched off here falls back to its default').waitFor()
  await expect.poll(async () => await account.field('minimumPasswordLength').inputValue()).toBe('20')
  await account.field('minimumPasswordLength').fill('5')
  await page.getByText('A whole number from 6 to 128').waitFor()
  await expectAccessible(page)
  await account.field('minimumPasswordLength').fill('')
  await account.field('maxPasswordAge').fill('')
  await account.field('passwordReusePrevention').fill('3')
  await page.getByRole('checkbox', { name: 'Require a symbol' }).check()
  await account.confirm('Save changes')
  await page.getByText('The password policy is saved.').waitFor()
  expect(await portal.asRoot(`{ passwordPolicy { ${fields} } }`)).toEqual({
    passwordPolicy: {
      minimumPasswordLength: 6,
      requireUppercaseCharacters: false,
      requireLowercaseCharacters: false,
      requireNumbers: true,
      requireSymbols: true,
      allowUsersToChangePassword: false,
      maxPasswordAge: null,
      passwordReusePrevention: 3,
      hardExpiry: false,
    },
  })
  await page.getByText('Not one of the last 3 passwords').waitFor()
  await page.getByRole('button', { name: 'Use the built-in rules' }).click()
  await account.confirm('Use the built-in rules')
  await page.getByText('8 to 128 characters').waitFor()
})

test('the page tells how much of each quota is used, what the root user has, and which providers vouch for people', async () => {
  await portal.createPerson({ name: 'alice' })
  await portal.asRoot(
    'mutation { createOpenIdConnectProvider(input: { url: "https://idp.example.com", clientIdList: ["portal"] }) { __typename } }',
  )
  const samlMetadataDocument = openSamlProvider({ signer: newSigner({ curve: 'P-256' }) }).metadata({
    validUntil: '2031-02-14T12:00:00Z',
  })
  await portal.asRoot(
    'mutation ($input: CreateSamlProviderInput!) { createSamlProvider(input: $input) { __typename } }',
    { input: { name: 'Staff-IdP', samlMetadataDocument } },
  )
  const page = await portal.openAs('root', '/account')
  await page.getByText('1 of 5000').waitFor()
  await page.getByText('No access keys').waitFor()
  await page.getByText('idp.example.com', { exact: true }).waitFor()
  await page.getByText('portal', { exact: true }).waitFor()
  const saml = page.getByRole('row').filter({ hasText: 'Staff-IdP' })
  await saml.getByText('Feb 14, 2031').waitFor()
  await expectAccessible(page)
})

test('a server certificate is uploaded with its key, shows until when it is good, and is deleted after its name was typed', async () => {
  const { certificate, key } = issue({ name: 'web.example.com', until: '20310214' })
  const page = await portal.openAs('root', '/account')
  await page.getByRole('heading', { name: 'Server certificates (0)' }).waitFor()
  await page.getByRole('button', { name: 'Upload: Server certificates' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('web')
  await dialog.getByRole('textbox', { name: 'Certificate', exact: true }).fill(certificate)
  await dialog.getByRole('textbox', { name: 'Private key' }).fill(issue({ name: 'other.example.com' }).key)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Upload', exact: true }).click()
  await dialog.getByText('The private key does not belong to the public key of the certificate.').waitFor()
  await dialog.getByRole('textbox', { name: 'Private key' }).fill(key)
  await dialog.getByRole('button', { name: 'Upload', exact: true }).click()
  await page.getByText('The server certificate web is uploaded.').waitFor()
  const row = page.getByRole('row').filter({ hasText: 'web' })
  await row.getByText('Feb 14, 2031').waitFor()
  await row.getByRole('button', { name: 'Delete web' }).click()
  const remove = dialog.getByRole('button', { name: 'Delete', exact: true })
  expect(await remove.isDisabled()).toBe(true)
  await dialog.getByRole('textbox').fill('web')
  await remove.click()
  await page.getByRole('heading', { name: 'Server certificates (0)' }).waitFor()
})

test('tokens for others are enabled, show their issuer, and are disabled', async () => {
  const page = await portal.openAs('root', '/account')
  await page.getByText('Not enabled.').waitFor()
  await page.getByRole('button', { name: 'Enable tokens' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Enable tokens' }).click()
  await page
    .getByText(/^http:\/\/127\.0\.0\.1:4000\/issuers\/[0-9a-f]{32}$/)
    .first()
    .waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Disable tokens' }).click()
  await dialog.getByRole('button', { name: 'Disable tokens' }).click()
  await page.getByText('Not enabled.').waitFor()
})

test('who may not see the settings learns which permissions are missing, without a denial in the audit trail', async () => {
  await portal.createPerson({ name: 'bob' })
  const page = await portal.openAs('bob', '/account')
  for (const action of [
    'ListAccountAliases',
    'GetAccountPasswordPolicy',
    'GetAccountSummary',
    'ListOpenIDConnectProviders',
    'ListSAMLProviders',
    'ListServerCertificates',
    'GetOutboundWebIdentityFederationInfo',
  ])
    await page.getByText(`You need permission for iam:${action}.`).filter({ visible: true }).first().waitFor()
  await expectAccessible(page)
  const { auditEvents } = await portal.asRoot(
    '{ auditEvents(first: 5, filter: { principalArn: "arn:aws:iam::123456789012:user/bob", result: DENIED }) { edges { node { action } } } }',
  )
  expect(auditEvents).toEqual({ edges: [] })
})
