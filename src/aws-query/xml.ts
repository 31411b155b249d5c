import XmlBuilder from 'fast-xml-builder'
import { type Answer, isEntries, isList, type Tree } from './tree.ts'

/** What XML 1.0 §2.2 has no way to write, escaped or not. */
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

const OPTIONS = {
  ignoreAttributes: false,
  suppressEmptyNode: true,
  tagValueProcessor: (_name: string, value: unknown) => String(value).replace(UNWRITABLE, '\uFFFD'),
  entities: [
    { regex: /&/g, val: '&amp;' },
    { regex: /</g, val: '&lt;' },
    { regex: />/g, val: '&gt;' },
    { regex: /"/g, val: '&quot;' },
    // Bare, a reader would make a line feed of it (XML 1.0 §2.11).
    { regex: /\r/g, val: '&#xD;' },
  ],
}

const builder = new XmlBuilder(OPTIONS)

/** A document of one root element in a namespace; times are UTC. Characters that XML does not have become U+FFFD. */
export function xmlOf({ root, namespace, content }: Answer): string {
  return builder.build({ [root]: { '@_xmlns': namespace, ...elementsOf(content) } })
}

function nodeOf(tree: Tree): unknown {
  if (tree instanceof Date) return tree.toISOString().replace('.000Z', 'Z')
  if (typeof tree !== 'object') return String(tree)
  if (isList(tree)) return { member: tree.member.map(nodeOf) }
  if (isEntries(tree)) return { entry: tree.entry.map(({ key, value }) => ({ key, value: nodeOf(value) })) }
  return elementsOf(tree)
}

function elementsOf(elements: Readonly<Record<string, Tree>>): object {
  return Object.fromEntries(Object.entries(elements).map(([name, tree]) => [name, nodeOf(tree)]))
}
