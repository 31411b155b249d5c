import { beforeAll, expect, test } from 'vitest'
import { ACCOUNT_ID, ROOT_PASSWORD } from '../http/serve-application.ts'
import { createAccessKeyPage } from './pages/create-access-key.ts'
import { shell } from './pages/shell.ts'
import { signInPage } from './pages/sign-in.ts'
import { CREATE_OWN_KEYS } from './policies.ts'
import { expectAccessible } from './support/accessible.ts'
import { PASSWORD, usePortal } from './support/portal.ts'

const portal = usePortal()
const INCORRECT = 'Your authentication information is incorrect. Please try again.'

beforeAll(() => portal.createPerson({ name: 'alice', policies: { CREATE_OWN_KEYS } }))

test('C7: a user signs in with the account id, a user name and a password', async () => {
  const page = await portal.open('/')
  const form = signInPage(page)
  await form.account.waitFor()
  await expectAccessible(page)
  await form.chooseAccount(ACCOUNT_ID)
  await form.password.waitFor()
  expect(new URL(page.url()).pathname).toBe(`/sign-in/${ACCOUNT_ID}`)
  await expectAccessible(page)
  await form.signIn('alice', PASSWORD)
  await shell(page).isAt('Dashboard')
  await expectAccessible(page)
})

test('C7: an alias does as well as the account id', async () => {
  await portal.asRoot('mutation { createAccountAlias(input: { accountAlias: "example-corp" }) { __typename } }')
  const page = await portal.open('/sign-in/example-corp')
  await signInPage(page).signIn('alice', PASSWORD)
  await shell(page).isAt('Dashboard')
})

test('C8: the page remembers account and user, and never the password; another account is one click away', async () => {
  const page = await portal.open(`/sign-in/${ACCOUNT_ID}`)
  const form = signInPage(page)
  await form.signIn('alice', PASSWORD)
  await shell(page).isAt('Dashboard')
  await shell(page).openMenu('alice')
  await shell(page).item('Sign out').click()
  await form.password.waitFor()
  await expect
    .poll(() => Promise.all([form.account, form.userName, form.password].map((field) => field.inputValue())))
    .toEqual([ACCOUNT_ID, 'alice', ''])
  expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain(PASSWORD)
  await form.otherAccount.click()
  await form.chooseAccount('another-account')
  await form.password.waitFor()
  expect(new URL(page.url()).pathname).toBe('/sign-in/another-account')
  await expect
    .poll(() => Promise.all([form.account, form.userName].map((field) => field.inputValue())))
    .toEqual(['another-account', ''])
})

test('C7: a wrong account, user or password are one text', async () => {
  for (const [account, userName, password] of [
    ['999999999999', 'alice', PASSWORD],
    [ACCOUNT_ID, 'nobody', PASSWORD],
    [ACCOUNT_ID, 'alice', 'wrong'],
  ] as const) {
    const page = await portal.open(`/sign-in/${account}`)
    const form = signInPage(page)
    await form.signIn(userName, password)
    await page.getByText(INCORRECT).waitFor()
    await expect.poll(async () => await form.password.inputValue()).toBe('')
  }
})

test('signing in leads to the page that was asked for', async () => {
  const page = await portal.open('/security-credentials')
  const form = signInPage(page)
  await form.chooseRoot('root@example.com', ROOT_PASSWORD)
  await shell(page).isAt('My security credentials')
})

test('C39: the root user signs in by e-mail address, and is asked to do so seldom', async () => {
  const page = await portal.open('/')
  await page.getByText('Only for the few tasks that need it').waitFor()
  await signInPage(page).chooseRoot('root@example.com', ROOT_PASSWORD)
  await shell(page).isAt('Dashboard')
  await shell(page).openMenu('Root user')
})

test('who has an MFA device is asked for a code after the password, and a wrong code lets nobody in', async () => {
  await portal.createPerson({ name: 'bob' })
  const device = await portal.enableMfa('bob')
  const page = await portal.open(`/sign-in/${ACCOUNT_ID}`)
  const form = signInPage(page)
  await form.signIn('bob', PASSWORD)
  await form.mfaCode.waitFor()
  await expectAccessible(page)
  await form.enterCode('000000')
  await page.getByText(INCORRECT).waitFor()
  await form.enterCode(device.code())
  await shell(page).isAt('Dashboard')
  await shell(page).openMenu('bob')
  await page.getByText('Signed in with MFA').filter({ visible: true }).first().waitFor()
})

