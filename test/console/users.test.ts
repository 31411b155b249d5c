import { expect, test } from 'vitest'
import { z } from 'zod'
import { accessKeys } from './pages/access-keys.ts'
import { createAccessKeyPage } from './pages/create-access-key.ts'
import { shell } from './pages/shell.ts'
import { userPage, usersPage } from './pages/users.ts'
import { anywhere, CREATE_OWN_KEYS, MANAGE_OWN_KEYS } from './policies.ts'
import { expectAccessible } from './support/accessible.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()

test('C10, C21, C22: an administrator makes a key for another user, on the tab of its security credentials', async () => {
  await portal.createUser('lena', '/engineering/')
  const page = await portal.openAs('root', '/users')
  await usersPage(page).row('lena').getByRole('link').click()
  await shell(page).isAt('lena')
  await userPage(page).tab('Security credentials')
  await accessKeys(page).create.click()
  const wizard = createAccessKeyPage(page)
  await wizard.makeKey({ description: 'build server' })
  const id = await wizard.keyId()
  expect((await wizard.download()).name).toBe('lena_accessKeys.csv')
  await wizard.done.click()
  const keys = accessKeys(page)
  for (const text of ['Active', 'build server', 'Never']) await keys.has(id, text)
  await expectAccessible(page)
  await keys.choose(id, 'Deactivate')
  await keys.confirm('Deactivate')
  await keys.has(id, 'Inactive')
  await keys.choose(id, 'Delete')
  await keys.dialog.getByRole('textbox').fill(id)
  await keys.confirm('Delete')
  await page.getByText(`Access key ${id} is deleted.`).waitFor()
  await expect.poll(async () => await keys.ids()).toEqual([])
})

test('C29, C33 to C38: a person rotates a key in six steps, with a way back', async () => {
  await portal.createPerson({ name: 'sven', policies: { MANAGE_OWN_KEYS } })
  const { accessKeyId: old } = await portal.createKey('sven')
  portal.served.clock.advance(60_000)
  const page = await portal.openAs('sven', '/users/sven?tab=credentials')
  await userPage(page).button('Rotate access key').click()
  await shell(page).isAt('Rotate access key')
  const step = (number: number) => page.locator(`section[data-step="${number}"]`)
  const is = (number: number, state: string) =>
    page.locator(`section[data-step="${number}"][data-step-state="${state}"]`).waitFor()
  await is(1, 'current')
  await is(2, 'later')
  await expectAccessible(page)

  await step(1).getByRole('button', { name: 'Create access key' }).click()
  await createAccessKeyPage(page).makeKey()
  const made = await createAccessKeyPage(page).keyId()
  await createAccessKeyPage(page).done.click()
  await is(1, 'done')
  await step(1).getByText(`The new key: ${made} (Active)`).waitFor()
  await is(2, 'current')
  await expect
    .poll(async () => await step(4).getByRole('button', { name: 'Deactivate the old key' }).isDisabled())
    .toBe(true)

  await step(2).getByRole('checkbox').check()
  await is(3, 'current')
  await step(3).getByText(old).waitFor()
  await step(3).getByText('Never').waitFor()
  await step(3).getByRole('button', { name: 'Look again' }).click()

  await step(4).getByRole('button', { name: 'Deactivate the old key' }).click()
  await userPage(page).confirm('Deactivate')
  await is(4, 'done')
  await is(5, 'current')
  await step(5).getByRole('button', { name: 'Activate the old key again' }).click()
  await is(3, 'current')
  await is(5, 'later')

  await step(4).getByRole('button', { name: 'Deactivate the old key' }).click()
  await userPage(page).confirm('Deactivate')
  await is(5, 'current')
  await expectAccessible(page)
  await step(5).getByRole('checkbox').check()
  await is(6, 'current')
  await step(6).getByRole('button', { name: 'Delete the old key' }).click()
  await userPage(page).dialog.getByRole('textbox').fill(old)
  await userPage(page).confirm('Delete')
  await page.getByText('The key is rotated').waitFor()
  await page.getByRole('button', { name: 'Back to the credentials' }).first().click()
  await expect.poll(async () => await accessKeys(page).ids()).toEqual([made])
})

