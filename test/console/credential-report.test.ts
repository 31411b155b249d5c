import { expect, test } from 'vitest'
import { z } from 'zod'
import { reportRows } from '../../src/console/pages/credential-report/report-rows.ts'
import { credentialReportPage } from './pages/credential-report.ts'
import { expectAccessible } from './support/accessible.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()

test('C48: the root user finds out whether the root user has keys, takes the report, and finds whose a key is', async () => {
  await portal.createPerson({ name: 'alice' })
  await portal.createPerson({ name: 'bob' })
  const { createAccessKey } = await portal.asRoot(
    'mutation { createAccessKey(input: { userName: "bob" }) { accessKey { accessKeyId } } }',
  )
  const made = z.object({ accessKey: z.object({ accessKeyId: z.string() }) }).parse(createAccessKey)
  const { accessKeyId } = made.accessKey
  const page = await portal.openAs('root', '/credential-report')
  const report = credentialReportPage(page)
  await page.getByText('No report yet').waitFor()
  await page.getByText('The root user has no access keys').waitFor()
  await expectAccessible(page)

  await report.generate.click()
  await page.getByRole('grid').waitFor()
  await expect.poll(async () => await report.users()).toEqual(['<root_account>', 'alice', 'bob'])
  await expectAccessible(page)
  const { credentialReport } = await portal.asRoot('{ credentialReport { content generatedAt } }')
  const { content, generatedAt } = z.object({ content: z.string(), generatedAt: z.string() }).parse(credentialReport)
  expect(await report.download()).toEqual({
    name: `status_reports_${generatedAt.slice(0, 19).replaceAll(':', '-')}.csv`,
    text: content,
  })

  await report.sortBy('User')
  await expect.poll(async () => await report.users()).toEqual(['bob', 'alice', '<root_account>'])
  await report.search.fill('BOB')
  await page.getByText('1 match').filter({ visible: true }).first().waitFor()
  await expect.poll(async () => await report.users()).toEqual(['bob'])

  await report.keyId.fill(accessKeyId)
  await report.findOwner.click()
  await page.getByText(`${accessKeyId} belongs to bob and is active.`).waitFor()
  await report.keyId.fill(`ASIA${accessKeyId.slice(4)}`)
  await report.findOwner.click()
  await page.getByText('A temporary key').waitFor()
  await expectAccessible(page)
})

test('who may not read the report learns which permissions are missing', async () => {
  await portal.createPerson({ name: 'carol' })
  const page = await portal.openAs('carol', '/credential-report')
  await page.getByText('You need permission for iam:GetCredentialReport.').filter({ visible: true }).first().waitFor()
  await expect.poll(async () => await credentialReportPage(page).generate.isDisabled()).toBe(true)
  await expectAccessible(page)
})

test('the columns of the report are read as they were written, names with commas and quotes as well', () => {
  expect(reportRows('user,arn,mfa_active\n<root_account>,a,true\n"x,y",b,\n"say ""hi""",c,false')).toEqual([
    { user: '<root_account>', arn: 'a', mfa_active: 'true' },
    { user: 'x,y', arn: 'b', mfa_active: '' },
    { user: 'say "hi"', arn: 'c', mfa_active: 'false' },
  ])
})
