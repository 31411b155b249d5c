import { expect, test } from 'vitest'
import { groupsPage } from './pages/groups.ts'
import { shell } from './pages/shell.ts'
import { expectAccessible } from './support/accessible.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()
const READ_ONLY = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess'
const DOCUMENT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' }],
})

async function createGroup(groupName: string): Promise<void> {
  await portal.asRoot('mutation ($input: CreateGroupInput!) { createGroup(input: $input) { __typename } }', {
    input: { groupName },
  })
}

async function groupOf(name: string): Promise<unknown> {
  const { group } = await portal.asRoot(
    `query ($name: String!) { group(name: $name) {
      users { edges { node { name } } } attachedPolicies { edges { node { arn } } } inlinePolicies { policyName }
    } }`,
    { name },
  )
  return group
}

test('a group is created from the list, and is there when somebody looks again', async () => {
  const page = await portal.openAs('root', '/groups')
  const groups = groupsPage(page)
  await page.getByText('There are no groups yet.').waitFor()
  await expectAccessible(page)
  await groups.button('Create group').click()
  await groups.dialog.locator('input[name="groupName"]').fill('Developers')
  await expectAccessible(page)
  await groups.confirm('Create group')
  await shell(page).isAt('Developers')
  await page.goto('/groups')
  await page.getByRole('link', { name: 'Developers' }).waitFor()
})

test('members come and go', async () => {
  await createGroup('Team')
  await portal.createPerson({ name: 'carol' })
  const page = await portal.openAs('root', '/groups/Team')
  const groups = groupsPage(page)
  await page.getByText('Nobody is in this group.').waitFor()
  await groups.button('Add user').click()
  await groups.choose('User name', 'carol')
  await groups.confirm('Add user')
  await page.getByText('carol was added.').waitFor()
  expect(await groupOf('Team')).toMatchObject({ users: { edges: [{ node: { name: 'carol' } }] } })
  await expectAccessible(page)
  await groups.button('Remove carol').click()
  await groups.confirm('Remove')
  await page.getByText('carol was removed.').waitFor()
  expect(await groupOf('Team')).toMatchObject({ users: { edges: [] } })
})

test('policies are attached to a group and put into it, and taken away again', async () => {
  await createGroup('Readers')
  const page = await portal.openAs('root', '/groups/Readers')
  const groups = groupsPage(page)
  await groups.openTab('Permissions')
  await page.getByText('No policies are attached.').waitFor()
  await groups.button('Attach policy').click()
  await groups.choose('ARN of the policy', READ_ONLY)
  await groups.confirm('Attach policy')
  await page.getByText(`${READ_ONLY} was attached.`).waitFor()

  await groups.button('Create inline policy').click()
  await groups.dialog.locator('input[name="policyName"]').fill('Look')
  await groups.dialog.locator('textarea').fill(DOCUMENT)
  await groups.dialog.locator('[data-findings="done"]').waitFor()
  await expectAccessible(page)
  await groups.confirm('Save policy')
  await page.getByText('Look was saved.').waitFor()
  expect(await groupOf('Readers')).toMatchObject({
    attachedPolicies: { edges: [{ node: { arn: READ_ONLY } }] },
    inlinePolicies: [{ policyName: 'Look' }],
  })
  await expectAccessible(page)

  await groups.button('Detach IAMReadOnlyAccess').click()
  await groups.confirm('Detach')
  await page.getByText('IAMReadOnlyAccess was detached.').waitFor()
  await groups.button('Delete Look').click()
  await groups.confirm('Delete')
  await page.getByText('Look was deleted.').waitFor()
  expect(await groupOf('Readers')).toMatchObject({ attachedPolicies: { edges: [] }, inlinePolicies: [] })
})

test('a group with members is not deleted, and an empty one is, once its name was typed', async () => {
  await createGroup('Old')
  await portal.createPerson({ name: 'dave' })
  const member = { input: { groupName: 'Old', userName: 'dave' } }
  await portal.asRoot(
    'mutation ($input: AddUserToGroupInput!) { addUserToGroup(input: $input) { __typename } }',
    member,
  )
  const page = await portal.openAs('root', '/groups/Old')
  const groups = groupsPage(page)
  await groups.button('Remove dave').waitFor()
  await groups.button('Delete').click()
  await groups.dialog.getByText('It has members. Remove them first.').waitFor()
  await expectAccessible(page)
  await groups.confirm('Cancel')
  await groups.button('Remove dave').click()
  await groups.confirm('Remove')
  await page.getByText('Nobody is in this group.').waitFor()
  await groups.button('Delete').click()
  await groups.dialog.locator('input[name="confirmation"]').fill('Old')
  await groups.confirm('Delete')
  await page.getByText('The group Old was deleted.').waitFor()
  await shell(page).isAt('Groups')
})

