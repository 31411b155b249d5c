import { expect, test } from 'vitest'
import { shell } from './pages/shell.ts'
import { userPage, usersPage } from './pages/users.ts'
import { anywhere } from './policies.ts'
import { expectAccessible } from './support/accessible.ts'
import { PASSWORD, usePortal } from './support/portal.ts'

const portal = usePortal()

test('a user is made with path, tags, password, group and policy; the generated password is shown once and works', async () => {
  await portal.asRoot('mutation { createGroup(input: { groupName: "makers" }) { __typename } }')
  await portal.asRoot('mutation ($input: CreatePolicyInput!) { createPolicy(input: $input) { __typename } }', {
    input: { policyName: 'Make', policyDocument: JSON.stringify(anywhere('iam:GetUser')) },
  })
  const page = await portal.openAs('root', '/users')
  await usersPage(page).create.click()
  await shell(page).isAt('Create user')
  await page.locator('input[name="userName"]').fill('tara')
  await page.locator('input[name="path"]').fill('/makers/')
  await page.getByRole('checkbox', { name: 'The user may sign in' }).check()
  await page.getByRole('checkbox', { name: 'must choose a new password' }).uncheck()
  await userPage(page).choose('Groups', 'makers')
  await userPage(page).choose('Policies', 'Make')
  await page.getByRole('button', { name: 'Add new tag' }).click()
  await userPage(page).tag('Team', 'Makers')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create user' }).click()
  await shell(page).isAt('Retrieve password')
  await page.getByRole('button', { name: 'Show' }).click()
  const password = (await page.locator('[data-password]').textContent()) ?? ''
  expect(password).toMatch(/^\S{24}$/)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Done' }).click()
  await shell(page).isAt('tara')
  await expect.poll(async () => await page.content()).not.toContain(password)
  const { user } = await portal.asRoot(
    '{ user(name: "tara") { path tags { key value } groups { edges { node { name } } } attachedPolicies { edges { node { policyName } } } } }',
  )
  expect(user).toEqual({
    path: '/makers/',
    tags: [{ key: 'Team', value: 'Makers' }],
    groups: { edges: [{ node: { name: 'makers' } }] },
    attachedPolicies: { edges: [{ node: { policyName: 'Make' } }] },
  })
  const signedIn = await portal.asRoot('mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }', {
    input: { account: '123456789012', userName: 'tara', password },
  })
  expect(signedIn.signIn).toMatchObject({ accessToken: expect.any(String) })
})

test('a user whose password is refused exists already; what was done is said, and trying again goes on there', async () => {
  const page = await portal.openAs('root', '/users/~create')
  await page.locator('input[name="userName"]').fill('uwe')
  await page.getByRole('checkbox', { name: 'The user may sign in' }).check()
  await page.getByRole('radio', { name: 'Type a password' }).check()
  await page.locator('input[type="password"]').fill('short')
  await page.getByRole('button', { name: 'Create user' }).click()
  await page.getByText('What is ticked is done').waitFor()
  await page.locator('[data-step-state="done"]').getByText('Create user uwe').waitFor()
  await page.locator('[data-step-state="failed"]').getByText('Set the console password').waitFor()
  await expectAccessible(page)
  await page.locator('input[type="password"]').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create user' }).click()
  await shell(page).isAt('uwe')
})

test('who may only create users below one path is let into the form, which judges the path that is typed', async () => {
  const DEV = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'iam:CreateUser', Resource: 'arn:aws:iam::*:user/dev/*' },
      { Effect: 'Allow', Action: ['iam:ListUsers', 'iam:GetUser'], Resource: '*' },
    ],
  }
  await portal.createPerson({ name: 'dora', policies: { DEV } })
  const page = await portal.openAs('dora', '/users')
  await usersPage(page).create.click()
  await shell(page).isAt('Create user')
  const create = page.getByRole('button', { name: 'Create user' })
  await page.locator('input[name="userName"]').fill('dan')
  await create.hover()
  await page.getByText('You need permission for iam:CreateUser.').filter({ visible: true }).first().waitFor()
  await expectAccessible(page)
  await page.locator('input[name="path"]').fill('/dev/')
  await create.click()
  await shell(page).isAt('dan')
  await page.getByText('arn:aws:iam::123456789012:user/dev/dan').first().waitFor()
})
