import { expect, test } from 'vitest'
import { ACCOUNT_ID } from '../http/serve-application.ts'
import { signInPage } from './pages/sign-in.ts'
import { expectAccessible } from './support/accessible.ts'
import { PASSWORD, usePortal } from './support/portal.ts'

const portal = usePortal()

test('C7: a user signs in with the account id, a user name and a password', async () => {
  await portal.createPerson({ name: 'alice' })
  const page = await portal.open('/')
  const form = signInPage(page)
  await expectAccessible(page)
  await form.chooseAccount(ACCOUNT_ID)
  expect(new URL(page.url()).pathname).toBe(`/sign-in/${ACCOUNT_ID}`)
  await expectAccessible(page)
  await form.signIn('alice', PASSWORD)
  await page.getByRole('heading', { name: 'Dashboard' }).waitFor()
  await page.getByRole('button', { name: /alice/ }).waitFor()
  await expectAccessible(page)
})
