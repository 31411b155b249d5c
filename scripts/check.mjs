// npm run check: everything that must hold before a change is done. Runs every step, then says what failed.
//   --static   without the tests
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

process.chdir(path.join(import.meta.dirname, '..'))

const STEPS = [
  ['what Prisma and the console generate is there', 'prisma generate && tsx scripts/generate-console.ts'],
  ['types', 'tsc -p tsconfig.json --noEmit'],
  ['types of the console', 'tsc -p src/console/tsconfig.json --noEmit'],
  ['formatting', 'biome format .'],
  ['lint', 'oxlint --type-aware --deny-warnings'],
  ['unused files, exports and dependencies', 'knip'],
  ['schema.graphql and the permission table are those of the code', 'tsx scripts/generate.ts --check'],
  ['migrations reach schema.prisma', 'tsx scripts/migrate-diff.ts'],
  ['build', 'node scripts/build.mjs'],
]
/** Works in a checkout of its own, and mostly waits: beside the others. */
const README = ['README and docs do what they say', 'tsx scripts/readme.ts']
// The same requests each time, so that a failure is one of the code. How long a pause may be is asked of `npm run adversary` on a
// machine that does nothing else (250 ms); here there is room for noise, and none for seconds.
const ADVERSARY = ['hostile callers get nowhere', 'tsx test/adversary/run.ts --seconds 15 --seed 11 --pause 2500']
const TESTS = ['tests', 'vitest run']

const failed = []
const [first, ...others] = STEPS
// What the others need.
await inTurn([first])
await Promise.all([inTurn(others), inTurn([README])])
// Alone, since it looks at how long the server keeps others waiting.
await inTurn([ADVERSARY])
if (!process.argv.includes('--static')) await inTurn([TESTS])
const count = STEPS.length + 2 + (process.argv.includes('--static') ? 0 : 1)
if (failed.length > 0) {
  console.error(`\n${failed.length} of ${count} checks failed: ${failed.join(', ')}`)
  process.exit(1)
}
console.log(`\nall ${count} checks passed`)

async function inTurn(steps) {
  for (const [name, command] of steps) if (!(await passes(name, command))) failed.push(name)
}

/** Prints one line for a step that passes; what it wrote only when it fails, except for the tests, which are watched. */
async function passes(name, command) {
  const watched = command === TESTS[1]
  const started = Date.now()
  const child = spawn(command, {
    shell: true,
    stdio: watched ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
  })
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text))
  const [status] = await once(child, 'close')
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  const passed = status === 0
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  // What a step could not do on this machine is said, too.
  if (passed) for (const line of stdout.match(/^left out: .*/gm) ?? []) console.log(`       ${line}`)
  else console.log(`${stdout}${stderr}`.trimEnd())
  return passed
}
