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

/** The README and every document of `docs/`, in the order in which somebody reads them. */
export function documents(root: string): string[] {
  const docs = readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md'))
  return ['README.md', ...docs.toSorted().map((name) => path.join('docs', name))]
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
