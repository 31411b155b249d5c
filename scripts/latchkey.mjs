// The latchkey command of a checkout, for `npm start` and its kin: builds when the sources are newer than dist, e.g. after
// `git pull`, and goes on in this process, so that signals need no passing on. `migrate diff` compares sources, and stays outside.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const ROOT = path.join(import.meta.dirname, '..')
const COMMAND = path.join(ROOT, 'dist/command/latchkey.js')
const args = process.argv.slice(2)

if (args[0] === 'migrate' && args[1] === 'diff') {
  const diff = ['--import', 'tsx', 'scripts/migrate-diff.ts', ...args.slice(2)]
  const { status } = spawnSync(process.execPath, diff, { cwd: ROOT, stdio: 'inherit' })
  process.exit(status ?? 1)
}
const folder = process.cwd()
if (existsSync(path.join(ROOT, 'node_modules/typescript'))) {
  const { build } = await import('./build.mjs')
  await build()
  process.chdir(folder)
}
if (!existsSync(COMMAND)) {
  console.error('There is no dist and no compiler to make it: run `npm ci && npm run build` first.')
  process.exit(1)
}
await import(pathToFileURL(COMMAND).href)