test('a user is deleted with everything that blocks it, after its name is typed', async () => {
  await portal.createPerson({ name: 'vera', policies: { CREATE_OWN_KEYS } })
  const { accessKeyId: id } = await portal.createKey('vera')
  await portal.enableMfa('vera')
  await portal.asRoot(
    'mutation { createGroup(input: { groupName: "leavers" }) { __typename } addUserToGroup(input: { groupName: "leavers", userName: "vera" }) { __typename } }',
  )
  await portal.asRoot(
    'mutation { createServiceSpecificCredential(input: { userName: "vera", serviceName: "git.example.com" }) { __typename } }',
  )
  const page = await portal.openAs('root', '/users/vera')
  await userPage(page).button('Delete').click()
  const { dialog } = userPage(page)
  for (const text of [
    'Delete the console password',
    `Delete access key ${id}, which is active`,
    'Deactivate MFA device',
    'Delete inline policy CREATE_OWN_KEYS',
    'Remove from group leavers',
    'for git.example.com',
    'Delete user vera',
  ])
    await dialog.getByText(text).waitFor()
  await expectAccessible(page)
  const remove = dialog.getByRole('button', { name: 'Delete', exact: true })
  await dialog.getByRole('textbox').fill('ver')
  await expect.poll(async () => await remove.isDisabled()).toBe(true)
  await dialog.getByRole('textbox').fill('vera')
  await remove.click()
  await shell(page).isAt('Users')
  await page.getByText('User vera is deleted.').waitFor()
})

test('a user cannot be deleted by who may not remove what blocks it; the missing action is named', async () => {
  await portal.createUser('wim')
  await portal.createKey('wim')
  const readers = { Allowed: anywhere('iam:Get*', 'iam:List*', 'iam:DeleteUser') }
  await portal.createPerson({ name: 'xena', policies: readers })
  const page = await portal.openAs('xena', '/users/wim')
  await userPage(page).button('Delete').click()
  const { dialog } = userPage(page)
  await dialog.getByText('You need permission for iam:DeleteAccessKey.').waitFor()
  await dialog.getByRole('textbox').fill('wim')
  await expect
    .poll(async () => await dialog.getByRole('button', { name: 'Delete', exact: true }).isDisabled())
    .toBe(true)
})

test('a user is renamed and moved, and its page goes along', async () => {
  await portal.createUser('yves')
  const page = await portal.openAs('root', '/users/yves')
  await userPage(page).button('Edit').click()
  const { dialog } = userPage(page)
  await dialog.getByRole('textbox', { name: 'User name' }).fill('yvonne')
  await dialog.getByText('${aws:username} in policies stands for it').waitFor()
  await dialog.getByRole('textbox', { name: 'Path' }).fill('/moved/')
  await expectAccessible(page)
  await userPage(page).confirm('Save')
  await shell(page).isAt('yvonne')
  await page.getByText('arn:aws:iam::123456789012:user/moved/yvonne').first().waitFor()
})

test('who may add users to one group adds them to that one, and learns why not to another', async () => {
  await portal.createUser('emmy')
  await portal.asRoot(
    'mutation { a: createGroup(input: { groupName: "open-house" }) { __typename } b: createGroup(input: { groupName: "closed-house" }) { __typename } }',
  )
  const OPEN = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'iam:AddUserToGroup', Resource: 'arn:aws:iam::*:group/open-house' },
      { Effect: 'Allow', Action: ['iam:GetUser', 'iam:ListGroupsForUser', 'iam:ListGroups'], Resource: '*' },
    ],
  }
  await portal.createPerson({ name: 'enno', policies: { OPEN } })
  const page = await portal.openAs('enno', '/users/emmy?tab=groups')
  const user = userPage(page)
  await user.button('Add to groups').click()
  await user.choose('Groups', 'closed-house')
  const add = user.dialog.getByRole('button', { name: 'Add', exact: true })
  await add.hover()
  await page.getByText('You need permission for iam:AddUserToGroup.').filter({ visible: true }).first().waitFor()
  await user.choose('Groups', 'closed-house')
  await user.choose('Groups', 'open-house')
  await add.click()
  await user.dialog.waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'open-house' }).waitFor()
})

