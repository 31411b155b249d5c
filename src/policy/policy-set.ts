import type { CompiledPolicy } from './compile.ts'
import type { RequestContext } from './context.ts'
import { serviceOf } from './match/action.ts'
import { ResourceIndex } from './resource-index.ts'
import type { CompiledStatement } from './statement.ts'

/** What is known about one action of the requests seen so far. */
interface ActionEntry {
  readonly statements: readonly CompiledStatement[]
  readonly resources: ResourceIndex
}

/** Actions remembered per set. Callers choose the action text, so the memory must have an end. */
const MAX_ACTIONS = 256

/** Several compiled policies behind one index. An empty set allows nothing. */
export class PolicySet {
  readonly policies: readonly CompiledPolicy[]
  readonly #byService = new Map<string, CompiledStatement[]>()
  readonly #anyService: CompiledStatement[] = []
  readonly #order = new Map<CompiledStatement, number>()
  readonly #actions = new Map<string, ActionEntry>()

  constructor(policies: readonly CompiledPolicy[]) {
    this.policies = Object.freeze([...policies])
    for (const statement of new Set(this.policies.flatMap(({ statements }) => statements))) {
      this.#order.set(statement, this.#order.size)
      const services = new Set(statement.actions.map(({ service }) => service))
      if (statement.statement.action.negated || services.has(undefined)) this.#anyService.push(statement)
      else {
        for (const service of services) {
          if (service === undefined) continue
          const known = this.#byService.get(service)
          if (known === undefined) this.#byService.set(service, [statement])
          else known.push(statement)
        }
      }
    }
  }

  /** A matching Deny if there is one, else a matching Allow, else undefined. */
  find(action: string, resource: string, context: RequestContext): CompiledStatement | undefined {
    return (this.#actions.get(action) ?? this.#lookUp(action)).resources.find(resource, context)
  }

  /** The statements about `action`, in the order of policies and statements. */
  statementsAbout(action: string): readonly CompiledStatement[] {
    return (this.#actions.get(action) ?? this.#lookUp(action)).statements
  }

  #lookUp(action: string): ActionEntry {
    const lower = action.toLowerCase()
    const candidates = [...(this.#byService.get(serviceOf(lower)) ?? []), ...this.#anyService]
    const statements = candidates
      .filter((statement) => statement.matchesAction(lower))
      .toSorted((a, b) => this.#order.get(a)! - this.#order.get(b)!)
    const entry = { statements, resources: new ResourceIndex(statements) }
    if (this.#actions.size >= MAX_ACTIONS) this.#actions.clear()
    this.#actions.set(action, entry)
    return entry
  }
}

/** Merges policies, so that a caller's twenty policies cost one look-up. The same policy given twice counts once. */
export function compileSet(policies: readonly CompiledPolicy[]): PolicySet {
  return new PolicySet(policies)
}
