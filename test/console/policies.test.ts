import { expect, test } from 'vitest'
import { z } from 'zod'
import { ACCOUNT_ID } from '../http/serve-application.ts'
import { policiesPage } from './pages/policies.ts'
import { shell } from './pages/shell.ts'
import { expectAccessible } from './support/accessible.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()
const BUILT_IN = 'arn:aws:iam::aws:policy/AdministratorAccess'
const arnOf = (name: string) => `arn:aws:iam::${ACCOUNT_ID}:policy/${name}`
const addressOf = (arn: string) => `/policies/${encodeURIComponent(arn)}`

function reading(action: string): string {
  return JSON.stringify(
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] },
    null,
    2,
  )
}

async function createPolicy(policyName: string): Promise<string> {
  await portal.asRoot('mutation ($input: CreatePolicyInput!) { createPolicy(input: $input) { __typename } }', {
    input: { policyName, policyDocument: reading('iam:GetUser') },
  })
  return arnOf(policyName)
}

async function addVersion(policyArn: string, action: string): Promise<void> {
  await portal.asRoot(
    'mutation ($input: CreatePolicyVersionInput!) { createPolicyVersion(input: $input) { __typename } }',
    { input: { policyArn, policyDocument: reading(action) } },
  )
}

async function policyOf(arn: string) {
  const { policy } = await portal.asRoot(
    `query ($arn: ARN!) { policy(arn: $arn) {
      defaultVersionId attachmentCount tags { key value } versions { versionId } defaultVersion { policyText }
    } }`,
    { arn },
  )
  return z
    .object({
      defaultVersionId: z.string(),
      attachmentCount: z.number(),
      tags: z.array(z.object({ key: z.string(), value: z.string() })),
      versions: z.array(z.object({ versionId: z.string() })),
      defaultVersion: z.object({ policyText: z.string() }),
    })
    .parse(policy)
}

test('the list shows all policies, only those of the account, and what a search leaves of the page', async () => {
  await createPolicy('ListedA')
  await createPolicy('ListedB')
  const page = await portal.openAs('root', '/dashboard')
  await page.getByRole('link', { name: 'Policies' }).first().click()
  await shell(page).isAt('Policies')
  const policies = policiesPage(page)
  await expect.poll(async () => await policies.names()).toContain('AdministratorAccess')
  await expectAccessible(page)
  await policies.button('Of this account').click()
  await policies.link('AdministratorAccess').waitFor({ state: 'detached' })
  await expect.poll(async () => await policies.names()).toContain('ListedA')
  await page.getByPlaceholder('Search this page').fill('listedb')
  await policies.link('ListedA').waitFor({ state: 'detached' })
  await expect.poll(async () => await policies.names()).toEqual(['ListedB'])
  await page.getByPlaceholder('Search this page').fill('nothing like it')
  await page.getByText('Nothing on this page matches.').waitFor()
})

test('whoever may not list policies is told which permission is missing', async () => {
  await portal.createPerson({ name: 'nobody' })
  const page = await portal.openAs('nobody', '/policies')
  await page.getByText('iam:ListPolicies').waitFor()
})

test('a built-in policy can be read and attached, and says that it can be neither changed nor deleted', async () => {
  const page = await portal.openAs('root', addressOf(BUILT_IN))
  await shell(page).isAt('AdministratorAccess')
  await page.getByText('This policy comes built in.').last().waitFor()
  await page.getByText('"2012-10-17"').first().waitFor()
  await expectAccessible(page)
  const policies = policiesPage(page)
  await expect.poll(async () => await policies.button('Delete').getAttribute('aria-disabled')).toBe('true')
  await expect.poll(async () => await policies.button('Edit').getAttribute('aria-disabled')).toBe('true')
})