test('what was changed in another tab is seen on coming back, and a user that was deleted there is missed kindly', async () => {
  await portal.createUser('fiona')
  const page = await portal.openAs('root', '/users?search=fion')
  await expect.poll(async () => await usersPage(page).names()).toEqual(['fiona'])
  await portal.createUser('fiona-2')
  const comeBack = () => page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
  await comeBack()
  await usersPage(page).row('fiona-2').waitFor()
  await usersPage(page).row('fiona-2').getByRole('link').click()
  await shell(page).isAt('fiona-2')
  await page.getByRole('tab', { name: 'Groups' }).waitFor()
  await portal.asRoot('mutation { deleteUser(input: { userName: "fiona-2" }) { __typename } }')
  await comeBack()
  await page.getByText('There is nothing here').waitFor()
  await page.getByText('The user with name fiona-2 cannot be found.').waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Back to: Users' }).click()
  await shell(page).isAt('Users')
})

test('policies are attached, written, looked at and taken away, groups joined and left, tags written', async () => {
  await portal.createPerson({ name: 'zoe', policies: { CREATE_OWN_KEYS } })
  await portal.asRoot('mutation { createGroup(input: { groupName: "testers" }) { __typename } }')
  const page = await portal.openAs('root', '/users/zoe')
  const user = userPage(page)
  await user.button('Attach policy').click()
  await user.suggest('ARN of the policy', 'arn:aws:iam::aws:policy/IAMReadOnlyAccess')
  await expectAccessible(page)
  await user.confirm('Attach policy')
  await page.getByRole('link', { name: 'IAMReadOnlyAccess' }).waitFor()
  await user.button('CREATE_OWN_KEYS').click()
  await page.getByText('"iam:CreateAccessKey"').first().waitFor()
  await expectAccessible(page)
  await user.button('Create inline policy').click()
  await user.dialog.locator('input[name="policyName"]').fill('Try')
  await user.dialog.locator('textarea').fill(JSON.stringify(anywhere('iam:GetUser')))
  await user.dialog.locator('[data-findings="done"]').waitFor()
  await user.confirm('Save policy')
  await page.getByText('Try was saved.').waitFor()
  expect(await portal.asRoot('{ user(name: "zoe") { inlinePolicies { policyName } } }')).toEqual({
    user: { inlinePolicies: [{ policyName: 'CREATE_OWN_KEYS' }, { policyName: 'Try' }] },
  })
  await user.button('Delete Try').click()
  await user.confirm('Delete')
  await page.getByText('Try was deleted.').waitFor()
  await user.button('Detach IAMReadOnlyAccess').click()
  await user.confirm('Detach')
  await page.getByText('No policies are attached.').waitFor()
  await expectAccessible(page)

  await user.tab('Groups')
  await user.button('Add to groups').click()
  await user.choose('Groups', 'testers')
  await user.confirm('Add')
  await user.button('Remove testers').waitFor()
  await expectAccessible(page)
  await user.button('Remove testers').click()
  await user.confirm('Remove')
  await page.getByText('In no group.').waitFor()

  await user.tab(/^Tags/)
  await user.button('Manage tags').click()
  await user.dialog.getByRole('button', { name: 'Add new tag' }).click()
  await user.tag('Team', 'Tests')
  await user.confirm('Save changes')
  await page.getByRole('tab', { name: 'Tags (1)' }).waitFor()
  await expectAccessible(page)
})

test('a console password is set, reset and removed, and an MFA device deactivated', async () => {
  await portal.createPerson({ name: 'abel' })
  await portal.enableMfa('abel')
  const page = await portal.openAs('root', '/users/abel?tab=credentials')
  const user = userPage(page)
  await user.button('Reset password').click()
  await expectAccessible(page)
  await user.confirm('Reset')
  await page.getByText('This is the only time that the password can be seen').waitFor()
  await user.dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await page.getByText('Enabled, with a new password at the next sign-in').first().waitFor()
  await user.button('Remove console access').click()
  await user.confirm('Remove')
  await page.getByText('The user has no password').waitFor()
  await user.button('Enable console access').click()
  await user.confirm('Enable')
  await page.getByText('This is the only time that the password can be seen').waitFor()
  await user.dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await page.getByRole('button', { name: 'Actions for abel' }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await user.confirm('Remove')
  await page.getByText('No MFA device').waitFor()
})

test('a deletion that stops half-way says what was done and what was not', async () => {
  await portal.createUser('hal')
  const { accessKeyId: id } = await portal.createKey('hal')
  await portal.asRoot(
    'mutation { createGroup(input: { groupName: "halves" }) { __typename } addUserToGroup(input: { groupName: "halves", userName: "hal" }) { __typename } }',
  )
  await portal.createPerson({ name: 'gina', policies: { Allowed: anywhere('iam:*') } })
  const page = await portal.openAs('gina', '/users/hal')
  await userPage(page).button('Delete').click()
  const { dialog } = userPage(page)
  await dialog.getByText('Remove from group halves').waitFor()
  await portal.asRoot('mutation ($input: PutUserPolicyInput!) { putUserPolicy(input: $input) { __typename } }', {
    input: {
      userName: 'gina',
      policyName: 'NotThis',
      policyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: 'iam:RemoveUserFromGroup', Resource: '*' }],
      }),
    },
  })
  await dialog.getByRole('textbox').fill('hal')
  await userPage(page).confirm('Delete')
  await dialog.getByText('You do not have permission').waitFor()
  await dialog.locator('[data-step-state="done"]').getByText(`Delete access key ${id}`).waitFor()
  await dialog.locator('[data-step-state="failed"]').getByText('Remove from group halves').waitFor()
  await dialog.locator('[data-step-state="pending"]').getByText('Delete user hal').waitFor()
  await expectAccessible(page)
})

