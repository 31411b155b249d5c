import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createAccessKeyPage } from './pages/create-access-key.ts'
import { identitiesPage, type TypedIdentity } from './pages/identities.ts'
import { shell } from './pages/shell.ts'
import { signInPage } from './pages/sign-in.ts'
import { CREATE_OWN_KEYS } from './policies.ts'
import { expectAccessible } from './support/accessible.ts'
import { PASSWORD, usePortal } from './support/portal.ts'
import type { WindowOptions } from './support/windows.ts'

const portal = usePortal()
const ADDRESS = '/sign-in/~access-keys'
const PIN = '246810'

const madeKey = z.object({
  createAccessKey: z.object({ accessKey: z.object({ accessKeyId: z.string() }), secretAccessKey: z.string() }),
})

/** A user for the device alone: a key, no password. */
async function keyUser(name: string): Promise<TypedIdentity> {
  const made = await portal.asRoot(
    `mutation ($user: CreateUserInput!, $policy: PutUserPolicyInput!, $key: CreateAccessKeyInput!) {
      createUser(input: $user) { __typename }
      putUserPolicy(input: $policy) { __typename }
      createAccessKey(input: $key) { accessKey { accessKeyId } secretAccessKey }
    }`,
    {
      user: { userName: name },
      policy: { userName: name, policyName: 'own-keys', policyDocument: JSON.stringify(CREATE_OWN_KEYS) },
      key: { userName: name },
    },
  )
  const { accessKey, secretAccessKey } = madeKey.parse(made).createAccessKey
  return { accessKeyId: accessKey.accessKeyId, secretAccessKey, name: `${name} on this laptop`, pin: PIN }
}

/** A browser that has signed in with a new identity. */
async function added(identity: TypedIdentity, options: WindowOptions = {}): Promise<Page> {
  const page = await portal.open(ADDRESS, options)
  const identities = identitiesPage(page)
  await identities.add('Add an identity')
  await identities.enter(identity)
  await identities.verify.click()
  await shell(page).isAt('Dashboard')
  return page
}

async function signOut(page: Page, userName: string): Promise<void> {
  await shell(page).openMenu(userName)
  await shell(page).item('Sign out').click()
  await signInPage(page).account.waitFor()
}

async function setStatus({ accessKeyId }: TypedIdentity, userName: string, status: 'ACTIVE' | 'INACTIVE') {
  await portal.asRoot('mutation ($input: UpdateAccessKeyInput!) { updateAccessKey(input: $input) { __typename } }', {
    input: { userName, accessKeyId, status },
  })
}

/** All that a page could have left behind, as text. */
async function everythingKept(page: Page): Promise<string> {
  const inPage: string = await page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name)
    const cached = await Promise.all(
      (await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
    )
    const inputs = [...document.querySelectorAll('input')].map(({ value }) => value)
    const { href } = location
    const html = document.documentElement.outerHTML
    return JSON.stringify([localStorage, sessionStorage, databases, cached, inputs, href, history.state, html, name])
  })
  return `${inPage} ${JSON.stringify(await page.context().storageState({ indexedDB: true }))}`
}

test('C46: an access key is added as an identity, and from then on the PIN signs in', async () => {
  const ann = await keyUser('ann')
  const page = await portal.open('/')
  const identities = identitiesPage(page)
  await identities.link.click()
  await shell(page).isAt('Sign in with access keys')
  await page.getByText('No identity on this device').waitFor()
  await expectAccessible(page)
  await identities.add('Add an identity')
  await page.getByText('Never use access keys of the root user.').waitFor()
  await expectAccessible(page)
  await identities.enter(ann)
  await identities.verify.click()
  await shell(page).isAt('Dashboard')
  await signOut(page, 'ann')
  await page.getByRole('link', { name: 'Sign in as ann on this laptop' }).click()
  await identities.field('pin').waitFor()
  await expectAccessible(page)
  await identities.enterPin(PIN)
  await shell(page).isAt('Dashboard')
  await shell(page).openMenu('ann')
})

