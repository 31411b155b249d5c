import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const ROOT = path.join(import.meta.dirname, '../..')
/** Folders whose files may name a page: `docs/metrics.md#alerts`. */
const NAMING = ['src', 'deploy', 'scripts', 'test', 'prisma', 'bench', '.ci']
const LEFT_OUT = /(^|\/)(node_modules|generated|dist)\//

const pages = [ROOT, path.join(ROOT, 'docs')].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.relative(ROOT, path.join(folder, name))),
)

/** What a page says, without its fenced blocks: a comment in a shell script is no heading. */
function proseOf(page: string): string {
  return readFileSync(path.join(ROOT, page), 'utf8').replace(/^( *)```[^]*?^\1```$/gm, '')
}

/** The anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(page: string): string[] {
  return [...proseOf(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

const anchors = new Map(pages.map((page) => [page, anchorsOf(page)]))

interface Link {
  readonly from: string
  readonly to: string
  readonly words: string
}

const links = pages.flatMap((from) =>
  [...proseOf(from).matchAll(/\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)/g)].map(
    ([, words = '', to = '']): Link => ({ from, to, words }),
  ),
)
const local = links.filter(({ to }) => !/^[a-z]+:/.test(to))

/** The file that a link leads to, from the top of the checkout. */
function targetOf({ from, to }: Link): string {
  const [file = ''] = to.split('#')
  return file === '' ? from : path.join(path.dirname(from), file)
}

const shown = ({ from, to }: Link) => `${from}: ${to}`

test('every link of the pages leads to a file that is there', () => {
  expect(local.filter((link) => !existsSync(path.join(ROOT, targetOf(link)))).map(shown)).toEqual([])
  expect(local.length).toBeGreaterThan(100)
})

test('every anchor is a heading of the page that it is on', () => {
  const withAnchor = local.filter(({ to }) => to.includes('#'))
  const lost = withAnchor.filter((link) => !anchors.get(targetOf(link))?.includes(link.to.split('#')[1] ?? ''))
  expect(lost.map(shown)).toEqual([])
  expect(withAnchor.length).toBeGreaterThan(10)
})

test('no two headings share an anchor that is linked to', () => {
  const shared = local.filter((link) => {
    const anchor = link.to.split('#')[1]
    return (
      anchor !== undefined &&
      anchors.get(targetOf(link))?.indexOf(anchor) !== anchors.get(targetOf(link))?.lastIndexOf(anchor)
    )
  })
  expect(shared.map(shown)).toEqual([])
})

test('what a link shows as code is in the source file that it leads to', () => {
  const named = local.filter(({ to, words }) => /\.(tsx?|mjs|prisma)$/.test(to) && /^`\w+`$/.test(words))
  const missing = named.filter((link) => {
    const text = readFileSync(path.join(ROOT, targetOf(link)), 'utf8')
    return !new RegExp(`\\b${link.words.slice(1, -1)}\\b`).test(text)
  })
  expect(missing.map((link) => `${shown(link)} has no ${link.words}`)).toEqual([])
})

test('every page of docs that the code and its configuration name is there, with its anchor', () => {
  const lost = NAMING.flatMap((folder) => filesIn(folder)).flatMap((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8')
    return [...text.matchAll(/\b(docs\/[a-z-]+\.md)(?:#([\w-]+))?/g)]
      .filter(([, page = '', anchor]) => {
        const known = anchors.get(page)
        return known === undefined || (anchor !== undefined && !known.includes(anchor))
      })
      .map(([name]) => `${file}: ${name}`)
  })
  expect(lost).toEqual([])
})

function filesIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => !LEFT_OUT.test(name) && statSync(path.join(ROOT, name)).isFile())
}
