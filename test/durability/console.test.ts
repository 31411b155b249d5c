import { afterAll, describe, expect, test } from 'vitest'
import { createLog } from '../../src/http/log.ts'
import { type Database, openDatabase } from '../../src/store/open.ts'
import { typingGroup } from '../console/pages/groups.ts'
import { outageNotice } from '../console/pages/outage.ts'
import { shell } from '../console/pages/shell.ts'
import { signInPage } from '../console/pages/sign-in.ts'
import { expectAccessible } from '../console/support/accessible.ts'
import { usePortal } from '../console/support/portal.ts'
import { ROOT_PASSWORD } from '../http/serve-application.ts'
import { tcpProxy, through } from '../support/tcp-proxy.ts'
import { createScratchDatabase } from './scratch-postgresql.ts'

const POSTGRESQL = process.env.TEST_DATABASE_URL

describe.runIf(POSTGRESQL !== undefined)('a database that is away from the console', async () => {
  const proxy = await tcpProxy(Number(new URL(POSTGRESQL ?? 'postgresql://localhost').port || 5432))
  let database: Database | undefined
  let drop: (() => Promise<void>) | undefined
  const portal = usePortal({
    async database() {
      const scratch = await createScratchDatabase(POSTGRESQL ?? '', 'console_outage')
      drop = scratch.drop
      const limits = { connections: 5, timeoutMs: 2_000 }
      const databaseUrl = through(proxy, scratch.url)
      database = await openDatabase({ databaseUrl, dataDir: 'unused', log: createLog('silent'), limits })
      return database
    },
  })

  afterAll(async () => {
    await database?.close()
    await proxy.close()
    await drop?.()
  })

  test('is waited for by a page and by its first load, which has what was typed and is signed in when it is back', async () => {
    const page = await portal.openAs('root', '/groups')
    await shell(page).isAt('Groups')
    const { groups, name } = await typingGroup(page, 'Writers')
    const notice = outageNotice(page)
    proxy.cut()
    await groups.confirm('Create group')
    await groups.dialog.getByText('Nothing was changed by it.').waitFor()
    await notice.comeBack()
    await notice.ofDatabase.waitFor()
    const other = await page.context().newPage()
    await other.goto('/roles')
    await outageNotice(other).ofDatabase.waitFor()
    await expectAccessible(other)

    proxy.mend()
    await outageNotice(other).comeBack()
    await shell(other).isAt('Roles')
    await notice.comeBack()
    await notice.isGone()
    expect(await name.inputValue()).toBe('Writers')
    await expect
      .poll(
        async () => {
          if (await groups.dialog.isVisible()) await groups.confirm('Create group')
          return await page.getByRole('heading', { level: 1, name: 'Writers' }).isVisible()
        },
        { timeout: 20_000 },
      )
      .toBe(true)
  })

  test('is no wrong password: who signs in is told to try again soon, and the password stays', async () => {
    const page = await portal.open('/')
    const form = signInPage(page)
    proxy.cut()
    await form.chooseRoot('root@example.com', ROOT_PASSWORD)
    await page.getByText('Latchkey cannot sign you in at the moment.').waitFor()
    expect(await form.password.inputValue()).toBe(ROOT_PASSWORD)
    proxy.mend()
    await expect
      .poll(
        async () => {
          const signIn = page.getByRole('button', { name: 'Sign in', exact: true })
          if (await signIn.isVisible()) await signIn.click()
          return await page.getByRole('heading', { level: 1, name: 'Dashboard' }).isVisible()
        },
        { timeout: 20_000 },
      )
      .toBe(true)
  })
})
