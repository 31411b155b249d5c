import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** One fenced block of a document. */
export interface Block {
  /** Relative to the folder of the documents: `README.md`. */
  readonly file: string
  /** The line of the opening fence, counted from 1. */
  readonly line: number
  /** The word after the fence; empty when there is none. */
  readonly language: string
  /** What is between the fences, without the indentation of a list. Ends with a line feed unless it is empty. */
  readonly text: string
}

/**
 * The pages that are one story over one server, in the order in which they are done. The first tells who is there. MFA comes before
 * the rotation, which ends the key that it signs with; the leaked key is the newest one of the pages before; the last starts a server
 * in the place of the one that all others talk to.
 */
const STORY = [
  'README.md',
  'docs/mfa-and-roles.md',
  'docs/identity-providers.md',
  'docs/guide.md',
  'docs/aws-cli.md',
  'docs/leaked-key.md',
  'docs/deployment.md',
]

/** Every page at the top of the checkout and in `docs/`: those of the story first, then those that need no server. */
export function documents(root: string): string[] {
  const pages = ['', 'docs'].flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => path.posix.join(folder, name)),
  )
  const lost = STORY.filter((page) => !pages.includes(page))
  if (lost.length > 0) throw new Error(`the story has pages that are not there: ${lost.join(', ')}`)
  return [...STORY, ...pages.filter((page) => !STORY.includes(page)).toSorted()]
}

/** The fenced blocks of one document. An opening fence without its end is an error: the rest would be read by nobody. */
export function blocksOf(root: string, file: string): Block[] {
  const blocks: Block[] = []
  let open: { line: number; indent: string; language: string; lines: string[] } | null = null
  for (const [index, line] of readFileSync(path.join(root, file), 'utf8').split('\n').entries()) {
    const fence = /^(\s*)```(\S*)/.exec(line)
    if (open === null) {
      if (fence) open = { line: index + 1, indent: fence[1] ?? '', language: fence[2] ?? '', lines: [] }
    } else if (fence) {
      blocks.push({ file, line: open.line, language: open.language, text: textOf(open.lines) })
      open = null
    } else open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line.trimStart())
  }
  if (open !== null) throw new Error(`${file}:${open.line}: the block has no end`)
  return blocks
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}
