// The tests that `npm test` leaves out, so that it takes minutes, and why; `npm run test:slow` runs them, and `.ci/run` does.
// Run as a program it prints them.
import { pathToFileURL } from 'node:url'

/** Patterns of files, and what takes the time. */
export const SLOW_TESTS = [
  { files: 'test/console/**/*.test.ts', why: 'open every page of the console in a browser' },
  { files: 'test/durability/**/*.test.ts', why: 'start servers as processes, kill them, and take their database away' },
  { files: 'test/deploy/**/*.test.ts', why: 'build the image and run it, and check the systemd unit' },
  { files: 'test/command/**/*.test.ts', why: 'run the latchkey command, backup and restore included, as processes' },
  { files: 'test/main.test.ts', why: 'start and stop the program' },
  { files: 'test/contract/aws-cli.test.ts', why: 'run the aws CLI, which takes a second a command' },
  { files: 'test/automation/**/*.test.ts', why: 'run Terraform, Ansible and aws-nuke, where they are installed' },
  { files: 'test/contract/graphql-fuzz.test.ts', why: 'ask for hundreds of documents at random' },
  { files: 'test/aws-query/starting.test.ts', why: 'let SDKs wait for a server that starts' },
]

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log('\nNot among these tests, because they take long (npm run test:slow runs them):')
  for (const { files, why } of SLOW_TESTS) console.log(`  ${files}: ${why}`)
}
