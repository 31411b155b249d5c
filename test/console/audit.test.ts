import { expect, test } from 'vitest'
import { createSigningFetch } from '../../src/client/index.ts'
import { auditPage } from './pages/audit.ts'
import { expectAccessible } from './support/accessible.ts'
import { PASSWORD, usePortal } from './support/portal.ts'

const portal = usePortal()
const AUDITOR = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['cloudtrail:LookupEvents', 'sts:DecodeAuthorizationMessage', 'sts:GetAccessKeyInfo'],
      Resource: '*',
    },
  ],
}
const OWN_KEYS_WITH_MFA = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'OnlyWithMfa',
      Effect: 'Allow',
      Action: 'iam:ListUsers',
      Resource: '*',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    },
  ],
}

interface Key {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** A request that is denied, by a program with this key. */
async function denied(key: Key): Promise<void> {
  const send = createSigningFetch({ ...key, now: portal.served.clock })
  await send(`${portal.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ users(first: 1) { edges { cursor } } }' }),
  })
}

test('C42, C50: with one key for each application, its key tells what the application did', async () => {
  await portal.createPerson({ name: 'auditor', policies: { AUDITOR } })
  await portal.createPerson({ name: 'mailer' })
  await portal.createPerson({ name: 'backup' })
  const [mailer, backup] = [await portal.createKey('mailer'), await portal.createKey('backup')]
  await denied(mailer)
  await denied(backup)
  const page = await portal.openAs('auditor', '/audit')
  const audit = auditPage(page)
  await audit.actions()
  await expectAccessible(page)
  await page.getByRole('button', { name: `Only events of ${mailer.accessKeyId}` }).click()
  await page.getByText(`All that ${mailer.accessKeyId} was used for.`).waitFor()
  await expect.poll(async () => await audit.actions()).toEqual(['iam:ListUsers'])
  await page.locator('tbody').getByText(':user/mailer').waitFor()
  await expect.poll(async () => await audit.field('accessKeyId').inputValue()).toBe(mailer.accessKeyId)
  await page.goBack()
  await page.getByRole('button', { name: `Only events of ${backup.accessKeyId}` }).waitFor()
})

test('C50: an event tells who, with which key, from where, and the condition that failed', async () => {
  await portal.createPerson({ name: 'carla', policies: { AUDITOR } })
  await portal.createPerson({ name: 'worker', policies: { OWN_KEYS_WITH_MFA } })
  const key = await portal.createKey('worker')
  await denied(key)
  const page = await portal.openAs('carla', '/audit')
  const audit = auditPage(page)
  await audit.result('Denied')
  await audit.filter({ principalArn: 'arn:aws:iam::123456789012:user/worker', action: 'iam:ListUsers' })
  await audit.open('iam:ListUsers')
  for (const text of [key.accessKeyId, '127.0.0.1', 'OnlyWithMfa']) await audit.dialog.getByText(text).first().waitFor()
  await audit.dialog.getByText('Bool aws:MultiFactorAuthPresent: wanted true, was absent').waitFor()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect.poll(async () => await audit.actions()).toEqual(['iam:ListUsers'])
})

test('C47, C49: the account of any key id is found, and not its state', async () => {
  await portal.createPerson({ name: 'dora', policies: { AUDITOR } })
  const key = await portal.createKey('dora')
  const page = await portal.openAs('dora', '/audit')
  await page.getByRole('button', { name: 'Which account has a key?' }).click()
  await page.getByText('It does not tell whether the key is active, inactive or deleted.').waitFor()
  const audit = auditPage(page)
  await audit.lookup.fill(key.accessKeyId)
  await page.getByRole('button', { name: 'Find account' }).click()
  await page.getByText(`${key.accessKeyId} belongs to this account, 123456789012.`).waitFor()
  await page.getByText('AKIA: a long-term key').waitFor()
  await expectAccessible(page)
  await audit.lookup.fill('ASIARJFOYGCRZVBKPS2W')
  await page.getByRole('button', { name: 'Find account' }).click()
  await page.getByText('ASIARJFOYGCRZVBKPS2W belongs to another account:').waitFor()
  await page.getByText('ASIA: a temporary key').waitFor()
})

test('C50: events of the past are turned page by page', async () => {
  await portal.createPerson({ name: 'emil', policies: { AUDITOR } })
  const key = await portal.createKey('emil')
  for (let n = 0; n < 30; n++) await denied(key)
  const page = await portal.openAs('emil', `/audit?accessKeyId=${key.accessKeyId}`)
  const audit = auditPage(page)
  await expect.poll(async () => await audit.actions()).toHaveLength(25)
  await page.getByRole('button', { name: 'Next page' }).click()
  await expect.poll(async () => await audit.actions()).toHaveLength(5)
  await page.getByRole('button', { name: 'Previous page' }).click()
  await expect.poll(async () => await audit.actions()).toHaveLength(25)
})

test('C50: while it is live, what happens appears by itself', async () => {
  await portal.createPerson({ name: 'fritz', policies: { AUDITOR } })
  const key = await portal.createKey('fritz')
  const page = await portal.openAs('fritz', `/audit?accessKeyId=${key.accessKeyId}`)
  const audit = auditPage(page)
  await page.getByText('No events').waitFor()
  const streaming = page.waitForResponse((response) =>
    (response.headers()['content-type'] ?? '').includes('text/event-stream'),
  )
  await page.getByText('Live', { exact: true }).click()
  await streaming
  await denied(key)
  await expect.poll(async () => await audit.actions()).toEqual(['iam:ListUsers'])
  await expectAccessible(page)
})

test('who may not see the audit trail learns which permission is missing', async () => {
  await portal.createPerson({ name: 'gus' })
  const page = await portal.openAs('gus', '/audit')
  await page.getByText('You need permission for cloudtrail:LookupEvents.').filter({ visible: true }).first().waitFor()
  await expectAccessible(page)
  expect(await page.content()).not.toContain(PASSWORD)
})

test('the events fit into a window of 1440 pixels, however long their actions and resources are', async () => {
  const userName = 'u'.repeat(64)
  await portal.createPerson({ name: userName, path: `/${'p'.repeat(500)}/` })
  await denied(await portal.createKey(userName))
  const page = await portal.openAs('root', '/audit')
  await expect.poll(async () => await auditPage(page).actions()).toContain('iam:CreateAccessKey')
  const table = page.locator('table').first()
  await expect
    .poll(
      async () => await table.evaluate(({ parentElement }) => parentElement!.scrollWidth - parentElement!.clientWidth),
    )
    .toBe(0)
  await expectAccessible(page)
})
