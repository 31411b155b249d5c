/**
 * npx tsx scripts/readme.ts   does what README and docs say, block after block, in a fresh checkout against a server of its own
 *
 * Prints a line per block: done, left out (with the reason), or failed (with what is wrong). Exit code 1 when any failed.
 * With TEST_DATABASE_URL the chapter on PostgreSQL is done as well. With REQUIRE_AWS_TOOLS=1 a missing aws CLI or boto3 fails.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Block, blocksOf, documents } from './readme/blocks.ts'
import { freshCheckout } from './readme/checkout.ts'
import { LeftOut } from './readme/left-out.ts'
import { staleRows } from './readme/rules.ts'
import { freePort } from './readme/server.ts'
import { Tools } from './readme/tools.ts'
import { Tour } from './readme/tour.ts'

const ROOT = path.join(import.meta.dirname, '..')
/** Characters: what follows a server that did not start would fill the screen. */
const LONGEST_REASON = 2000

const scratch = mkdtempSync(path.join(os.tmpdir(), 'latchkey-readme-'))
const folder = path.join(scratch, 'latchkey')

const blocks = documents(ROOT).flatMap((file) => blocksOf(ROOT, file))
const failures = staleRows(blocks)
for (const failure of failures) console.log(`failed: ${failure}`)

mkdirSync(folder)
freshCheckout(ROOT, folder)
const tour = new Tour({
  folder,
  scratch,
  port: await freePort(),
  tools: new Tools({ required: process.env.REQUIRE_AWS_TOOLS === '1', scratch }),
  text: readFileSync(path.join(ROOT, 'README.md'), 'utf8'),
  postgresqlUrl: process.env.TEST_DATABASE_URL ?? null,
})
// What the blocks started is in groups of its own, which a signal to this process does not reach.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void tour.end().finally(() => {
      rmSync(scratch, { recursive: true, force: true })
      process.exit(1)
    })
  })
try {
  for (const block of blocks) if (!(await visit(block))) failures.push(block.file)
} finally {
  await tour.end()
  rmSync(scratch, { recursive: true, force: true })
}
console.log(`${blocks.length} blocks, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0

/** Whether the block does what it says, or says why it is left out. */
async function visit(block: Block): Promise<boolean> {
  const name = `${block.file}:${block.line} ${block.language}`.trimEnd()
  try {
    await tour.visit(block)
    console.log(`done: ${name}`)
    return true
  } catch (error) {
    const leftOut = error instanceof LeftOut
    const reason = error instanceof Error ? error.message : String(error)
    console.log(`${leftOut ? 'left out' : 'failed'}: ${name}: ${reason.slice(0, LONGEST_REASON)}`)
    return leftOut
  }
}
