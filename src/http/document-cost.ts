import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'

/** What a document asks for once its fragments are written out. */
export interface DocumentCost {
  /** Fields on the longest way down, without those of introspection. */
  readonly depth: number
  /** The same below `__schema` and `__type`, counted from there. */
  readonly introspectionDepth: number
  /** Fields that introspection is expected to resolve, by how long its lists usually are. */
  readonly introspected: number
  readonly aliases: number
  readonly fields: number
  /** Fields that one selection set holds beside another of the same response name. */
  readonly repeated: number
  /** Characters of the longest name. */
  readonly longestName: number
}

interface Sums extends Omit<DocumentCost, 'repeated' | 'longestName'> {
  /** What `introspected` would be if this stood below `__schema`. */
  readonly resolved: number
}

const NOTHING: Sums = { depth: 0, introspectionDepth: 0, introspected: 0, resolved: 0, aliases: 0, fields: 0 }

/** How many there are in the lists of introspection: all types, and of the others what a type or field has. */
const LENGTHS: Readonly<Record<string, number>> = {
  types: 300,
  directives: 8,
  fields: 8,
  args: 2,
  inputFields: 4,
  enumValues: 8,
  possibleTypes: 2,
}

/**
 * Measures a document in one pass over its text: what a fragment amounts to is computed once, however often it is spread, so that
 * a document which doubles at every level costs no more to measure than to parse. Numbers are exact until they exceed what a
 * number can hold. Of several operations it is the most expensive one that counts, of every kind of cost by itself. Fragments that
 * do not exist, or spread themselves, count as nothing: validation refuses them.
 */
export function documentCost(document: DocumentNode): DocumentCost {
  const measured = new Map<string, Sums>()
  const fragments = fragmentsOf(document)

  function ofFragment(name: string): Sums {
    const known = measured.get(name)
    if (known !== undefined) return known
    measured.set(name, NOTHING)
    const fragment = fragments.get(name)
    const sums = fragment === undefined ? NOTHING : ofSelections(fragment.selectionSet)
    measured.set(name, sums)
    return sums
  }

  function ofSelections({ selections }: SelectionSetNode): Sums {
    return selections.map(ofSelection).reduce(together, NOTHING)
  }

  function ofSelection(selection: SelectionNode): Sums {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value)
    if (selection.kind === Kind.INLINE_FRAGMENT) return ofSelections(selection.selectionSet)
    const below = selection.selectionSet === undefined ? NOTHING : ofSelections(selection.selectionSet)
    const { value: name } = selection.name
    const introspects = isIntrospection(name)
    return {
      depth: introspects ? 0 : below.depth + 1,
      introspectionDepth: introspects ? below.depth + 1 : below.introspectionDepth,
      introspected: introspects ? below.resolved : below.introspected,
      resolved: 1 + below.resolved * (LENGTHS[name] ?? 1),
      aliases: below.aliases + (selection.alias === undefined ? 0 : 1),
      fields: below.fields + 1,
    }
  }

  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION)
  const { resolved: _, ...cost } = operations.map((one) => ofSelections(one.selectionSet)).reduce(larger, NOTHING)
  return { ...cost, ...scan(document) }
}

/** The fields of the schema at the root of an operation, each once, in the order of their first place. */
export function rootFields(selectionSet: SelectionSetNode, document: DocumentNode): ReadonlySet<string> {
  const fragments = fragmentsOf(document)
  const visited = new Set<string>()
  const fields = new Set<string>()

  function collect({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) fields.add(selection.name.value)
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet)
      else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value)
        const fragment = fragments.get(selection.name.value)
        if (fragment !== undefined) collect(fragment.selectionSet)
      }
    }
  }

  collect(selectionSet)
  return fields
}

export function isIntrospection(field: string): boolean {
  return field === '__schema' || field === '__type'
}

export function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    definitions.flatMap((one): [string, FragmentDefinitionNode][] =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [],
    ),
  )
}

function together(a: Sums, b: Sums): Sums {
  return {
    ...larger(a, b),
    introspected: a.introspected + b.introspected,
    resolved: a.resolved + b.resolved,
    aliases: a.aliases + b.aliases,
    fields: a.fields + b.fields,
  }
}

function larger(a: Sums, b: Sums): Sums {
  return {
    depth: Math.max(a.depth, b.depth),
    introspectionDepth: Math.max(a.introspectionDepth, b.introspectionDepth),
    introspected: Math.max(a.introspected, b.introspected),
    resolved: Math.max(a.resolved, b.resolved),
    aliases: Math.max(a.aliases, b.aliases),
    fields: Math.max(a.fields, b.fields),
  }
}

/** What is the same whether fragments are written out or not. */
function scan(document: DocumentNode): Pick<DocumentCost, 'repeated' | 'longestName'> {
  let repeated = 0
  let longestName = 0
  visit(document, {
    Name({ value }) {
      longestName = Math.max(longestName, value.length)
    },
    SelectionSet(selectionSet, _key, parent) {
      // Those of inline fragments are counted with the set around them.
      const inner = parent !== undefined && 'kind' in parent && parent.kind === Kind.INLINE_FRAGMENT
      if (!inner) repeated += repeatedIn(selectionSet)
    },
  })
  return { repeated, longestName }
}

function repeatedIn(selectionSet: SelectionSetNode): number {
  const seen = new Set<string>()
  let repeated = 0

  function count({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) count(selection.selectionSet)
      if (selection.kind !== Kind.FIELD) continue
      const { value } = selection.alias ?? selection.name
      if (seen.has(value)) repeated++
      seen.add(value)
    }
  }

  count(selectionSet)
  return repeated
}
