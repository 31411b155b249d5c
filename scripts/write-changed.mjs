import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Leaves a file alone that says so already: two may build at once, and one of them may have started what was built. */
export function writeChanged(file, content) {
  if (existsSync(file) && readFileSync(file, 'utf8') === String(content)) return
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, content)
}
