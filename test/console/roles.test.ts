import { expect, test } from 'vitest'
import { ACCOUNT_ID } from '../http/serve-application.ts'
import { rolesPage } from './pages/roles.ts'
import { shell } from './pages/shell.ts'
import { expectAccessible } from './support/accessible.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()
const READ_ONLY = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess'
const ROOT = `arn:aws:iam::${ACCOUNT_ID}:root`

const LOOK = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iam:GetRole', Resource: '*' }] }

function trust(effect: string): string {
  return JSON.stringify(
    { Version: '2012-10-17', Statement: [{ Effect: effect, Principal: { AWS: ROOT }, Action: 'sts:AssumeRole' }] },
    null,
    2,
  )
}

async function createRole(roleName: string): Promise<void> {
  await portal.asRoot('mutation ($input: CreateRoleInput!) { createRole(input: $input) { __typename } }', {
    input: { roleName, assumeRolePolicyDocument: trust('Allow') },
  })
}

async function roleOf(name: string): Promise<unknown> {
  const { role } = await portal.asRoot(
    `query ($name: String!) { role(name: $name) {
      description maxSessionDuration assumeRolePolicyText tags { key value }
      permissionsBoundary { arn } attachedPolicies { edges { node { arn } } } inlinePolicies { policyName }
    } }`,
    { name },
  )
  return role
}

test('a role is created with its trust policy, whose faults are shown at their line before', async () => {
  const page = await portal.openAs('root', '/roles')
  const roles = rolesPage(page)
  await page.getByText('There are no roles yet.').waitFor()
  await expectAccessible(page)
  await roles.button('Create role').click()
  await roles.field('roleName').fill('Deployer')
  await roles.trust.fill('{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Allow" }]\n}')
  await roles.mark.first().waitFor()
  await expectAccessible(page)
  await roles.trust.fill(trust('Allow'))
  await roles.mark.first().waitFor({ state: 'detached' })
  await roles.field('maxSessionDuration').fill('7200')
  await roles.button('Create role').click()
  await shell(page).isAt('Deployer')
  expect(await roleOf('Deployer')).toMatchObject({ maxSessionDuration: 7200, assumeRolePolicyText: trust('Allow') })
})

test('description and session duration, trust policy, boundary and tags of a role are changed', async () => {
  await createRole('Changing')
  const page = await portal.openAs('root', '/roles/Changing')
  const roles = rolesPage(page)
  await roles.button('Edit').click()
  await roles.field('description').fill('For deployments')
  await roles.field('maxSessionDuration').fill('10800')
  await roles.confirm('Save changes')
  await page.getByText('10800 seconds').waitFor()

  await roles.button('Change boundary').click()
  await roles.choose('ARN of the policy', READ_ONLY)
  await roles.confirm('Save changes')
  await page.getByRole('link', { name: 'IAMReadOnlyAccess' }).waitFor()
  // What has scrolled below the bar at the top is half covered by it.
  await page.evaluate('scrollTo(0, 0)')
  await expectAccessible(page)

  await roles.openTab('Trust policy')
  await roles.button('Edit trust policy').click()
  await roles.trust.fill(trust('Deny'))
  await roles.confirm('Save changes')
  await page.getByText('"Deny"').first().waitFor()
  await expectAccessible(page)

  await roles.openTab('Tags')
  await roles.button('Manage tags').click()
  await roles.button('Add new tag').click()
  await roles.dialog.getByRole('combobox').first().fill('team')
  await roles.confirm('Save changes')
  await page.getByText('The tags were saved.').waitFor()
  expect(await roleOf('Changing')).toMatchObject({
    description: 'For deployments',
    maxSessionDuration: 10800,
    assumeRolePolicyText: trust('Deny'),
    permissionsBoundary: { arn: READ_ONLY },
    tags: [{ key: 'team', value: '' }],
  })
})

test('what the API refuses is told in the dialog, and what was typed is still there', async () => {
  await createRole('Refused')
  const page = await portal.openAs('root', '/roles/Refused')
  const roles = rolesPage(page)
  await roles.button('Edit').click()
  await roles.field('maxSessionDuration').fill('60')
  await roles.confirm('Save changes')
  await roles.dialog.getByText('ValidationError').waitFor()
  await expect.poll(async () => await roles.field('maxSessionDuration').inputValue()).toBe('60')
})

