import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What the API answers the page from now on. */
export function recordAnswers(page: Page): readonly string[] {
  const answers: string[] = []
  const note = (text: string) => void answers.push(text)
  page.on('response', (response) => void response.text().then(note, () => undefined))
  return answers
}

/**
 * The secret is nowhere any more: not on the page, nor in its address, state, stores and caches, here and after going back, going
 * forward and loading the page anew, nor in what the API answered meanwhile.
 *
 * @param shown resolves once the page has its heading again
 */
export async function expectForgotten(
  page: Page,
  secret: string,
  answers: readonly string[],
  shown: () => Promise<void>,
): Promise<void> {
  expect(secret).toMatch(/^[A-Za-z0-9/+]{40,44}$/)
  const ways = [async () => {}, () => page.goBack(), () => page.goForward(), () => page.reload()]
  for (const go of ways) {
    await go()
    await shown()
    const kept = await page.evaluate(async () => ({
      page: document.documentElement.outerHTML,
      fields: [...document.querySelectorAll('input, textarea')].map((field) => 'value' in field && field.value),
      address: location.href,
      window: window.name,
      state: JSON.stringify(history.state),
      local: JSON.stringify(localStorage),
      session: JSON.stringify(sessionStorage),
      caches: await caches.keys(),
      databases: await indexedDB.databases(),
    }))
    expect(JSON.stringify([kept, await page.context().cookies(), answers])).not.toContain(secret)
    expect([kept.caches, kept.databases]).toEqual([[], []])
  }
}
