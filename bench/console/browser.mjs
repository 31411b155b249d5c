// A browser that counts what it loads.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const PLACES = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser']
const NETWORK = { offline: false, latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 1_250_000 }
/** Nothing is on its way, and nothing has moved, for so long: the page is there. */
const QUIET_MS = 1500

export async function launchBrowser() {
  const executablePath = process.env.CHROMIUM_PATH ?? PLACES.find((place) => existsSync(place))
  return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
}

/** Opens the address in a window that knows nothing, and waits until nothing more comes. */
export async function measurePage(browser, { origin, address, cookie, shot }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' })
  try {
    if (cookie) await context.addCookies([{ ...cookie, url: origin, httpOnly: true, sameSite: 'Strict' }])
    await context.addInitScript(watchShifts)
    const page = await context.newPage()
    const traffic = await countTraffic(context, page)
    await page.goto(origin + address, { waitUntil: 'load' })
    await traffic.quiet()
    const shifts = await page.evaluate(() => globalThis.layoutShifts)
    if (process.env.SHOW_SHIFTS) process.stderr.write(`${JSON.stringify(shifts, null, 1)}\n`)
    if (shot) await page.screenshot({ path: shot })
    return { ...traffic.sums(), cls: shifts.reduce((sum, { value }) => sum + value, 0) }
  } finally {
    await context.close()
  }
}

/** Runs in the page. */
function watchShifts() {
  globalThis.layoutShifts = []
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue
      const moved = entry.sources.map(({ node, previousRect, currentRect }) => {
        const text = `${node?.nodeName} ${String(node?.className).slice(0, 60)} ${node?.textContent?.slice(0, 30)}`
        return `${text}: ${[previousRect, currentRect].map(({ x, y, width, height }) => [x, y, width, height].join(' ')).join(' -> ')}`
      })
      globalThis.layoutShifts.push({ value: entry.value, at: Math.round(entry.startTime), moved })
    }
  }).observe({ type: 'layout-shift', buffered: true })
}

async function countTraffic(context, page) {
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', NETWORK)
  const requests = new Map()
  let last = performance.now()
  const note = (id, facts) => {
    last = performance.now()
    requests.set(id, { ...requests.get(id), ...facts })
  }
  session.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    // What is in the page itself, as a data: or blob: address, is no request.
    if (request.url.startsWith('http')) note(requestId, { type, url: request.url, running: true })
  })
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (!requests.has(requestId)) return
    const stream = response.mimeType === 'text/event-stream'
    note(requestId, { type, running: !stream && requests.get(requestId).running })
  })
  const done = ({ requestId, encodedDataLength = 0 }) => {
    if (requests.has(requestId)) note(requestId, { bytes: encodedDataLength, running: false })
  }
  session.on('Network.loadingFinished', done)
  session.on('Network.loadingFailed', done)
  const running = () => [...requests.values()].some((request) => request.running)
  return {
    async quiet() {
      while (running() || performance.now() - last < QUIET_MS) await new Promise((resolve) => setTimeout(resolve, 50))
    },
    sums() {
      const all = [...requests.values()]
      const sumOf = (types) =>
        all.filter(({ type }) => types.includes(type)).reduce((sum, { bytes = 0 }) => sum + bytes, 0)
      const [script, style] = [sumOf(['Script']), sumOf(['Stylesheet'])]
      const bytes = all.reduce((sum, request) => sum + (request.bytes ?? 0), 0)
      return {
        requests: all.length,
        script,
        style,
        script_style: script + style,
        other: bytes - script - style,
        all: bytes,
      }
    },
  }
}