test('who must change the password can do nothing else before', async () => {
  await portal.createPerson({ name: 'carol', passwordResetRequired: true })
  const page = await portal.open(`/sign-in/${ACCOUNT_ID}`)
  const form = signInPage(page)
  await form.signIn('carol', PASSWORD)
  await shell(page).isAt('Change your password')
  await expectAccessible(page)
  await page.goto('/security-credentials')
  await shell(page).isAt('Change your password')
  await form.changePassword(PASSWORD, 'Another-password-2', 'Another-password-3')
  await page.getByText('The two passwords are not the same.').waitFor()
  await form.changePassword('wrong', 'Another-password-2')
  await page.getByText('The old password is not right.').waitFor()
  await form.changePassword(PASSWORD, 'Another-password-2')
  await shell(page).isAt('My security credentials')
})

test('when the session ends, signing in again goes on with what was typed', async () => {
  const page = await portal.openAs('alice', '/security-credentials/create-access-key')
  const wizard = createAccessKeyPage(page)
  await wizard.useCase('Other').check()
  await wizard.next.click()
  await wizard.description.fill('typed before')
  // What is still asked for would be told of the end first.
  await page.waitForLoadState('networkidle')
  portal.served.clock.advance(13 * 3600_000)
  await wizard.create.click()
  await page.getByText('Your session has ended.').waitFor()
  await expectAccessible(page)
  await signInPage(page).password.fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await wizard.description.waitFor()
  await expect.poll(async () => await wizard.description.inputValue()).toBe('typed before')
  await wizard.create.click()
  await shell(page).isAt('Retrieve access key')
})

test('signing out everywhere ends the sessions of other browsers, too', async () => {
  const [here, there] = [await portal.openAs('alice', '/'), await portal.openAs('alice', '/')]
  await shell(there).isAt('Dashboard')
  await shell(here).openMenu('alice')
  await shell(here).item('Sign out everywhere').click()
  await signInPage(here).heading.waitFor()
  await there.reload()
  await signInPage(there).account.waitFor()
})

test('a person signs in with the keyboard alone', async () => {
  const page = await portal.open(`/sign-in/${ACCOUNT_ID}`)
  await signInPage(page).userName.waitFor()
  await page.keyboard.type('alice')
  await page.keyboard.press('Tab')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await shell(page).isAt('Dashboard')
})

test('every page before and after signing in is accessible in Korean, in the dark, on a small screen', async () => {
  const page = await portal.open(`/sign-in/${ACCOUNT_ID}`, {
    locale: 'ko-KR',
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
  })
  const form = signInPage(page)
  await shell(page).isAt('IAM 사용자 로그인')
  await expect.poll(async () => await page.evaluate(() => document.documentElement.lang)).toBe('ko')
  await expectAccessible(page)
  await form.userName.fill('alice')
  await form.password.fill(PASSWORD)
  await page.keyboard.press('Enter')
  await shell(page).isAt('대시보드')
  await expectAccessible(page)
  await page.goto('/security-credentials')
  await shell(page).isAt('내 보안 자격 증명')
  await page.getByRole('button', { name: '액세스 키 만들기' }).waitFor()
  await expectAccessible(page)
})

test('language and theme are chosen in the menu, and stay', async () => {
  const page = await portal.openAs('alice', '/')
  await shell(page).openMenu('alice')
  await page.getByRole('menuitemcheckbox', { name: '한국어' }).click()
  await shell(page).isAt('대시보드')
  await shell(page).openMenu('alice')
  await page.getByRole('menuitemcheckbox', { name: '어둡게' }).click()
  await page.reload()
  await shell(page).isAt('대시보드')
  await expect
    .poll(async () => await page.evaluate(() => document.body.classList.contains('awsui-dark-mode')))
    .toBe(true)
})

test('the sign-in page loads less than 150 kB, in at most 25 files', async () => {
  const page = await portal.open('about:blank', { apart: true })
  const sizes: number[] = []
  page.on('requestfinished', (request) => void request.sizes().then((all) => sizes.push(all.responseBodySize)))
  await page.goto(portal.url, { waitUntil: 'networkidle' })
  await signInPage(page).account.waitFor()
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(150_000)
  expect(sizes.length).toBeLessThanOrEqual(25)
})
