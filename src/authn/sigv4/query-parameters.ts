import { canonicalQueryComponent, decodeCanonical } from './percent-encoding.ts'

/** One `name=value` of the query, both in canonical encoding. */
export interface QueryParameter {
  name: string
  value: string
}

const noParameters: readonly QueryParameter[] = Object.freeze([])

/**
 * Reads a raw query string (without `?`). Empty parts (`a=1&&b=2`) are skipped, a name without `=` has an empty value.
 *
 * @throws AuthenticationError MalformedQueryString for an escape that is not `%` and two hexadecimal digits
 */
export function readQuery(rawQuery: string): readonly QueryParameter[] {
  if (rawQuery === '') return noParameters
  const parameters: QueryParameter[] = []
  for (const part of rawQuery.split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    parameters.push({
      name: canonicalQueryComponent(equals < 0 ? part : part.slice(0, equals)),
      value: equals < 0 ? '' : canonicalQueryComponent(part.slice(equals + 1)),
    })
  }
  return parameters
}

/** The decoded value of the first parameter of this name: AWS lets the first of duplicates win. */
export function queryValue(parameters: readonly QueryParameter[], name: string): string | undefined {
  for (const parameter of parameters) if (parameter.name === name) return decodeCanonical(parameter.value)
  return undefined
}

/**
 * The canonical query string: sorted by code point of the encoded name, then of the encoded value, without the
 * signature itself (SigV4, "Create a canonical request", step 3). Only the first `X-Amz-Signature` is left out, since
 * only that one is read: a second one is ordinary data and has to be signed like any other.
 */
export function canonicalQuery(parameters: readonly QueryParameter[]): string {
  if (parameters.length === 0) return ''
  const signature = parameters.findIndex(({ name }) => name === 'X-Amz-Signature')
  return parameters
    .filter((_, index) => index !== signature)
    .toSorted((a, b) => compare(a.name, b.name) || compare(a.value, b.value))
    .map(({ name, value }) => `${name}=${value}`)
    .join('&')
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
