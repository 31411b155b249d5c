import { DOMParser } from '@xmldom/xmldom'

/** XML that is not read: it is none, it is too large, or it has what no message needs. */
export class UnreadableXml extends Error {
  override readonly name = 'UnreadableXml'
}

export interface XmlLimits {
  readonly elements: number
  readonly depth: number
  /** Whether there may be comments and CDATA sections: they let two readers see two texts. */
  readonly comments: boolean
}

/** A document type declaration is what entities are declared in, and processing instructions are for others. */
const DECLARATION = /<!(?!--|\[CDATA\[)|<\?/
const MARKED_SECTION = /<!/
const PROLOG = /^\uFEFF?(?:<\?xml [^<>?]*\?>)?\s*(?=<)/
/** XML 1.0 §2.2: references to characters (`&#0;`) can write what the text itself cannot have. */
const NO_CHARACTER = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u
const ELEMENT = 1

/**
 * Reads XML 1.0 with namespaces, and nothing that a message of SAML has no need of: no document type, hence no entities, no processing
 * instructions. Nothing is fetched. Throws UnreadableXml.
 */
export function parseXml(text: string, { elements, depth, comments }: XmlLimits): Element {
  const prolog = PROLOG.exec(text)
  if (prolog === null) throw new UnreadableXml('it does not begin like XML')
  const body = text.slice(prolog[0].length).trimEnd()
  if ((comments ? DECLARATION : MARKED_SECTION).test(body) || body.includes('<?'))
    throw new UnreadableXml('it has a document type, an entity, a comment or an instruction')
  if (!body.endsWith('>')) throw new UnreadableXml('it does not end like XML')
  // Each element has a start tag: nothing is built of a document that is too large.
  if (body.split('<', 2 * elements + 2).length > 2 * elements + 1) throw new UnreadableXml('it has too many elements')
  const root = rootOf(body)
  check(root, { elements, depth })
  return root
}

function rootOf(body: string): Element {
  try {
    const parser = new DOMParser({
      errorHandler: (_level: string, message: unknown) => {
        throw new UnreadableXml(String(message))
      },
    })
    const { documentElement } = parser.parseFromString(body, 'text/xml')
    if (documentElement) return documentElement
  } catch {
    // What the parser says repeats what was sent.
  }
  throw new UnreadableXml('it is no well-formed XML')
}

function check(root: Element, { elements, depth }: Pick<XmlLimits, 'elements' | 'depth'>): void {
  let level: Element[] = [root]
  let count = 0
  for (let deep = 1; level.length > 0; deep++) {
    count += level.length
    if (deep > depth || count > elements) throw new UnreadableXml('it has too many elements, one in the other')
    for (const element of level) checkNames(element)
    level = level.flatMap(childrenOf)
  }
}

/** Whoever compares names without their namespaces must not be led to other elements than those who do. */
function checkNames(element: Element): void {
  for (const node of [element, ...attributesOf(element)]) {
    if (node.prefix && !node.namespaceURI) throw new UnreadableXml('a prefix of a name is not declared')
  }
}

/** All child elements. */
export function childrenOf(element: Element): Element[] {
  return Array.from(element.childNodes).filter(isElement)
}

/** All elements within, and itself, in the order of the document. */
export function elementsWithin(element: Element): Element[] {
  const found: Element[] = []
  const open = [element]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    found.push(next)
    open.push(...childrenOf(next).toReversed())
  }
  return found
}

export function attributesOf(element: Element): Attr[] {
  return Array.from(element.attributes)
}

export function isNamed(element: Element, namespace: string, name: string): boolean {
  return element.namespaceURI === namespace && element.localName === name
}

/** Child elements of this name. */
export function childrenNamed(element: Element, namespace: string, name: string): Element[] {
  return childrenOf(element).filter((child) => isNamed(child, namespace, name))
}

/** The child of this name; null when there is none. Throws UnreadableXml when there are several. */
export function onlyChild(element: Element, namespace: string, name: string): Element | null {
  const [found = null, ...others] = childrenNamed(element, namespace, name)
  if (others.length > 0) throw new UnreadableXml(`it has more than one ${name}`)
  return found
}

/** The whole text of an element that has nothing but text, without white space around it. Throws UnreadableXml. */
export function textOf(element: Element): string {
  if (childrenOf(element).length > 0) throw new UnreadableXml(`${element.localName} has more than text`)
  return readable(element.textContent ?? '').trim()
}

/** The value of an attribute without a namespace; null when it is absent. Throws UnreadableXml. */
export function attributeOf(element: Element, name: string): string | null {
  return element.hasAttribute(name) ? readable(element.getAttribute(name) ?? '') : null
}

/** A moment as `xs:dateTime` writes it, in UTC (SAML Core §1.3.3); null when the attribute is absent. Throws UnreadableXml. */
export function momentOf(element: Element, name: string): Date | null {
  const text = attributeOf(element, name)
  if (text === null) return null
  const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text) ? new Date(text) : null
  if (moment === null || Number.isNaN(moment.getTime())) throw new UnreadableXml(`${name} is no moment`)
  return moment
}

function readable(text: string): string {
  if (NO_CHARACTER.test(text)) throw new UnreadableXml('it has characters that XML does not have')
  return text
}

function isElement(node: Node): node is Element {
  return node.nodeType === ELEMENT
}
