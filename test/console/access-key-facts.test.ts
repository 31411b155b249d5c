import { expect, test } from 'vitest'
import { z } from 'zod'
import { accessKeys } from './pages/access-keys.ts'
import { createAccessKeyPage } from './pages/create-access-key.ts'
import { shell } from './pages/shell.ts'
import { usersPage } from './pages/users.ts'
import { CREATE_OWN_KEYS, MANAGE_OWN_KEYS } from './policies.ts'
import { expectAccessible } from './support/accessible.ts'
import { recordAnswers } from './support/forgotten.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()
const HOME = '/security-credentials'
const CREATE = '/security-credentials/create-access-key'
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] }
/** What makes new credentials, and the only answers with a secret. */
const MAKERS = {
  CreateAccessKeyPayload: ['createAccessKey'],
  CredentialsPayload: [
    'assumeRole',
    'assumeRoleWithSaml',
    'assumeRoleWithWebIdentity',
    'getFederationToken',
    'getSessionToken',
  ],
}

test('C2: the page says that a key has two parts, of which both are needed, and that two keys are the most; so it is', async () => {
  await portal.createPerson({ name: 'ada', policies: { CREATE_OWN_KEYS } })
  const page = await portal.openAs('ada', CREATE)
  const wizard = createAccessKeyPage(page)
  await wizard.fact('What it is', 'neither is of use without the other').waitFor()
  await wizard.fact('What it is', 'at most two').waitFor()
  await expectAccessible(page)
  await wizard.makeKey()
  await wizard.show.click()
  const first = { accessKeyId: await wizard.keyId(), secretAccessKey: await wizard.secret() }
  await wizard.done.click()
  const second = await portal.createKey('ada')
  expect(await portal.callerOf(first.accessKeyId, first.secretAccessKey)).toMatch(/:user\/ada$/)
  for (const wrong of [
    { ...first, secretAccessKey: second.secretAccessKey },
    { ...second, secretAccessKey: first.secretAccessKey },
    { ...first, secretAccessKey: 'nothing' },
  ])
    expect(await portal.callerOf(wrong.accessKeyId, wrong.secretAccessKey)).toBe('SignatureDoesNotMatch')
  expect(await portal.callerOf('AKIAQEAQCAIBAEAQCAIB', first.secretAccessKey)).toBe('InvalidClientTokenId')
  await accessKeys(page).refresh.click()
  await accessKeys(page).has(second.accessKeyId, 'Active')
  await expect.poll(async () => await accessKeys(page).create.isDisabled()).toBe(true)
  await expect(portal.createKey('ada')).rejects.toThrow('LimitExceeded')
})

test('C3: the page says that a lost secret cannot be recovered, and neither the page nor the API has a way to', async () => {
  await portal.createPerson({ name: 'bea', policies: { MANAGE_OWN_KEYS } })
  const { accessKeyId, secretAccessKey } = await portal.createKey('bea')
  const page = await portal.openAs('bea', CREATE)
  const answers = recordAnswers(page)
  await createAccessKeyPage(page).fact('What it is', 'Nobody can recover it, not even an administrator').waitFor()
  await page.goto(HOME)
  const keys = accessKeys(page)
  await keys.has(accessKeyId, 'Active')
  await keys.openActions(accessKeyId)
  await expect
    .poll(async () => await page.getByRole('menuitem').allInnerTexts())
    .toEqual(['Deactivate', 'Edit description', 'Delete'])
  await page.keyboard.press('Escape')
  await keys.choose(accessKeyId, 'Edit description')
  await keys.confirm('Save')
  await page.waitForLoadState('networkidle')
  expect(JSON.stringify([answers, await page.content()])).not.toContain(secretAccessKey)

  const { types } = z
    .object({
      types: z.array(
        z.object({
          name: z.string(),
          fields: z.array(z.object({ name: z.string(), type: z.object({ name: z.string().nullable() }) })).nullable(),
        }),
      ),
    })
    .parse((await portal.asRoot('{ __schema { types { name fields { name type { name } } } } }')).__schema)
  const withSecret = types.filter(({ fields }) => fields?.some(({ name }) => /secretAccessKey/i.test(name)))
  expect(withSecret.map(({ name }) => name).toSorted()).toEqual(Object.keys(MAKERS))
  for (const [type, makers] of Object.entries(MAKERS)) {
    const ways = types.flatMap(({ fields }) => fields ?? []).filter((field) => field.type.name === type)
    expect(ways.map(({ name }) => name).toSorted()).toEqual(makers)
  }
})

