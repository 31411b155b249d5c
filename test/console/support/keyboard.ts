import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** What can be operated, as assistive technology would list it. */
const OPERABLE = [
  'a[href]',
  'button:not([disabled])',
  'input:not([disabled]):not([type="hidden"])',
  'select:not([disabled])',
  'textarea:not([disabled])',
  '[role="button"]:not([aria-disabled="true"])',
].join(', ')

/** Of these one is reached by Tab, and the others from there by arrows (ARIA authoring practices, "Roving tabindex"). */
const COMPOSITE =
  '[role="tablist"], [role="radiogroup"], [role="menu"], [role="listbox"], [role="grid"], [role="toolbar"]'

/**
 * Walks the page by Tab until it comes round, and finds that everything that can be operated was on the way, that each stop
 * can be seen and shows that it has the focus, and that nothing holds the focus for good.
 */
export async function expectReachableByKeyboard(page: Page): Promise<void> {
  const count = await page.evaluate(markOperable, { operable: OPERABLE, composite: COMPOSITE })
  await page.evaluate(startAtTheTop)
  const visited = new Set<string>()
  const faults = new Set<string>()
  // Guards of focus and scrolling boxes are stops as well.
  for (let presses = 0; presses < 3 * count + 60; presses++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(readStop)
    if (stop === null) break
    if (stop.fault !== null) faults.add(stop.fault)
    for (const mark of stop.marks) visited.add(mark)
    if (presses > 3 * count + 58) faults.add('the focus never comes round')
  }
  const missed = await page.evaluate(readMissed, [...visited])
  expect([...faults, ...missed.map((name) => `not reached by Tab: ${name}`)], page.url()).toEqual([])
}

function markOperable({ operable, composite }: { operable: string; composite: string }): number {
  let number = 0
  for (const element of document.querySelectorAll<HTMLElement>(operable)) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue
    // Copies that only measure, and what a chart offers to arrows.
    if (element.closest('[inert], [aria-hidden="true"], [aria-disabled="true"], svg') !== null) continue
    const group = element.closest(composite)
    // In a group the stop of the group stands for all that are in it.
    const marked = group ?? element
    if (!marked.hasAttribute('data-operable')) marked.setAttribute('data-operable', String(number++))
  }
  return number
}

function startAtTheTop(): void {
  const start = document.createElement('a')
  start.href = '#'
  document.body.prepend(start)
  start.focus()
  start.remove()
}

function readStop(): { marks: string[]; fault: string | null } | null {
  const focused = document.activeElement
  if (focused === null || focused === document.body) return null
  const marks: string[] = []
  for (let at: Element | null = focused; at !== null; at = at.parentElement) {
    const mark = at.getAttribute('data-operable')
    if (mark !== null) marks.push(mark)
  }
  const name = `${focused.tagName.toLowerCase()} "${focused.getAttribute('aria-label') ?? focused.textContent ?? ''}"`
  const { width, height } = focused.getBoundingClientRect()
  const guard = focused.textContent === '' && focused.matches('div')
  return { marks, fault: width * height > 0 || guard ? null : `a stop that nobody sees: ${name}` }
}

function readMissed(visited: string[]): string[] {
  const reached = new Set(visited)
  return Array.from(document.querySelectorAll('[data-operable]'))
    .filter((element) => !reached.has(element.getAttribute('data-operable') ?? ''))
    .map((element) => `${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? element.textContent}`)
}

/** Presses Tab, from wherever the focus is, until it is on the target. Waits until that can be operated: some wait for permissions. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect.poll(async () => await target.isEnabled(), { message: `${target.toString()} is enabled` }).toBe(true)
  for (let presses = 0; presses < 120; presses++) {
    if (await target.evaluate((element) => element.contains(document.activeElement))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${target.toString()}`)
}

/** Goes there by Tab and presses Enter. */
export async function enter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}
