#!/usr/bin/env node
// What somebody waits for on the users page of the console when they search in an account of 100 users, and in one of 100,000:
// real Chromium, all columns shown, from the last key to the row on the screen. Prints a Markdown table. PostgreSQL.
//
//   BENCH_DATABASE_URL=… node scale/users-page.mjs [--searches 40]
//
// BENCH_DATABASE_URL names a database of its own, which is EMPTIED. The field waits 200 ms for the next key before it searches;
// "answer" is the time of the request alone, as the browser saw it. "shown" is coarse: the page is looked at every 100 ms or so.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { Client } from 'pg'
import { build } from '../../scripts/build.mjs'

const { values } = parseArgs({ options: { searches: { type: 'string', default: '40' } } })
const searches = Number(values.searches)
const databaseUrl = process.env.BENCH_DATABASE_URL
if (!databaseUrl) throw new Error('BENCH_DATABASE_URL must name a PostgreSQL database that may be emptied')

// What follows is imported from dist.
await build()
const { startServer } = await import('../http/servers.mjs')
const { ACCOUNT_ID, accessKeyId, CALLER, seed, SIZES, userName } = await import('./seed.mjs')

const COLUMNS = ['path', 'groups', 'lastSignIn', 'mfa', 'passwordAge', 'accessKeyId', 'accessKeyAge', 'created']
/** The audit trail is on another page. */
const FEW_EVENTS = 5_000
const WARM_UP = 5

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]

async function openUsersPage(browser, port, password) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-US' })
  await page.addInitScript(
    (columns) => localStorage.setItem('latchkey.users-table', JSON.stringify({ columns, pageSize: 50 })),
    COLUMNS,
  )
  await page.goto(`http://127.0.0.1:${port}/sign-in/${ACCOUNT_ID}`)
  await page.getByLabel('IAM user name').fill(CALLER)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor()
  const start = performance.now()
  await page.goto(`http://127.0.0.1:${port}/users`)
  await page.locator('tbody').getByText(userName(1), { exact: true }).waitFor()
  return { page, opened: performance.now() - start }
}

/** The n-th search: a part of a name that one user has, or a key id; the user that it finds is another one each time. */
async function search(page, text, found) {
  const answers = []
  const listen = (request) => {
    if (request.postData()?.includes(text)) answers.push(request.timing().responseEnd)
  }
  page.on('requestfinished', listen)
  const start = performance.now()
  await page.getByRole('searchbox').first().fill(text)
  await page.locator('tbody tr').nth(1).waitFor({ state: 'detached' })
  await page.locator('tbody').getByText(found, { exact: true }).waitFor()
  const shown = performance.now() - start
  page.off('requestfinished', listen)
  if (answers.length === 0) throw new Error(`no request asked for ${text}`)
  await page.getByRole('searchbox').first().fill('')
  await page.locator('tbody tr').nth(1).waitFor()
  return { shown, answer: answers[0] }
}

async function measure(size, browser, workDir, masterKey) {
  process.stderr.write(`${size.users} users: filling the database\n`)
  const password = await seed({ databaseUrl, dataDir: workDir, masterKey, size })
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const server = await startServer({ kind: 'latchkey', workDir, dataDir: workDir, databaseUrl, masterKey })
  try {
    const { page, opened } = await openUsersPage(browser, server.port, password)
    const kinds = {
      'a part of a name': async (n) => userName(n).slice(2),
      'an access key id': (n) => accessKeyId(client, n),
    }
    const rows = { 'opening the page': { shown: opened, answer: null } }
    for (const [title, text] of Object.entries(kinds)) {
      const taken = []
      for (let n = 0; n < searches + WARM_UP; n++) {
        const user = 1 + ((n * 7919) % size.users)
        const times = await search(page, await text(user), userName(user))
        if (n >= WARM_UP) taken.push(times)
      }
      rows[title] = {
        shown: median(taken.map(({ shown }) => shown)),
        answer: median(taken.map(({ answer }) => answer)),
      }
      process.stderr.write(`${size.users} users: ${title}: ${rows[title].shown.toFixed(0)} ms\n`)
    }
    await page.close()
    return rows
  } finally {
    await server.stop()
    await client.end()
  }
}

const workDir = mkdtempSync(path.join(tmpdir(), 'latchkey-users-page-'))
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
const masterKey = randomBytes(32).toString('base64')
const results = []
try {
  for (const size of [SIZES.small, { ...SIZES.full, events: FEW_EVENTS }])
    results.push({ size, rows: await measure(size, browser, workDir, masterKey) })
} finally {
  await browser.close()
  rmSync(workDir, { recursive: true, force: true })
}

const [small, full] = results
const ms = (time) => (time === null ? '-' : time.toFixed(1))
process.stdout.write(`
Users page, ${COLUMNS.length} columns, 50 users a page, ${searches} searches of each kind, medians in milliseconds; Node ${process.versions.node}.

| search | ${results.map(({ size }) => `${size.users.toLocaleString('en')} users: shown | answer`).join(' | ')} | shown to shown |
|---|---:|---:|---:|---:|---:|
${Object.keys(small.rows)
  .map((title) => {
    const cells = results.map(({ rows }) => `${ms(rows[title].shown)} | ${ms(rows[title].answer)}`)
    return `| ${title} | ${cells.join(' | ')} | ${(full.rows[title].shown / small.rows[title].shown).toFixed(2)} |\n`
  })
  .join('')}`)
