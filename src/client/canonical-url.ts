/** RFC 3986 §2.3: everything but unreserved characters is escaped; encodeURIComponent leaves five more bare. */
function escape(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** The path of a URL, empty and dot segments removed and encoded once more on top of the URL's own encoding. */
export function canonicalPath(pathname: string): string {
  const kept: string[] = []
  for (const segment of pathname.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(escape(segment))
  }
  return `/${kept.join('/')}${pathname.endsWith('/') && kept.length > 0 ? '/' : ''}`
}

/** The query of a URL (without `?`), sorted by encoded name and then encoded value. */
export function canonicalQuery(search: string): string {
  return [...new URLSearchParams(search)]
    .map(([name, value]) => [escape(name), escape(value)] as const)
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
