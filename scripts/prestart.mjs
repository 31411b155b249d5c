// Before `npm start`: builds when the sources are newer than dist, e.g. after `git pull`.
import { existsSync } from 'node:fs'
import { build } from './build.mjs'

if (existsSync('node_modules/typescript')) await build()
else if (!existsSync('dist/main.js')) {
  console.error('There is no dist/main.js and no compiler to make it: run `npm ci && npm run build` first.')
  process.exit(1)
}
