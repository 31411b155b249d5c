import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

/** Windows that are kept between tests; one more costs its process whether it is used or not. */
const KEPT = 3
/** What tests listen to. Playwright listens to other events of a page itself. */
const LISTENED = ['request', 'requestfinished', 'response', 'dialog', 'download', 'popup'] as const

export interface WindowOptions extends BrowserContextOptions {
  /** Nobody used the window before, and nobody does afterwards: for a first visit, or for scripts that stay with a window. */
  readonly apart?: boolean
}

interface Window {
  readonly context: BrowserContext
  readonly page: Page
  /** Tells windows of other options apart. */
  readonly kind: string
}

export interface WindowParts {
  readonly browser: () => Browser
  readonly origin: () => string
  /** Does with a new one what is done once. */
  readonly prepare: (context: BrowserContext) => void
}

/**
 * Browser windows, each with cookies and stores of its own. After a test they are emptied and kept, because a page that its process
 * has shown before takes a third of the time that it takes a new one, which compiles everything again.
 */
export function createWindows({ browser, origin, prepare }: WindowParts) {
  let kept: Window[] = []
  let used: Window[] = []

  async function open({ apart = false, ...options }: WindowOptions): Promise<Window> {
    const kind = apart ? 'apart' : JSON.stringify(options)
    const same = apart ? undefined : kept.find((window) => window.kind === kind)
    const window = same ?? (await create(kind, options))
    kept = kept.filter((other) => other !== window)
    used.push(window)
    return window
  }

  async function create(kind: string, options: BrowserContextOptions): Promise<Window> {
    const context = await browser().newContext(options)
    context.setDefaultTimeout(20_000)
    prepare(context)
    return { context, page: await context.newPage(), kind }
  }

  /** As it was when it was new; false when it cannot be used again. */
  async function empty({ context, page, kind }: Window): Promise<boolean> {
    if (kind === 'apart' || page.isClosed()) return false
    const others = context.pages().filter((other) => other !== page)
    await Promise.all(others.map((other) => other.close()))
    for (const event of LISTENED) page.removeAllListeners(event)
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    if (page.url().startsWith(origin())) await page.evaluate(() => sessionStorage.clear())
    await page.goto('about:blank')
    await context.clearCookies()
    const session = await context.newCDPSession(page)
    await session.send('Storage.clearDataForOrigin', { origin: origin(), storageTypes: 'all' })
    await session.detach()
    return true
  }

  async function putBack(window: Window): Promise<void> {
    const usable = await empty(window).catch(() => false)
    if (usable) kept.unshift(window)
    else await window.context.close()
  }

  return {
    open,
    pages: () => used.flatMap(({ context }) => context.pages()),
    /** The test that used them is over. */
    async putAllBack(): Promise<void> {
      const all = used
      used = []
      await Promise.all(all.map(putBack))
      await Promise.all(kept.splice(KEPT).map(({ context }) => context.close()))
    },
  }
}
