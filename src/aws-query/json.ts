import { type Answer, isEntries, isList, type Tree } from './tree.ts'

/**
 * The same answer as AWS's query services write it for `Accept: application/json`: lists are arrays, maps and structures objects,
 * numbers and truth values themselves, and times seconds since 1970. What is left out in XML is left out here, where AWS has
 * null; readers take both for the same. An error has no root (`{"Error":{…},"RequestId":…}`).
 */
export function jsonOf({ root, content }: Answer): string {
  return JSON.stringify(root === 'ErrorResponse' ? valueOf(content) : { [root]: valueOf(content) })
}

function valueOf(tree: Tree): unknown {
  if (tree instanceof Date) return tree.getTime() / 1000
  if (typeof tree !== 'object') return tree
  if (isList(tree)) return tree.member.map(valueOf)
  if (isEntries(tree)) return Object.fromEntries(tree.entry.map(({ key, value }) => [key, valueOf(value)]))
  return Object.fromEntries(Object.entries(tree).map(([name, member]) => [name, valueOf(member)]))
}
