import { expect, test } from 'vitest'
import { setSecurityTokenServicePreferences } from '../../../src/iam/account/token-service-preferences.ts'
import { summarizeAccount } from '../../../src/iam/reports/summarize-account.ts'
import { auditTrail, callAs } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { seedAccount } from '../../support/seed-account.ts'
import { testServices } from '../../support/services.ts'

test('the version of session tokens is kept for the account, and shows in its summary', async () => {
  const services = testServices(await freshDatabase())
  const account = await seedAccount(services)
  const other = await seedAccount(services, { accountId: '210987654321' })
  const versionOf = async ({ root }: typeof account) =>
    (await summarizeAccount(await callAs(services, root))).summary.globalEndpointTokenVersion
  const set = async (globalEndpointTokenVersion: 'V1_TOKEN' | 'V2_TOKEN') =>
    await setSecurityTokenServicePreferences(await callAs(services, account.root), { globalEndpointTokenVersion })
  expect(await versionOf(account)).toBe(1)
  expect(await set('V2_TOKEN')).toBe(2)
  expect([await versionOf(account), await versionOf(other)]).toEqual([2, 1])
  expect(await set('V1_TOKEN')).toBe(1)
  expect(await versionOf(account)).toBe(1)
  expect((await auditTrail(services, account.accountId)).map(({ result, detail }) => [result, detail])).toEqual([
    ['SUCCESS', { globalEndpointTokenVersion: 'V2_TOKEN' }],
    ['SUCCESS', { globalEndpointTokenVersion: 'V1_TOKEN' }],
  ])
})
