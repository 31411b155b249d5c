// Which files the scripts and styles of the console become. Left to itself the bundler makes one of every set of pages that have
// something in common: a page then asks for seventy, each compressed by itself.

/** What a request more may cost, in bytes of source: its headers, and what is compressed worse by itself. */
const FILE_COST = 8_000
/** A dialog is opened less often than the page that it is on. */
const SELDOM = 0.1

/**
 * A plugin, and the `codeSplitting` that goes with it. What is loaded before anything else is one file; so is what every page of
 * somebody who is signed in needs. What several of the other parts need, each loaded on its own, is in files that are chosen so
 * that all parts together load as little, in as few files, as can be.
 *
 * @param shell the end of the path of the module that is loaded when somebody is signed in
 */
export function consoleChunks(shell) {
  /** @type {Map<string, string>} */
  let fileOf = new Map()
  const plugin = {
    name: 'latchkey:chunks',
    buildEnd(error) {
      if (error === undefined) fileOf = filesOf(this, shell)
    },
  }
  const codeSplitting = {
    // What a module needs is in its own file, or in one that does not need this one.
    includeDependenciesRecursively: false,
    groups: [{ name: (id) => fileOf.get(id) ?? null }],
  }
  return { plugin, codeSplitting }
}

function filesOf(graph, shell) {
  const modules = new Map([...graph.getModuleIds()].map((id) => [id, graph.getModuleInfo(id)]))
  const parts = [...new Set([...modules.values()].flatMap(({ dynamicallyImportedIds }) => dynamicallyImportedIds))]
  const shellPart = parts.find((id) => id.endsWith(shell))
  if (shellPart === undefined) throw new Error(`nothing loads ${shell}`)
  const reach = (from) => reachable(from, (id) => modules.get(id)?.importedIds ?? [])
  const start = new Set([...modules.keys()].filter((id) => modules.get(id).isEntry).flatMap((id) => [...reach(id)]))
  const ofShell = reach(shellPart)
  const usersOf = new Map()
  for (const [n, part] of parts.entries()) {
    for (const id of reach(part)) usersOf.set(id, [...(usersOf.get(id) ?? []), n])
  }
  // Pages are loaded by what is there first, dialogs by pages.
  const weights = parts.map((part) => (modules.get(part).dynamicImporters.some((id) => start.has(id)) ? 1 : SELDOM))
  const fileOf = new Map()
  const shared = new Map()
  for (const id of modules.keys()) {
    const users = usersOf.get(id) ?? []
    if (start.has(id)) fileOf.set(id, 'start')
    else if (ofShell.has(id)) fileOf.set(id, 'shell')
    else if (users.length > 1) {
      const key = users.join()
      const group = shared.get(key) ?? { users: new Set(users), ids: [], size: 0 }
      group.ids.push(id)
      group.size += modules.get(id).code?.length ?? 0
      shared.set(key, group)
    }
  }
  const needs = (ids) => ids.flatMap((id) => modules.get(id).importedIds)
  for (const [n, { ids }] of merged([...shared.values()], weights, needs).entries()) {
    for (const id of ids) fileOf.set(id, `common-${n}`)
  }
  return fileOf
}

function reachable(from, next) {
  const found = new Set()
  const left = [from]
  while (left.length > 0) {
    const id = left.pop()
    if (found.has(id)) continue
    found.add(id)
    left.push(...next(id))
  }
  return found
}

/**
 * Merges groups as long as that saves something: those who need one of two load both, in one request instead of two. No two files
 * ever need each other, directly or by others, because one of them would run before what it needs.
 */
function merged(groups, weights, needs) {
  let left = groups
  for (;;) {
    const pairs = left.flatMap((a, n) => left.slice(n + 1).map((b) => ({ a, b, saving: savingOf(a, b, weights) })))
    const best = pairs
      .filter(({ saving }) => saving > 0)
      .toSorted((one, other) => other.saving - one.saving)
      .map(({ a, b }) => [...left.filter((group) => group !== a && group !== b), together(a, b)])
      .find((next) => isAcyclic(next, needs))
    if (best === undefined) return left
    left = best
  }
}

function savingOf(a, b, weights) {
  const weigh = (users) => users.reduce((sum, user) => sum + weights[user], 0)
  const both = weigh([...a.users].filter((user) => b.users.has(user)))
  const onlyA = weigh([...a.users]) - both
  const onlyB = weigh([...b.users]) - both
  return both * FILE_COST - onlyA * b.size - onlyB * a.size
}

function together(a, b) {
  return { users: new Set([...a.users, ...b.users]), ids: [...a.ids, ...b.ids], size: a.size + b.size }
}

function isAcyclic(groups, needs) {
  const groupOf = new Map(groups.flatMap((group) => group.ids.map((id) => [id, group])))
  const next = new Map(
    groups.map((group) => {
      const needed = needs(group.ids).flatMap((id) => groupOf.get(id) ?? [])
      return [group, new Set(needed.filter((other) => other !== group))]
    }),
  )
  return groups.every((group) => ![...next.get(group)].some((other) => reachable(other, (g) => next.get(g)).has(group)))
}
