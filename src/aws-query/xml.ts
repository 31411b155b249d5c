import XmlBuilder from 'fast-xml-builder'

/** Text, or elements by name in the order in which they are written; a list repeats its element. */
export type XmlNode = string | XmlElements
export interface XmlElements {
  readonly [name: string]: XmlNode | readonly XmlNode[]
}

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

/** A document of one root element in a namespace. Characters that XML does not have become U+FFFD. */
export function xmlDocument(root: string, namespace: string, content: XmlElements): string {
  return builder.build({ [root]: { '@_xmlns': namespace, ...content } })
}