test('C33: the own keys are rotated from the menu page, without looking at users', async () => {
  await portal.createPerson({ name: 'ravi', policies: { MANAGE_OWN_KEYS } })
  const { accessKeyId: id } = await portal.createKey('ravi')
  const page = await portal.openAs('ravi', '/security-credentials')
  await userPage(page).button('Rotate access key').click()
  await shell(page).isAt('Rotate access key')
  await page.getByText(id).waitFor()
})

test('an address below the users that leads nowhere says so', async () => {
  const page = await portal.openAs('root', '/users/zoe/no-such-page')
  await shell(page).isAt('Page not found')
})

test('the longest names, paths, tags and descriptions break no page, however narrow it is', async () => {
  const userName = 'u'.repeat(64)
  const long = { policyName: 'p'.repeat(128), path: `/${'d'.repeat(510)}/` }
  const tags = [{ key: 'k'.repeat(128), value: 'v'.repeat(256) }]
  const { createPolicy } = await portal.asRoot(
    'mutation ($user: CreateUserInput!, $policy: CreatePolicyInput!) { createUser(input: $user) { __typename } createPolicy(input: $policy) { policy { arn } } }',
    {
      user: { userName, path: long.path, tags },
      policy: { ...long, description: 'd'.repeat(1000), tags, policyDocument: JSON.stringify(anywhere('iam:*')) },
    },
  )
  const made = z.object({ policy: z.object({ arn: z.string() }) }).parse(createPolicy)
  await portal.createKey(userName)
  await portal.asRoot(
    'mutation ($attach: AttachUserPolicyInput!, $group: CreateGroupInput!, $add: AddUserToGroupInput!) { attachUserPolicy(input: $attach) { __typename } createGroup(input: $group) { __typename } addUserToGroup(input: $add) { __typename } }',
    {
      attach: { userName, policyArn: made.policy.arn },
      group: { groupName: 'g'.repeat(128), path: long.path },
      add: { userName, groupName: 'g'.repeat(128) },
    },
  )
  const page = await portal.openAs('root', `/users/${userName}`, { viewport: { width: 390, height: 844 } })
  const tooWide = () => page.evaluate<number>('Math.max(0, document.documentElement.scrollWidth - innerWidth)')
  await page.getByRole('link', { name: long.policyName }).waitFor()
  await expect.poll(async () => await tooWide()).toBe(0)
  await expectAccessible(page)
  await userPage(page).tab('Groups')
  await page.getByRole('link', { name: 'g'.repeat(128) }).waitFor()
  await expect.poll(async () => await tooWide()).toBe(0)
  await userPage(page).tab('Tags (1)')
  await page.getByText('v'.repeat(256)).waitFor()
  await expect.poll(async () => await tooWide()).toBe(0)
  for (const [address, text] of [
    [`/users?search=${userName}`, userName],
    [`/policies/${encodeURIComponent(made.policy.arn)}`, 'd'.repeat(1000)],
    [`/groups/${'g'.repeat(128)}`, userName],
  ] as const) {
    await page.goto(address)
    await page.getByText(text, { exact: true }).first().waitFor()
    await expect.poll(async () => await tooWide(), { message: address }).toBe(0)
  }
})
