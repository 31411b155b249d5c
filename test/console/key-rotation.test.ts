import { expect, test } from 'vitest'
import { accessKeys } from './pages/access-keys.ts'
import { createAccessKeyPage } from './pages/create-access-key.ts'
import { keyRotation } from './pages/key-rotation.ts'
import { shell } from './pages/shell.ts'
import { MANAGE_OWN_KEYS } from './policies.ts'
import { expectForgotten, recordAnswers } from './support/forgotten.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()
const GUIDE = '/security-credentials/rotate-access-key'

async function openGuide(name: string) {
  await portal.createPerson({ name, policies: { MANAGE_OWN_KEYS } })
  const old = await portal.createKey(name)
  portal.served.clock.advance(60_000)
  const page = await portal.openAs(name, GUIDE)
  return { page, guide: keyRotation(page), old }
}

test('C15: the secret of a key that is made in the rotation guide is in no page, address, history, store or later answer', async () => {
  const { page, guide } = await openGuide('rosa')
  await page.goto('/security-credentials')
  await page.getByRole('button', { name: 'Rotate access key' }).click()
  const { accessKeyId, secretAccessKey } = await guide.makeKey()
  const answers = recordAnswers(page)
  await createAccessKeyPage(page).done.click()
  await guide.step(1).getByText(`The new key: ${accessKeyId} (Active)`).waitFor()
  await guide.back.click()
  await shell(page).isAt('My security credentials')
  await expectForgotten(page, secretAccessKey, answers, () => shell(page).heading.waitFor())
})

test('C34, C37: a rotation that is left in the middle goes on where it was, also in another window', async () => {
  const { page, guide, old } = await openGuide('sami')
  await guide.makeKey()
  await createAccessKeyPage(page).done.click()
  await guide.moved.check()
  await guide.is(3, 'current')
  await page.reload()
  await guide.is(2, 'done')
  await expect.poll(async () => await guide.moved.isChecked()).toBe(true)

  await guide.deactivate()
  await guide.nothingFailed.check()
  await page.goto('/dashboard')
  const other = await page.context().newPage()
  await other.goto(GUIDE)
  await keyRotation(other).is(6, 'current')
  // Something failed after all: every window goes back to step 3.
  await page.bringToFront()
  await page.goto(GUIDE)
  await guide.is(6, 'current')
  await other.bringToFront()
  await keyRotation(other).reactivate()
  await page.bringToFront()
  await guide.lookAgain.click()
  await guide.is(3, 'current')
  await guide.deactivate()
  await expect.poll(async () => await guide.nothingFailed.isChecked()).toBe(false)
  await guide.nothingFailed.check()
  await guide.remove(old.accessKeyId)
  await guide.finished.waitFor()
  await expect
    .poll(async () => await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('rotation'))))
    .toEqual([])
})

test('C34: which key is the old one is remembered for each pair of keys, and the other begins from nothing', async () => {
  const { page, guide, old } = await openGuide('tilo')
  const { accessKeyId } = await guide.makeKey()
  await createAccessKeyPage(page).done.click()
  await guide.moved.check()
  await page.getByRole('radio', { name: accessKeyId }).check()
  await guide.is(2, 'current')
  await page.reload()
  await guide.step(3).getByText(accessKeyId).waitFor()
  await expect.poll(async () => await page.getByRole('radio', { name: accessKeyId }).isChecked()).toBe(true)
  await expect.poll(async () => await guide.moved.isChecked()).toBe(false)
  const kept = await page.evaluate(() => JSON.stringify(localStorage))
  expect(kept).toContain(accessKeyId)
  expect(kept).toContain(old.accessKeyId)
})

test('C33: the guide leads back to the keys, which it changed', async () => {
  const { page, guide, old } = await openGuide('uli')
  const { accessKeyId } = await guide.makeKey()
  await createAccessKeyPage(page).done.click()
  await guide.back.click()
  expect((await accessKeys(page).ids()).toSorted()).toEqual([accessKeyId, old.accessKeyId].toSorted())
})
