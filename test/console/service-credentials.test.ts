import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { shell } from './pages/shell.ts'
import { anywhere } from './policies.ts'
import { expectAccessible } from './support/accessible.ts'
import { expectForgotten, recordAnswers } from './support/forgotten.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()
const TAB = (name: string) => `/users/${name}?tab=credentials`
const NAME = (user: string) => `${user}-at-123456789012`

function section(page: Page) {
  const dialog = page.getByRole('dialog')
  return {
    dialog,
    create: page.getByRole('button', { name: 'Create credential' }).first(),
    row: (name: string) => page.getByRole('row').filter({ hasText: name }),
    secret: page.locator('[data-secret]'),
    async choose(name: string, service: string, action: string) {
      await page.getByRole('button', { name: `Actions for ${name} at ${service}` }).click()
      await page.getByRole('menuitem', { name: action }).click()
    },
    confirm: (action: string) => dialog.getByRole('button', { name: action, exact: true }).click(),
  }
}

test('a credential for a service is made, shown once, reset, deactivated and deleted on the page of its user', async () => {
  await portal.createUser('jane')
  const page = await portal.openAs('root', '/users')
  await shell(page).isAt('Users')
  await page.goto(new URL(TAB('jane'), page.url()).href)
  const credentials = section(page)
  await page.getByText('No service-specific credentials').waitFor()
  await credentials.create.click()
  await credentials.dialog.getByRole('textbox', { name: 'Service' }).fill('git.example.com')
  await credentials.dialog.getByRole('textbox', { name: 'Expires after' }).fill('30')
  await expectAccessible(page)
  await credentials.confirm('Create credential')

  await page.getByText('This is the only time that the secret can be seen').waitFor()
  expect(await credentials.secret.textContent()).toMatch(/^\*+$/)
  await credentials.dialog.getByRole('button', { name: 'Show' }).click()
  const first = (await credentials.secret.textContent()) ?? ''
  expect(first).toMatch(/^[A-Za-z\d+/]{44}$/)
  await expectAccessible(page)
  const answers = recordAnswers(page)
  await credentials.confirm('Close')
  await credentials.row(NAME('jane')).getByText('Active').waitFor()
  await expectAccessible(page)
  await expectForgotten(page, first, answers, () =>
    page.getByRole('heading', { level: 1, name: /^(?:Users|jane)/ }).waitFor(),
  )

  await credentials.choose(NAME('jane'), 'git.example.com', 'Reset secret')
  await credentials.confirm('Reset secret')
  await credentials.dialog.getByRole('button', { name: 'Show' }).click()
  expect(await credentials.secret.textContent()).not.toBe(first)
  await credentials.confirm('Close')
  await credentials.choose(NAME('jane'), 'git.example.com', 'Deactivate')
  await credentials.row(NAME('jane')).getByText('Inactive').waitFor()
  await credentials.choose(NAME('jane'), 'git.example.com', 'Delete')
  await credentials.confirm('Delete')
  await page.getByText('No service-specific credentials').waitFor()
})

test('a service that is not supported, and a third credential, are refused in the dialog', async () => {
  await portal.createUser('joe')
  const make = (serviceName: string) =>
    portal.asRoot(
      'mutation ($input: CreateServiceSpecificCredentialInput!) { createServiceSpecificCredential(input: $input) { __typename } }',
      { input: { userName: 'joe', serviceName } },
    )
  await make('bedrock.amazonaws.com')
  await make('bedrock.amazonaws.com')
  const page = await portal.openAs('root', TAB('joe'))
  const credentials = section(page)
  await credentials.row(NAME('joe+1')).getByText('Active').waitFor()
  await credentials.create.click()
  const service = credentials.dialog.getByRole('textbox', { name: 'Service' })
  await service.fill('git')
  await credentials.confirm('Create credential')
  await credentials.dialog.getByText('does not support service-specific credentials').first().waitFor()
  await service.fill('bedrock.amazonaws.com')
  await credentials.confirm('Create credential')
  await credentials.dialog
    .getByText('Cannot exceed quota for ServiceSpecificCredentialsPerService: 2')
    .first()
    .waitFor()
})

test('who may not list or create them is told which permission is missing', async () => {
  await portal.createUser('jill')
  await portal.createPerson({ name: 'reader', policies: { Allowed: anywhere('iam:GetUser') } })
  const page = await portal.openAs('reader', TAB('jill'))
  await page.getByText('You need permission for iam:ListServiceSpecificCredentials.').first().waitFor()
  await expect.poll(async () => await section(page).create.isDisabled()).toBe(true)
})
