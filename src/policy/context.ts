/** A string is a single-valued key, an array a multivalued one (also with one element or none). */
export type ContextValue = string | readonly string[]
export type ContextEntry = readonly [key: string, value: ContextValue]

/**
 * The condition keys of one request, names without regard to case. A context is layered: `extend` costs only the new
 * entries, so that the principal's part can be shared by many checks.
 */
export class RequestContext {
  readonly #values: ReadonlyMap<string, ContextValue>
  readonly #base: RequestContext | undefined

  constructor(entries: Iterable<ContextEntry>, base?: RequestContext) {
    const values = new Map<string, ContextValue>()
    for (const [key, value] of entries) {
      values.set(key.toLowerCase(), typeof value === 'string' ? value : Object.freeze([...value]))
    }
    this.#values = values
    this.#base = base
  }

  /** The value of `key`, or undefined when the request does not carry it. Cheapest with a key in lower case. */
  get(key: string): ContextValue | undefined {
    const value = this.#find(key)
    if (value !== undefined) return value
    const lower = key.toLowerCase()
    return lower === key ? undefined : this.#find(lower)
  }

  /** A context with `entries` on top of this one, which stays as it is. */
  extend(entries: Iterable<ContextEntry>): RequestContext {
    return new RequestContext(entries, this)
  }

  /** Every key once, in lower case. */
  keys(): string[] {
    return [...new Set([...(this.#base?.keys() ?? []), ...this.#values.keys()])]
  }

  #find(key: string): ContextValue | undefined {
    const own = this.#values.get(key)
    return own !== undefined || this.#base === undefined ? own : this.#base.#find(key)
  }
}

/** A later entry replaces an earlier one with the same key in any case. */
export function createContext(entries: Iterable<ContextEntry>): RequestContext {
  return new RequestContext(entries)
}