test('the editor marks what is wrong at its line, and keeps what was typed when the API refuses it', async () => {
  const page = await portal.openAs('root', '/policies/create')
  const policies = policiesPage(page)
  await page.locator('input[name="policyName"]').fill('Typed')
  const broken = '{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Maybe" }]\n}'
  await policies.editor.fill(broken)
  await policies.mark(3).waitFor()
  await policies.finding('Line 3').first().waitFor()
  await expectAccessible(page)
  await policies.button('Create policy').click()
  await page.getByText('MalformedPolicyDocument').waitFor()
  await expect.poll(async () => await policies.editor.inputValue()).toBe(broken)
  await policies.finding('Line 3').first().getByRole('button').click()
  await expect
    .poll(async () => await policies.editor.evaluate((field) => field === field.ownerDocument.activeElement))
    .toBe(true)

  const right = reading('iam:GetUser')
  await policies.editor.fill(right)
  await policies.mark(3).waitFor({ state: 'detached' })
  await policies.button('Create policy').click()
  await shell(page).isAt('Typed')
  expect((await policyOf(arnOf('Typed'))).defaultVersion.policyText).toBe(right)
})

test('an edit becomes a new version, whose difference is shown, and another version can be put in force or deleted', async () => {
  const arn = await createPolicy('Versioned')
  const page = await portal.openAs('root', addressOf(arn))
  const policies = policiesPage(page)
  await policies.button('Edit').click()
  await shell(page).isAt('New policy version')
  await expect.poll(async () => await policies.editor.inputValue()).toBe(reading('iam:GetUser'))
  await policies.editor.fill(reading('iam:ListUsers'))
  await expectAccessible(page)
  await policies.button('Save as a new version').click()
  await shell(page).isAt('Versioned')
  expect((await policyOf(arn)).defaultVersionId).toBe('v2')

  await policies.openTab('Versions')
  await page.getByRole('button', { name: 'Compare with' }).click()
  await page.getByRole('option', { name: 'v1' }).click()
  await expect
    .poll(async () => await policies.diff.locator('del').allInnerTexts())
    .toEqual([expect.stringContaining('iam:GetUser')])
  await expect
    .poll(async () => await policies.diff.locator('ins').allInnerTexts())
    .toEqual([expect.stringContaining('iam:ListUsers')])
  await expectAccessible(page)

  await policies.chooseVersion('v1')
  await policies.button('Set as default').click()
  await policies.confirm('Set as default')
  await page.getByText('Version v1 is in force.').waitFor()
  await policies.chooseVersion('v2')
  await policies.button('Delete version').click()
  await policies.confirm('Delete version')
  await page.getByText('Version v2 was deleted.').waitFor()
  expect((await policyOf(arn)).versions).toEqual([{ versionId: 'v1' }])
})

test('a policy is attached to a user and detached again from its page', async () => {
  const arn = await createPolicy('Attached')
  await portal.createPerson({ name: 'holder' })
  const page = await portal.openAs('root', addressOf(arn))
  const policies = policiesPage(page)
  await policies.openTab('Entities attached')
  await page.getByText('Nobody has this policy in this way.').waitFor()
  await policies.button('Attach').click()
  await policies.dialog.getByRole('combobox', { name: 'User name' }).fill('holder')
  await expectAccessible(page)
  await policies.dialog.getByRole('combobox', { name: 'User name' }).press('Escape')
  await policies.confirm('Attach')
  await page.getByText('The policy was attached to holder.').waitFor()
  expect((await policyOf(arn)).attachmentCount).toBe(1)
  await policies.button('Detach from holder').click()
  await policies.confirm('Detach')
  await page.getByText('The policy was detached from holder.').waitFor()
  expect((await policyOf(arn)).attachmentCount).toBe(0)
})

test('what stands in the way of deleting a policy is said before, and its name is typed', async () => {
  const arn = await createPolicy('Deletable')
  await addVersion(arn, 'iam:ListUsers')
  const page = await portal.openAs('root', addressOf(arn))
  const policies = policiesPage(page)
  await policies.button('Delete').click()
  await policies.dialog.getByText('It has versions that are not the default: v2.').waitFor()
  await expectAccessible(page)
  await policies.confirm('Cancel')
  await portal.asRoot(
    'mutation ($input: DeletePolicyVersionInput!) { deletePolicyVersion(input: $input) { __typename } }',
    { input: { policyArn: arn, versionId: 'v2' } },
  )
  await page.reload()
  await policies.button('Delete').click()
  await policies.dialog.locator('input[name="confirmation"]').fill('Deletable')
  await policies.confirm('Delete')
  await shell(page).isAt('Policies')
  await page.getByText('The policy Deletable was deleted.').waitFor()
})

