import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './support/accessible.ts'
import { fillAccount } from './support/busy-account.ts'
import { expectReachableByKeyboard } from './support/keyboard.ts'
import { usePortal } from './support/portal.ts'

const PAGES = path.join(import.meta.dirname, '../../src/console/pages')

const portal = usePortal({ keepOpen: true })
let decision = ''
beforeAll(async () => {
  decision = (await fillAccount(portal)).decision
})

const POLICY = encodeURIComponent('arn:aws:iam::123456789012:policy/portal/UsersPage')
const LONG = 'abcdefghij'.repeat(6)
const ADDRESSES = [
  '/dashboard',
  '/users',
  '/users/~create',
  '/users/alice',
  '/users/alice?tab=groups',
  '/users/alice?tab=tags',
  '/users/alice?tab=credentials',
  `/users/${LONG}.ops`,
  '/users/bob?tab=tags',
  '/users/bob/create-access-key',
  '/users/alice/rotate-access-key',
  '/users/nobody',
  '/groups',
  '/groups/engineers',
  '/roles',
  '/roles/create',
  '/roles/deploy',
  '/policies',
  '/policies/create',
  `/policies/${POLICY}`,
  `/policies/${POLICY}/edit`,
  '/simulator',
  '/simulator?principal=arn:aws:iam::123456789012:user/dev/alice&action=iam:UpdateAccessKey&resource=*',
  '/account',
  '/security-credentials',
  '/identities',
  '/identities/add',
  '/credential-report',
  '/audit',
  '/decisions/…',
]
const SIGNED_OUT = ['/sign-in', '/sign-in/123456789012', '/sign-in/~access-keys', '/sign-in/~access-keys/add']

const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  'wide, light, English': { viewport: { width: 1440, height: 900 }, colorScheme: 'light', locale: 'en-US' },
  'narrow, dark, Korean': { viewport: { width: 390, height: 844 }, colorScheme: 'dark', locale: 'ko-KR' },
}

test('every page of the console has an address here', () => {
  const visited = new Set([...ADDRESSES, ...SIGNED_OUT].map((address) => address.split(/[/?]/)[1]))
  const folders = readdirSync(PAGES, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map(({ name }) => name).filter((name) => !visited.has(name))).toEqual([])
})

describe.each(Object.entries(LOOKS))('%s', (_look, options) => {
  const signedIn = inOneWindow((address) => portal.openAs('root', address, options))
  const signedOut = inOneWindow((address) => portal.open(address, options))

  test.each(ADDRESSES)('%s is accessible, fits, and is reached by keyboard', async (address) => {
    await expectGood(await signedIn(address.replace('…', decision)))
  })

  test.each(SIGNED_OUT)('%s is accessible, fits, and is reached by keyboard', async (address) => {
    await expectGood(await signedOut(address))
  })
})

/** Goes to one address after the other in the window that was opened for the first. */
function inOneWindow(open: (address: string) => Promise<Page>): (address: string) => Promise<Page> {
  let page: Page | undefined
  return async (address) => {
    if (page === undefined) page = await open(address)
    else await page.goto(address)
    return page
  }
}

async function expectGood(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await expect
    .poll(async () => await page.locator('[class*="awsui_spinner"], [class*="awsui_loading"]').count())
    .toBe(0)
  await expectAccessible(page)
  await expectNotWider(page)
  await expectReachableByKeyboard(page)
}

/** Nothing makes the page scroll sideways; tables and code may, in a box of their own. */
async function expectNotWider(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(over, `pixels that ${page.url()} is too wide`).toBeLessThanOrEqual(0)
}