test('C46: the secret is nowhere in readable form, neither while it is used nor afterwards', async () => {
  const bea = await keyUser('bea')
  const sent: string[] = []
  const page = await portal.open(ADDRESS)
  page.on('request', (request) =>
    sent.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData()}`),
  )
  const identities = identitiesPage(page)
  await identities.add('Add an identity')
  await identities.enter(bea)
  await identities.verify.click()
  await shell(page).isAt('Dashboard')
  const bytes = Buffer.from(bea.secretAccessKey, 'base64')
  const forms = [bea.secretAccessKey, Buffer.from(bea.secretAccessKey).toString('base64'), bytes.toString('hex')]
  const expectNowhere = async () => {
    const kept = await everythingKept(page)
    expect(kept).toContain(bea.accessKeyId)
    for (const form of [...forms, PIN]) {
      expect(kept).not.toContain(form)
      expect(sent.join('\n')).not.toContain(form)
    }
  }
  await expectNowhere()
  await signOut(page, 'bea')
  await page.getByRole('link', { name: `Sign in as ${bea.name}` }).click()
  await identities.enterPin(PIN)
  await shell(page).isAt('Dashboard')
  await expectNowhere()
  await page.goBack()
  await page.goForward()
  await shell(page).isAt('Dashboard')
  await expectNowhere()
})

test('C46: a wrong PIN is refused by the server, and signs nobody in', async () => {
  const cat = await keyUser('cat')
  const page = await added(cat)
  await signOut(page, 'cat')
  await page.goto(`${ADDRESS}/${cat.accessKeyId}`)
  const identities = identitiesPage(page)
  const asked = page.waitForResponse(
    (response) => response.request().postData()?.includes('signInWithAccessKey') ?? false,
  )
  await identities.enterPin('246811')
  expect((await asked).status()).toBe(403)
  await page.getByText('The PIN is not right.').waitFor()
  await expect.poll(async () => await identities.field('pin').inputValue()).toBe('')
  await expectAccessible(page)
  await identities.enterPin(PIN)
  await shell(page).isAt('Dashboard')
})

test('C46: a device has several identities; switching signs the one out and the other in', async () => {
  const [dan, eve] = [await keyUser('dan'), await keyUser('eve')]
  const page = await added(dan)
  const identities = identitiesPage(page)
  const [first] = await page.context().cookies()
  await shell(page).openMenu('dan')
  await shell(page).item('Switch identity').click()
  await shell(page).isAt('Switch identity')
  await identities.entry(dan.name).getByText('Signed in').waitFor()
  await expectAccessible(page)
  await identities.add('Sign in as a different identity')
  await expectAccessible(page)
  await identities.enter(eve)
  await identities.verify.click()
  await shell(page).isAt('Dashboard')
  await shell(page).openMenu('eve')
  await shell(page).item('Switch identity').click()
  await identities.choose(dan.name)
  await expectAccessible(page)
  await identities.enterPin(PIN)
  await shell(page).isAt('Dashboard')
  await shell(page).openMenu('dan')
  const old = await fetch(`${portal.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      cookie: `latchkey-session-4000=${first?.value}`,
    },
    body: '{"query":"{ viewer { arn } }"}',
  })
  expect(await old.json()).toMatchObject({ errors: [{ extensions: { code: 'MissingAuthenticationToken' } }] })
})

test('C46: a switch that fails leaves everybody signed in as before', async () => {
  const [fay, gus] = [await keyUser('fay'), await keyUser('gus')]
  const page = await added(fay)
  const identities = identitiesPage(page)
  await shell(page).openMenu('fay')
  await shell(page).item('Switch identity').click()
  await identities.add('Sign in as a different identity')
  await identities.enter({ ...gus, secretAccessKey: fay.secretAccessKey })
  await identities.verify.click()
  await page.getByText('The secret access key is not that of this access key ID.').waitFor()
  await page.reload()
  await shell(page).openMenu('fay')
})

test('C46: an administrator who deactivates the key of a lost device ends its session, and its PIN is good for nothing', async () => {
  const hal = await keyUser('hal')
  const page = await added(hal)
  const identities = identitiesPage(page)
  await page.goto('/security-credentials/create-access-key')
  const wizard = createAccessKeyPage(page)
  await wizard.useCase('Other').check()
  await wizard.next.click()
  await wizard.description.fill('typed before')
  await setStatus(hal, 'hal', 'INACTIVE')
  await wizard.create.click()
  await page.getByText('Your session has ended.').waitFor()
  await shell(page).isAt(`Sign in as ${hal.name}`)
  await expectAccessible(page)
  await identities.enterPin(PIN)
  await page.getByText('The access key is inactive, or there is no such key any more.').waitFor()
  await expectAccessible(page)
  // A mistake can be mended: what was typed is still there.
  await setStatus(hal, 'hal', 'ACTIVE')
  await identities.enterPin(PIN)
  await wizard.description.waitFor()
  await expect.poll(async () => await wizard.description.inputValue()).toBe('typed before')
})

test('C46: keys of the root user are refused, and nothing of them is kept', async () => {
  const { createAccessKey } = madeKey.parse(
    await portal.asRoot('mutation { createAccessKey(input: {}) { accessKey { accessKeyId } secretAccessKey } }'),
  )
  const { accessKeyId } = createAccessKey.accessKey
  const page = await portal.open(`${ADDRESS}/add`)
  const identities = identitiesPage(page)
  await identities.enter({ accessKeyId, secretAccessKey: createAccessKey.secretAccessKey, name: 'root', pin: PIN })
  await identities.verify.click()
  await page.getByText('This is an access key of the root user').waitFor()
  await expectAccessible(page)
  await expect.poll(async () => await page.evaluate(() => localStorage.getItem('latchkey.identities'))).toBeNull()
  // What was typed stays, but for the PIN.
  const typed = ['accessKeyId', 'secretAccessKey', 'identityName', 'pin', 'confirmPin'].map((name) =>
    identities.field(name).inputValue(),
  )
  expect(await Promise.all(typed)).toEqual([accessKeyId, createAccessKey.secretAccessKey, 'root', '', ''])
})