test('who may only look at a group is told what is missing for the rest', async () => {
  await createGroup('Seen')
  const LOOK = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iam:GetGroup', Resource: '*' }] }
  await portal.createPerson({ name: 'erin', policies: { LOOK } })
  const page = await portal.openAs('erin', '/groups/Seen')
  await page.getByText('Nobody is in this group.').waitFor()
  await groupsPage(page).button('Add user').hover()
  await page.getByText('You need permission for iam:AddUserToGroup.').last().waitFor()
})

test('a group is renamed and moved, and its members stay', async () => {
  await createGroup('Before')
  await portal.createPerson({ name: 'gwen' })
  await portal.asRoot('mutation ($input: AddUserToGroupInput!) { addUserToGroup(input: $input) { __typename } }', {
    input: { groupName: 'Before', userName: 'gwen' },
  })
  const page = await portal.openAs('root', '/groups/Before')
  const groups = groupsPage(page)
  await groups.button('Edit').click()
  await groups.dialog.getByText('Policies that spell out the ARN of the group do not follow').waitFor()
  await expectAccessible(page)
  await groups.dialog.locator('input[name="newPath"]').fill('/teams/')
  await groups.confirm('Save')
  await page.getByText('arn:aws:iam::123456789012:group/teams/Before').first().waitFor()
  await groups.button('Edit').click()
  await groups.dialog.locator('input[name="newName"]').fill('After')
  await groups.confirm('Save')
  await shell(page).isAt('After')
  await groups.button('Remove gwen').waitFor()
  expect(await groupOf('After')).toMatchObject({ users: { edges: [{ node: { name: 'gwen' } }] } })
})

test('what a rename needs is asked about the new ARN, and what the API refuses is told in the dialog', async () => {
  await createGroup('Mine')
  await createGroup('Taken')
  const RENAME = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'iam:GetGroup', Resource: '*' },
      {
        Effect: 'Allow',
        Action: 'iam:UpdateGroup',
        Resource: ['arn:aws:iam::*:group/Mine', 'arn:aws:iam::*:group/Taken'],
      },
    ],
  }
  await portal.createPerson({ name: 'hilde', policies: { RENAME } })
  const page = await portal.openAs('hilde', '/groups/Mine')
  const groups = groupsPage(page)
  await groups.button('Edit').click()
  const name = groups.dialog.locator('input[name="newName"]')
  await name.fill('Other')
  await groups.dialog.getByRole('button', { name: 'Save' }).hover()
  await page.getByText('You need permission for iam:UpdateGroup.').filter({ visible: true }).first().waitFor()
  await name.fill('Taken')
  await groups.confirm('Save')
  await groups.dialog.getByText('EntityAlreadyExists').waitFor()
  await expect.poll(async () => await name.inputValue()).toBe('Taken')
})

test('who may create no group is told so at the button; who may below a path is judged in the form', async () => {
  const LIST = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iam:ListGroups', Resource: '*' }] }
  const DEV = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'iam:CreateGroup', Resource: 'arn:aws:iam::*:group/dev/*' }],
  }
  await portal.createPerson({ name: 'ida', policies: { LIST } })
  await portal.createPerson({ name: 'jan', policies: { LIST, DEV } })
  const looking = await portal.openAs('ida', '/groups')
  await groupsPage(looking).button('Create group').hover()
  await looking.getByText('You need permission for iam:CreateGroup.').filter({ visible: true }).first().waitFor()
  const page = await portal.openAs('jan', '/groups')
  const { button, dialog } = groupsPage(page)
  await button('Create group').click()
  await dialog.locator('input[name="groupName"]').fill('Below')
  await dialog.getByRole('button', { name: 'Create group' }).hover()
  await page.getByText('You need permission for iam:CreateGroup.').filter({ visible: true }).first().waitFor()
  await dialog.locator('input[name="path"]').fill('/dev/')
  const answered = page.waitForResponse((response) => response.request().postData()?.includes('createGroup') ?? false)
  await dialog.getByRole('button', { name: 'Create group' }).click()
  expect(await (await answered).json()).toMatchObject({ data: { createGroup: { group: { name: 'Below' } } } })
})

test('a group that was deleted elsewhere is missed kindly', async () => {
  const page = await portal.openAs('root', '/groups/never-was')
  await page.getByText('There is nothing here').waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Back to: Groups' }).click()
  await shell(page).isAt('Groups')
})