test('sessions are revoked, and a role is deleted once it has no policies and its name was typed', async () => {
  await createRole('Short')
  await portal.asRoot('mutation ($input: PutRolePolicyInput!) { putRolePolicy(input: $input) { __typename } }', {
    input: { roleName: 'Short', policyName: 'Look', policyDocument: JSON.stringify(LOOK) },
  })
  const page = await portal.openAs('root', '/roles/Short')
  const roles = rolesPage(page)
  await roles.button('Delete Look').waitFor()
  await roles.button('Revoke sessions').click()
  await roles.confirm('Revoke sessions')
  await page.getByText('The sessions of Short were revoked.').waitFor()
  await roles.button('Delete').first().click()
  await roles.dialog.getByText('It has policies: 1.').waitFor()
  await expectAccessible(page)
  await roles.confirm('Cancel')
  await roles.button('Delete Look').click()
  await roles.confirm('Delete')
  await page.getByText('There are no inline policies.').waitFor()
  await roles.button('Delete').first().click()
  await roles.confirmName('Short')
  await roles.confirm('Delete')
  await page.getByText('The role Short was deleted.').waitFor()
  await shell(page).isAt('Roles')
})

test('the instance profiles of a role are shown, and it leaves them when it is deleted', async () => {
  await createRole('Machine')
  for (const instanceProfileName of ['Web', 'Worker']) {
    await portal.asRoot(
      `mutation ($name: String!) {
        createInstanceProfile(input: { instanceProfileName: $name }) { __typename }
        addRoleToInstanceProfile(input: { instanceProfileName: $name, roleName: "Machine" }) { __typename }
      }`,
      { name: instanceProfileName },
    )
  }
  const page = await portal.openAs('root', '/roles/Machine')
  const roles = rolesPage(page)
  await page.getByText(':instance-profile/Worker').waitFor()
  await expectAccessible(page)
  await roles.button('Delete').first().click()
  await roles.dialog.getByText('It is taken out of its instance profiles before: Web, Worker.').waitFor()
  await roles.confirmName('Machine')
  await roles.confirm('Delete')
  await page.getByText('The role Machine was deleted.').waitFor()
  expect(await portal.asRoot('{ instanceProfiles { edges { node { name role { name } } } } }')).toMatchObject({
    instanceProfiles: { edges: [{ node: { name: 'Web', role: null } }, { node: { name: 'Worker', role: null } }] },
  })
})

test('who may only look at a role is told what is missing for the rest', async () => {
  await createRole('Seen')
  await portal.createPerson({ name: 'frank', policies: { LOOK } })
  const page = await portal.openAs('frank', '/roles/Seen')
  await page.getByText('You do not have permission to see them.').first().waitFor()
  await rolesPage(page).button('Edit').hover()
  await page.getByText('You need permission for iam:UpdateRole.').last().waitFor()
})

test('a role begins with tags, and the button that leads to the form says when no role may be created at all', async () => {
  const page = await portal.openAs('root', '/roles/create')
  const roles = rolesPage(page)
  await roles.field('roleName').fill('Tagged')
  await roles.button('Add new tag').click()
  await roles.tag('team', 'security')
  await expectAccessible(page)
  await roles.button('Create role').click()
  await shell(page).isAt('Tagged')
  expect(await roleOf('Tagged')).toMatchObject({ tags: [{ key: 'team', value: 'security' }] })

  const LIST = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' }] }
  await portal.createPerson({ name: 'gerd', policies: { LIST } })
  const looking = await portal.openAs('gerd', '/roles')
  await rolesPage(looking).button('Create role').hover()
  await looking.getByText('You need permission for iam:CreateRole.').filter({ visible: true }).first().waitFor()
})

test('who may create roles only with a boundary is not shut out of the form', async () => {
  const BOUNDED = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'iam:CreateRole',
        Resource: '*',
        Condition: { StringEquals: { 'iam:PermissionsBoundary': READ_ONLY } },
      },
      { Effect: 'Allow', Action: ['iam:ListRoles', 'iam:GetRole'], Resource: '*' },
    ],
  }
  await portal.createPerson({ name: 'heidi', policies: { BOUNDED } })
  const page = await portal.openAs('heidi', '/roles')
  const roles = rolesPage(page)
  await roles.button('Create role').click()
  await roles.field('roleName').fill('Bounded')
  const boundary = page.getByRole('combobox', { name: 'Permissions boundary' })
  await boundary.fill(READ_ONLY)
  await boundary.press('Escape')
  await roles.button('Create role').click()
  await shell(page).isAt('Bounded')
})

test('a role that was deleted in another tab is missed kindly on coming back', async () => {
  await createRole('Leaving')
  const page = await portal.openAs('root', '/roles/Leaving')
  await rolesPage(page).button('Edit').waitFor()
  await portal.asRoot('mutation { deleteRole(input: { roleName: "Leaving" }) { __typename } }')
  await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
  await page.getByText('There is nothing here').waitFor()
})