test('C46: what cannot be a key or a PIN is told at its field, before anything is sent', async () => {
  const page = await portal.open(`${ADDRESS}/add`)
  let sent = 0
  page.on('request', (request) => (sent += request.postData()?.includes('signInWithAccessKey') ? 1 : 0))
  const identities = identitiesPage(page)
  await identities.verify.click()
  await expect.poll(async () => await identities.form.getByText('Required.').count()).toBe(5)
  await expectAccessible(page)
  const secretAccessKey = 'x'.repeat(40)
  const told: readonly (readonly [Partial<TypedIdentity>, string])[] = [
    [{ accessKeyId: 'short' }, 'An access key ID is 16 to 128 letters and digits.'],
    [{ accessKeyId: 'ASIAABCDEFGHIJKLMNOP' }, 'This is the ID of temporary credentials.'],
    [{ secretAccessKey: `${secretAccessKey}x` }, 'This is no secret access key'],
    [{ pin: '12345' }, 'The PIN has at least 6 characters.'],
    [{ confirmPin: '246811' }, 'The two PINs are not the same.'],
  ]
  for (const [wrong, text] of told) {
    await identities.enter({ accessKeyId: 'AKIAABCDEFGHIJKLMNOP', secretAccessKey, name: 'x', pin: PIN, ...wrong })
    await identities.form.getByText(text).waitFor()
  }
  await identities.verify.click()
  expect(sent).toBe(0)
})

test('C46: removing an identity forgets it here, and says that the key stays what it is', async () => {
  const ida = await keyUser('ida')
  const page = await added(ida)
  await signOut(page, 'ida')
  await page.goto(ADDRESS)
  const identities = identitiesPage(page)
  await identities.remove(ida.name)
  const dialog = page.getByRole('dialog')
  await dialog.getByText('The key itself stays valid until it is deactivated or deleted in the account.').waitFor()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await identities.remove(ida.name)
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('No identity on this device').waitFor()
  await expect.poll(async () => await page.evaluate(() => localStorage.getItem('latchkey.identities'))).toBeNull()
  await page.goto(`${ADDRESS}/${ida.accessKeyId}`)
  await page.getByText('No identity on this device').waitFor()
})

test('C46: a wrong clock, a server that is gone and a page without encryption are told apart', async () => {
  const joe = await keyUser('joe')
  const page = await added(joe, { apart: true })
  await signOut(page, 'joe')
  const identities = identitiesPage(page)
  await page.goto(`${ADDRESS}/${joe.accessKeyId}`)
  for (const minutes of [-16, 16]) {
    await page.clock.setFixedTime(portal.served.clock().getTime() + minutes * 60_000)
    await identities.enterPin(PIN)
    await page.getByText('The clock of this device is wrong').waitFor()
    await page.reload()
  }
  await page.clock.setFixedTime(portal.served.clock())
  // Not before the page has its answers: without them it would wait for the server.
  await identities.field('pin').waitFor()
  await page.route('**/graphql', (route) => route.abort())
  await identities.enterPin(PIN)
  await page.getByText('The server does not answer.').waitFor()
  await page.unroute('**/graphql')
  await page.addInitScript('Object.defineProperty(window, "isSecureContext", { value: false })')
  await page.reload()
  await page.getByText('Only over a secure connection').waitFor()
  await expectAccessible(page)
})

test('C46: who is signed in with a password switches to a key, and back', async () => {
  const kim = await keyUser('kim')
  await portal.createPerson({ name: 'lea' })
  const page = await portal.openAs('lea', '/identities')
  const identities = identitiesPage(page)
  await identities.add('Sign in as a different identity')
  await identities.enter(kim)
  await page.keyboard.press('Enter')
  await shell(page).isAt('Dashboard')
  await shell(page).openMenu('kim')
  await shell(page).item('Switch identity').click()
  await page.getByRole('button', { name: 'Sign in as a different identity' }).click()
  await page.getByRole('menuitem', { name: 'User name and password' }).click()
  await signInPage(page).account.waitFor()
  expect(await page.context().cookies()).toEqual([])
  await signInPage(page).chooseAccount('123456789012')
  await signInPage(page).signIn('lea', PASSWORD)
  await shell(page).openMenu('lea')
})

test('C46: by keyboard alone, in Korean, in the dark, on a small screen', async () => {
  const mia = await keyUser('mia')
  const page = await portal.open(`${ADDRESS}/add`, {
    locale: 'ko-KR',
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
  })
  await shell(page).isAt('액세스 키로 자격 증명 추가')
  await expectAccessible(page)
  for (const text of [mia.accessKeyId, mia.secretAccessKey, '내 휴대폰', PIN, PIN]) {
    await page.keyboard.type(text)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await shell(page).isAt('대시보드')
  await page.goto('/identities')
  await shell(page).isAt('자격 증명 전환')
  await expectAccessible(page)
  await expect.poll(async () => await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
})
