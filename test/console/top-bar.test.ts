import { EventEmitter, once } from 'node:events'
import { expect, test } from 'vitest'
import { shell } from './pages/shell.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()

test('the menu stays open when the alias of the account arrives late', async () => {
  await portal.asRoot('mutation { createAccountAlias(input: { accountAlias: "example-corp" }) { __typename } }')
  const page = await portal.openAs('root', '/security-credentials')
  const network = new EventEmitter()
  const late = once(network, 'late')
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('query AccountAlias') === true) await late
    await route.continue()
  })
  await page.reload()
  const asked = page.waitForRequest((request) => request.postData()?.includes('query AccountAlias') === true)
  await shell(page).isAt('My security credentials')
  await asked
  await page.getByRole('banner').getByRole('button', { name: 'Root user' }).click()
  await shell(page).item('Sign out').waitFor()
  network.emit('late')
  await page.getByText('example-corp').filter({ visible: true }).first().waitFor()
  await shell(page).item('Sign out').waitFor()
  expect(await page.getByRole('menuitem').count()).toBeGreaterThan(3)
})
