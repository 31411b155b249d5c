import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { SLOW_TESTS } from './scripts/slow-tests.mjs'

/** What would do the same with PostgreSQL as without: it has no database, or an embedded one of its own. */
const ONCE = [
  'test/automation/**',
  // A policy decides the same whatever it was read from.
  'test/access/stolen-key.test.ts',
  'test/budget/hostile-callers.test.ts',
  'test/command/bad-days.test.ts',
  'test/command/doctor.test.ts',
  'test/command/help.test.ts',
  // And a browser is slow.
  'test/console/**',
  // Each command is a program that starts; what it makes of an answer has nothing to do with the database.
  'test/contract/aws-cli.test.ts',
  // Recordings are equal on both databases; once is what the time of CI allows.
  'test/corpus/**',
  'test/deploy/**',
  'test/policy/**',
  'test/durability/lost-disk.test.ts',
  'test/durability/partial-restore.test.ts',
  'test/durability/tls.test.ts',
  'test/durability/traces.test.ts',
  'test/iam/recovery/commands.test.ts',
  'test/main.test.ts',
  'test/store/open-embedded.test.ts',
  'test/store/rotate-keys.test.ts',
]

/**
 * What takes a minute and more, longest first. It begins before everything else: vitest begins with what is large, and a short file
 * that takes long would come last and keep the other cores waiting.
 */
const LONGEST = [
  'test/deploy/container.test.ts',
  'test/automation/terraform.test.ts',
  'test/console/every-page.test.ts',
  'test/console/simulator.test.ts',
  'test/durability/kill.test.ts',
  'test/console/users.test.ts',
  'test/contract/aws-cli.test.ts',
  'test/contract/fuzz.test.ts',
  'test/durability/console.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- vitest's method of that name, which returns another list
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const found = LONGEST.findIndex((file) => moduleId.endsWith(`/${file}`))
  return found < 0 ? LONGEST.length : found
}

const SLOW = SLOW_TESTS.map(({ files }) => files)
const LEFT_OUT = process.env.TEST_DATABASE_URL === undefined ? [] : ONCE

export default defineConfig({
  // Vite would pick graphql's `module` build for our sources while node_modules get the CommonJS one: two realms.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    // `npm test` runs the first, which is what a change needs while it is made; without a choice both run.
    projects: [
      { extends: true, test: { name: 'quick', include: ['test/**/*.test.ts'], exclude: [...SLOW, ...LEFT_OUT] } },
      { extends: true, test: { name: 'slow', include: SLOW, exclude: LEFT_OUT } },
    ],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is shown follows what was done, on a busy machine late.
    expect: { poll: { timeout: 10_000 } },
    coverage: { provider: 'v8', include: ['src/**'], exclude: ['src/generated/**'], reporter: ['text-summary'] },
  },
})