test('tags are added and removed in one dialog', async () => {
  const arn = await createPolicy('Tagged')
  const page = await portal.openAs('root', addressOf(arn))
  const policies = policiesPage(page)
  await policies.openTab('Tags')
  await page.getByText('No tags.').waitFor()
  await policies.button('Manage tags').click()
  await policies.dialog.getByRole('button', { name: 'Add new tag' }).click()
  await policies.dialog.getByRole('combobox').first().fill('team')
  await policies.dialog.getByRole('combobox').nth(1).fill('security')
  await policies.confirm('Save changes')
  await page.getByText('The tags were saved.').waitFor()
  expect((await policyOf(arn)).tags).toEqual([{ key: 'team', value: 'security' }])
})

test('a person who may only look sees the page, and each button says what is missing', async () => {
  const arn = await createPolicy('Looked')
  const LOOK = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['iam:GetPolicy', 'iam:GetPolicyVersion'], Resource: '*' }],
  }
  await portal.createPerson({ name: 'looker', policies: { LOOK } })
  const page = await portal.openAs('looker', addressOf(arn))
  const policies = policiesPage(page)
  await page.getByText('"iam:GetUser"').first().waitFor()
  await policies.button('Delete').hover()
  await page.getByText('You need permission for iam:DeletePolicy.').last().waitFor()
  await policies.openTab('Versions')
  await page.getByText('You need permission for iam:ListPolicyVersions to see this.').waitFor()
})

test('a policy begins with tags, and the button that leads to the form says when none may be created', async () => {
  const page = await portal.openAs('root', '/policies/create')
  const policies = policiesPage(page)
  await page.locator('input[name="policyName"]').fill('BornTagged')
  await policies.editor.fill(reading('iam:GetUser'))
  await policies.button('Add new tag').click()
  await page.getByRole('combobox').first().fill('team')
  await page.getByRole('combobox').nth(1).fill('security')
  await page.getByRole('combobox').nth(1).press('Escape')
  await expectAccessible(page)
  await policies.button('Create policy').click()
  await shell(page).isAt('BornTagged')
  expect((await policyOf(arnOf('BornTagged'))).tags).toEqual([{ key: 'team', value: 'security' }])

  const LIST = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iam:ListPolicies', Resource: '*' }] }
  await portal.createPerson({ name: 'lister', policies: { LIST } })
  const looking = await portal.openAs('lister', '/policies')
  await policiesPage(looking).button('Create policy').hover()
  await looking.getByText('You need permission for iam:CreatePolicy.').filter({ visible: true }).first().waitFor()
})

test('who may only take tags away does that, and gets no empty rows', async () => {
  const arn = await createPolicy('Untagged')
  await portal.asRoot('mutation ($input: TagPolicyInput!) { tagPolicy(input: $input) { __typename } }', {
    input: {
      policyArn: arn,
      tags: [
        { key: 'old', value: '1' },
        { key: 'kept', value: '2' },
      ],
    },
  })
  const UNTAG = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['iam:GetPolicy', 'iam:UntagPolicy'], Resource: '*' }],
  }
  await portal.createPerson({ name: 'cleaner', policies: { UNTAG } })
  const page = await portal.openAs('cleaner', addressOf(arn))
  const policies = policiesPage(page)
  await policies.openTab('Tags')
  await policies.button('Manage tags').click()
  const add = policies.dialog.getByRole('button', { name: 'Add new tag' })
  await expect.poll(async () => await add.isDisabled()).toBe(true)
  await policies.dialog.getByText('You need permission for iam:TagPolicy.').first().waitFor()
  await policies.dialog.getByRole('button', { name: 'Remove' }).last().click()
  await expect.poll(async () => await add.isDisabled()).toBe(true)
  await expectAccessible(page)
  await policies.confirm('Save changes')
  await page.getByText('The tags were saved.').waitFor()
  expect((await policyOf(arn)).tags).toHaveLength(1)
})

test('a policy that is not there is missed kindly', async () => {
  const page = await portal.openAs('root', addressOf(arnOf('NeverWas')))
  await page.getByText('There is nothing here').waitFor()
  await page.getByRole('link', { name: 'Back to: Policies' }).click()
  await shell(page).isAt('Policies')
})
