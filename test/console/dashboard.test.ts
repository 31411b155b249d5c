import { expect, test } from 'vitest'
import { z } from 'zod'
import { reportRows } from '../../src/console/pages/credential-report/report-rows.ts'
import { findingsOf } from '../../src/console/pages/dashboard/findings.ts'
import { dashboardPage } from './pages/dashboard.ts'
import { expectAccessible } from './support/accessible.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()
const DAY = 24 * 60 * 60 * 1000

test('who may see nothing of the account is shown only who is signed in, and causes no denials', async () => {
  await portal.createPerson({ name: 'alice' })
  const page = await portal.openAs('alice', '/')
  await page.getByText('You may see neither the account, the credential report nor the audit trail.').waitFor()
  await page.getByText('arn:aws:iam::123456789012:user/alice').waitFor()
  expect(await dashboardPage(page).findings.count()).toBe(0)
  await expectAccessible(page)
  const { auditEvents } = await portal.asRoot(
    '{ auditEvents(first: 5, filter: { principalArn: "arn:aws:iam::123456789012:user/alice", result: DENIED }) { edges { node { action } } } }',
  )
  expect(auditEvents).toEqual({ edges: [] })
})

test('C27, C39, C44: old and unused keys, people without MFA, and what the root user has need attention', async () => {
  await portal.createPerson({ name: 'bob' })
  const { createAccessKey } = await portal.asRoot(
    'mutation { createAccessKey(input: { userName: "bob" }) { accessKey { accessKeyId } } }',
  )
  const made = z.object({ accessKey: z.object({ accessKeyId: z.string() }) }).parse(createAccessKey)
  portal.served.clock.advance(91 * DAY)
  await portal.asRoot('mutation { generateCredentialReport { state } }')
  await expect
    .poll(async () => await portal.asRoot('mutation { generateCredentialReport { state } }'))
    .toEqual({ generateCredentialReport: { state: 'COMPLETE' } })
  const page = await portal.openAs('root', '/')
  const dashboard = dashboardPage(page)
  await dashboard.isFine('The root user has no access keys')
  await dashboard.needsAttention('The root user has no MFA')
  await dashboard.needsAttention(/Active keys older than 90 days: 1.*bob/)
  await dashboard.needsAttention(/Active keys not used for 90 days: 1/)
  await dashboard.needsAttention(made.accessKey.accessKeyId)
  await dashboard.needsAttention(/Users with a password and without MFA: 2.*alice, bob/)
  await dashboard.isFine('Denials in the last 24 hours: 0')
  await dashboard.isFine('Failed signatures in the last 24 hours: 0')
  await dashboard.chart('Age of active access keys').waitFor()
  await expectAccessible(page)
})

test('C50: recent denials are counted, and lead to the audit trail', async () => {
  await portal.createPerson({ name: 'carol' })
  const other = await portal.openAs('carol', '/security-credentials')
  await other.getByText('You do not have permission').first().waitFor()
  const page = await portal.openAs('root', '/')
  const dashboard = dashboardPage(page)
  await dashboard.needsAttention(/Denials in the last 24 hours: \d/)
  await dashboard.chart('Denied actions in the last 24 hours').waitFor()
  await expectAccessible(page)
  await page.locator('[data-finding]').getByRole('link', { name: 'Audit trail' }).click()
  await page.locator('tbody').getByText(':user/carol').first().waitFor()
})

test('C51: wrong signatures are shown with key, user, address and number, in both languages, and lead to the trail of the key', async () => {
  await portal.createUser('dave', '/engineering/')
  const { accessKeyId } = await portal.createKey('dave')
  for (let n = 0; n < 23; n++) await portal.callerOf(accessKeyId, 'wrong'.repeat(8))
  await portal.served.application.tally.flush()
  const page = await portal.openAs('root', '/')
  const dashboard = dashboardPage(page)
  await dashboard.needsAttention(/Failed signatures in the last 24 hours: 23.*AKIA/)
  const row = page.getByRole('table', { name: 'Failed signatures' }).getByRole('row').filter({ hasText: accessKeyId })
  await row.getByText('user/engineering/dave').waitFor()
  await row.getByText('127.0.0.1').waitFor()
  await row.getByText('23', { exact: true }).waitFor()
  await expectAccessible(page)
  const korean = await portal.openAs('root', '/', { locale: 'ko-KR' })
  await korean.getByRole('table', { name: '실패한 서명' }).waitFor()
  await row.getByRole('link', { name: accessKeyId }).click()
  await page.locator('tbody').getByText('signin:VerifySignature').first().waitFor()
})

test('the age of keys counts active keys only, in whole days', () => {
  const now = new Date('2031-06-01T00:00:00Z')
  const csv = `user,password_enabled,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_2_active,access_key_2_last_rotated
<root_account>,not_supported,false,false,N/A,false,N/A
new,true,true,true,2031-05-31T00:00:00Z,false,2020-01-01T00:00:00Z
old,false,false,true,2031-03-02T00:00:00Z,true,2030-01-01T00:00:00Z
just,true,false,true,2031-03-03T00:00:00Z,false,N/A`
  expect(findingsOf(reportRows(csv), now)).toEqual({
    oldKeys: ['old', 'old'],
    withoutMfa: ['just'],
    ages: [
      { range: '0–30', count: 1 },
      { range: '31–60', count: 0 },
      { range: '61–90', count: 1 },
      { range: '91–180', count: 1 },
      { range: '181–365', count: 0 },
      { range: '≥ 366', count: 1 },
    ],
  })
})
