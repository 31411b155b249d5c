// npm run check: everything that must hold before a change is done. Runs every step, then says what failed.
//   --static   without the tests
import { spawnSync } from 'node:child_process'
import path from 'node:path'

process.chdir(path.join(import.meta.dirname, '..'))

const STEPS = [
  ['Prisma client is generated', 'prisma generate'],
  ['types', 'tsc -p tsconfig.json --noEmit'],
  ['types of the console', 'tsc -p src/console/tsconfig.json --noEmit'],
  ['formatting', 'biome format .'],
  ['lint', 'oxlint --type-aware --deny-warnings'],
  ['unused files, exports and dependencies', 'knip'],
  [
    'schema.graphql, the permission table and the console’s documents are those of the code',
    'tsx scripts/generate.ts --check',
  ],
  ['migrations reach schema.prisma', 'tsx scripts/migrate.ts diff'],
  ['build', 'node scripts/build.mjs'],
  ['the README does what it says', 'tsx scripts/readme.ts'],
  // The same requests each time, so that a failure is one of the code. How long a pause may be is asked of `npm run adversary` on a
  // machine that does nothing else; here it only has to end.
  ['hostile callers get nowhere', 'tsx test/adversary/run.ts --seconds 15 --seed 11 --pause 15000'],
]
const TESTS = ['tests', 'vitest run']

const steps = process.argv.includes('--static') ? STEPS : [...STEPS, TESTS]
const failed = steps.filter(([name, command]) => !passes(name, command)).map(([name]) => name)
if (failed.length > 0) {
  console.error(`\n${failed.length} of ${steps.length} checks failed: ${failed.join(', ')}`)
  process.exit(1)
}
console.log(`\nall ${steps.length} checks passed`)

/** Prints one line for a step that passes; what it wrote only when it fails, except for the tests, which are watched. */
function passes(name, command) {
  const watched = command === TESTS[1]
  const started = Date.now()
  const { status, stdout, stderr, error } = spawnSync(command, {
    shell: true,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: watched ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
  })
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  const passed = status === 0 && !error
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  // What a step could not do on this machine is said, too.
  if (passed && !watched) for (const line of stdout.match(/^left out: .*/gm) ?? []) console.log(`       ${line}`)
  if (!passed && !watched) console.log(`${stdout ?? ''}${stderr ?? ''}${error ?? ''}`.trimEnd())
  return passed
}