test('C40: the page tells long-term keys, valid until revoked, from temporary credentials, which end by themselves', async () => {
  await portal.createPerson({ name: 'cleo', policies: { CREATE_OWN_KEYS } })
  const page = await portal.openAs('cleo', CREATE)
  const { fact } = createAccessKeyPage(page)
  await fact('How long it lasts', 'it stays valid until somebody deactivates or deletes it').waitFor()
  await fact('How long it lasts', 'a session token and an expiry: they end by themselves').waitFor()
  const { accessKeyId, secretAccessKey } = await portal.createKey('cleo')
  portal.served.clock.advance(400 * 24 * 3600_000)
  expect(await portal.callerOf(accessKeyId, secretAccessKey)).toMatch(/:user\/cleo$/)
})

test('C41: the page names the alternatives: compute role, cross-account role, web identity, SAML 2.0, custom broker', async () => {
  await portal.createPerson({ name: 'dina', policies: { CREATE_OWN_KEYS } })
  const page = await portal.openAs('dina', CREATE)
  const { fact } = createAccessKeyPage(page)
  for (const alternative of [
    'Amazon EC2: a role for the machine',
    'a role for cross-account access',
    'a web identity broker',
    'SAML 2.0: federation',
    'a custom broker',
  ])
    await fact('What to use instead', alternative).waitFor()
})

test('C43: the page with the secret says to keep it out of code: credentials file or environment of the own user', async () => {
  await portal.createPerson({ name: 'edda', policies: { CREATE_OWN_KEYS } })
  const page = await portal.openAs('edda', CREATE)
  await createAccessKeyPage(page).makeKey()
  for (const practice of [
    'Never keep a key in plain text, in code or in a code repository.',
    'the credentials file of your user (~/.aws/credentials) or in the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    'for your user only, not for the whole system',
  ])
    await page.getByRole('listitem').filter({ hasText: practice }).waitFor()
})

test('what to know before a key is made fits a small screen, in Korean, in the dark', async () => {
  await portal.createPerson({ name: 'suji', policies: { CREATE_OWN_KEYS } })
  const small = { locale: 'ko-KR', colorScheme: 'dark' as const, viewport: { width: 390, height: 844 } }
  const page = await portal.openAs('suji', CREATE, small)
  await page.getByRole('heading', { name: '액세스 키를 만들기 전에' }).waitFor()
  await expectAccessible(page)
  await expect
    .poll(async () => await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
    .toBe(true)
})

test('C25: copying an id from the table of users puts exactly that on the clipboard', async () => {
  await portal.createPerson({ name: 'finn', policies: { MANAGE_OWN_KEYS } })
  const { accessKeyId } = await portal.createKey('finn')
  const page = await portal.openAs('root', '/users?search=finn', CLIPBOARD)
  const users = usersPage(page)
  await users.show('Access key ID')
  await users.row('finn').getByRole('button', { name: accessKeyId }).click()
  await page.getByText('Copied').first().waitFor()
  await expect.poll(async () => await page.evaluate(() => navigator.clipboard.readText())).toBe(accessKeyId)
})

test('C25: copying an id beside the key puts exactly that on the clipboard, and a new secret can be copied while it is masked', async () => {
  await portal.createPerson({ name: 'gert', policies: { MANAGE_OWN_KEYS } })
  const { accessKeyId } = await portal.createKey('gert')
  const page = await portal.openAs('gert', HOME, CLIPBOARD)
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  await accessKeys(page)
    .card(accessKeyId)
    .getByRole('button', { name: `Copy ${accessKeyId}` })
    .click()
  await page.getByText('Copied').first().waitFor()
  await expect.poll(async () => await clipboard()).toBe(accessKeyId)
  await accessKeys(page).create.click()
  const wizard = createAccessKeyPage(page)
  await wizard.makeKey()
  await page.getByRole('button', { name: 'Copy: Secret access key' }).click()
  await page.getByText('Copied').first().waitFor()
  await wizard.show.click()
  await expect.poll(async () => await clipboard()).toBe(await wizard.secret())
  await wizard.done.click()
  await shell(page).isAt('My security credentials')
})
