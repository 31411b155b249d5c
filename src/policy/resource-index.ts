import type { RequestContext } from './context.ts'
import type { TailMatcher } from './match/arn.ts'
import type { CompiledStatement } from './statement.ts'

/** A statement under the literal head of one of its resource patterns. */
interface Entry {
  readonly statement: CompiledStatement
  /** The pattern behind the head; undefined when only the statement as a whole can tell (NotResource, no resource). */
  readonly rest: TailMatcher | undefined
}

class Node {
  label: string
  denies: Entry[] = []
  allows: Entry[] = []
  children: Map<number, Node> | undefined

  constructor(label: string) {
    this.label = label
  }
}

/**
 * The statements about one action in a radix tree of their literal resource heads. A request walks down along its own
 * resource only: statements about other resources cost nothing, however many there are.
 */
export class ResourceIndex {
  readonly #root = new Node('')

  constructor(statements: readonly CompiledStatement[]) {
    for (const statement of statements) {
      const element = statement.statement.resource
      if (element === undefined || element.negated) this.#add('', { statement, rest: undefined })
      else for (const { head, rest } of statement.resources) this.#add(head, { statement, rest })
    }
  }

  /** A matching Deny if there is one, else a matching Allow, else undefined. Principals are not looked at. */
  find(resource: string, context: RequestContext): CompiledStatement | undefined {
    let allowed: CompiledStatement | undefined
    let node = this.#root
    let at = 0
    for (;;) {
      const { denies, allows, children } = node
      for (let i = 0; i < denies.length; i++) {
        if (applies(denies[i]!, resource, at, context)) return denies[i]!.statement
      }
      if (allowed === undefined) {
        for (let i = 0; i < allows.length; i++) {
          if (applies(allows[i]!, resource, at, context)) {
            allowed = allows[i]!.statement
            break
          }
        }
      }
      if (children === undefined || at >= resource.length) return allowed
      const child = children.get(resource.charCodeAt(at))
      if (child === undefined || !resource.startsWith(child.label, at)) return allowed
      at += child.label.length
      node = child
    }
  }

  #add(head: string, entry: Entry): void {
    let node = this.#root
    let at = 0
    while (at < head.length) {
      node.children ??= new Map()
      const first = head.charCodeAt(at)
      const child = node.children.get(first)
      if (child === undefined) {
        const leaf = new Node(head.slice(at))
        node.children.set(first, leaf)
        node = leaf
        break
      }
      const shared = commonLength(child.label, head, at)
      if (shared < child.label.length) {
        const fork = new Node(child.label.slice(0, shared))
        child.label = child.label.slice(shared)
        fork.children = new Map([[child.label.charCodeAt(0), child]])
        node.children.set(first, fork)
        node = fork
      } else node = child
      at += shared
    }
    if (entry.statement.deny) node.denies.push(entry)
    else node.allows.push(entry)
  }
}

function applies({ statement, rest }: Entry, resource: string, at: number, context: RequestContext): boolean {
  const matched =
    rest === undefined ? statement.matchesResource(resource, context) : rest.matches(resource, at, context)
  return matched && statement.conditionsHold(context)
}

function commonLength(label: string, head: string, at: number): number {
  const limit = Math.min(label.length, head.length - at)
  let length = 0
  while (length < limit && label.charCodeAt(length) === head.charCodeAt(at + length)) length++
  return length
}
