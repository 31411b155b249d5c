import { expect, test } from 'vitest'
import { shell } from './pages/shell.ts'
import { expectAccessible } from './support/accessible.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()
const MAY_ASK_WHY = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'sts:DecodeAuthorizationMessage', Resource: '*' },
    {
      Sid: 'NotNow',
      Effect: 'Allow',
      Action: 'iam:GetUser',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    },
  ],
}

test('a denial leads to its explanation, statement by statement, for who may see it', async () => {
  await portal.createPerson({ name: 'alice', policies: { MAY_ASK_WHY } })
  const page = await portal.openAs('alice', '/security-credentials')
  await page.getByText('You do not have permission').waitFor()
  await page.getByRole('link', { name: 'Why was this denied?' }).click()
  await shell(page).isAt('Decision')
  await page.getByText('NotNow').waitFor()
  await page.getByText('Bool aws:SecureTransport: wanted true, was false').waitFor()
  await expectAccessible(page)
})

test('a denial does not offer its explanation to who may not see it', async () => {
  await portal.createPerson({ name: 'bob' })
  const page = await portal.openAs('bob', '/security-credentials')
  await page.getByText('iam:GetUser', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'bob' }).first().waitFor()
  expect(await page.getByRole('link', { name: 'Why was this denied?' }).count()).toBe(0)
})

test('a decision of which nothing is kept says so, and is no failure', async () => {
  const page = await portal.openAs('root', '/decisions/00000000-0000-4000-8000-000000000000')
  await page.getByText('Nothing is kept of this decision').waitFor()
  await expectAccessible(page)
})
