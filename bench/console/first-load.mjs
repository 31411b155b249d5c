#!/usr/bin/env node
// What a browser that was never there before asks for when it opens a page of the console, or GraphiQL, and how much of the page
// moves while it comes. Real Chromium, an embedded server, a network of 40 ms and 10 Mbit/s. Prints a Markdown table.
//
//   node console/first-load.mjs [--pages users,roles] [--shots folder]
//
// Bytes are what went over the wire, headers included, as the browser counted it. CLS is the sum of all layout shifts, which is as
// much as the largest of their windows, or more. With `--shots`, a picture of each page is written there.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build } from '../../scripts/build.mjs'

const { values } = parseArgs({ options: { pages: { type: 'string' }, shots: { type: 'string' } } })

// What follows is imported from dist, or stands on it.
await build()
const { startServer } = await import('../http/servers.mjs')
const { launchBrowser, measurePage } = await import('./browser.mjs')
const { ADDRESSES, fillAccount, ROOT, SIGNED_OUT } = await import('./account.mjs')

const wanted = ({ address }) => !values.pages || values.pages.split(',').some((part) => address.includes(part))

const workDir = mkdtempSync(path.join(tmpdir(), 'latchkey-first-load-'))
const browser = await launchBrowser()
const server = await startServer({
  kind: 'latchkey',
  workDir,
  dataDir: workDir,
  environment: { LATCHKEY_ROOT_EMAIL: ROOT.rootEmail, LATCHKEY_ROOT_PASSWORD: ROOT.password },
})
const origin = `http://127.0.0.1:${server.port}`
const rows = []
try {
  if (values.shots) mkdirSync(values.shots, { recursive: true })
  const cookie = await fillAccount(origin)
  const pages = [
    ...SIGNED_OUT.map((address) => ({ address })),
    ...ADDRESSES.map((address) => ({ address, cookie })),
    { address: '/graphql', cookie },
  ].filter(wanted)
  for (const page of pages) {
    const shot = values.shots && path.join(values.shots, `${page.address.replaceAll(/[^a-z~-]+/gi, '_').slice(1)}.png`)
    rows.push({ address: page.address, ...(await measurePage(browser, { ...page, origin, shot })) })
    process.stderr.write(`${page.address}\n`)
  }
} finally {
  await browser.close()
  await server.stop()
  rmSync(workDir, { recursive: true, force: true })
}

const kB = (bytes) => (bytes / 1000).toFixed(1)
const lines = rows.map(({ address, requests, script, style, script_style, other, all, cls }) => {
  const cells = [requests, kB(script), kB(style), kB(script_style), kB(other), kB(all), cls.toFixed(3)]
  return `| ${address.replaceAll('|', '\\|')} | ${cells.join(' | ')} |\n`
})
process.stdout.write(`
First load of a page, nothing in the cache, 40 ms and 10 Mbit/s; kB over the wire, compressed; Chromium ${browser.version()}.

| page | requests | script | style | script and style | others | all | CLS |
|---|---:|---:|---:|---:|---:|---:|---:|
${lines.join('')}`)
