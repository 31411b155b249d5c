import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** The shell first: it draws pages as the whole browser does, in half the time, as it has no windows of its own to draw. */
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Nothing that would ask another host for anything by itself, and no process that nobody looks at. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // No process is started in advance for a page that may never come. Each context still has one of its own.
  '--renderer-process-limit=1',
]

/** The installed Chromium or Chrome, without a window. Throws when there is none. */
export async function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? PLACES.find((place) => existsSync(place))
  if (executablePath === undefined)
    throw new Error(
      'The tests of the console need Chromium: install it (apt-get install chromium-headless-shell) or set CHROMIUM_PATH.',
    )
  return await chromium.launch({ executablePath, headless: true, args: [...QUIET, ...flags] })
}
