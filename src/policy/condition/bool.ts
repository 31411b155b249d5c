import { NEVER, type Operator } from './operator.ts'

/** `true` or `false` in any case; undefined for anything else. */
export function parseBool(text: string): boolean | undefined {
  if (text === 'true') return true
  if (text === 'false') return false
  const lower = text.toLowerCase()
  return lower === 'true' ? true : lower === 'false' ? false : undefined
}

export const boolOperators: readonly Operator[] = [
  {
    name: 'Bool',
    negated: false,
    variables: false,
    wildcards: false,
    compare: ({ text }) => {
      const wanted = parseBool(text)
      return wanted === undefined ? NEVER : (value) => parseBool(value) === wanted
    },
  },
]
