import { createContext, type RequestContext } from '../../policy/index.ts'
import { lengthErrors, throwBroken } from '../constraints.ts'
import { IamError } from '../errors.ts'

export const CONTEXT_KEY_TYPES = [
  'STRING',
  'STRING_LIST',
  'NUMERIC',
  'NUMERIC_LIST',
  'BOOLEAN',
  'BOOLEAN_LIST',
  'IP',
  'IP_LIST',
  'BINARY',
  'BINARY_LIST',
  'DATE',
  'DATE_LIST',
] as const

/** One condition key of a simulated request. */
export interface ContextEntryInput {
  readonly contextKeyName: string
  readonly contextKeyValues: readonly string[]
  /** Whether the key has one value or a list; told from the number of values when left out. */
  readonly contextKeyType?: (typeof CONTEXT_KEY_TYPES)[number] | null
}

const MOST_ENTRIES = 1000
const MOST_VALUES = 1000

/** The context of a simulated request: exactly these keys, no others. Throws InvalidInput, ValidationError. */
export function readContextEntries(entries: readonly ContextEntryInput[] | null | undefined): RequestContext {
  const given = entries ?? []
  throwBroken([
    ...lengthErrors('contextEntries', given, { min: 0, max: MOST_ENTRIES }),
    ...given.flatMap(({ contextKeyName, contextKeyValues }) => [
      ...lengthErrors('contextKeyName', contextKeyName, { min: 5, max: 256 }),
      ...lengthErrors('contextKeyValues', contextKeyValues, { min: 0, max: MOST_VALUES }),
    ]),
  ])
  return createContext(
    given.flatMap(
      ({ contextKeyName: name, contextKeyValues: values, contextKeyType }): [string, string | string[]][] => {
        const list = contextKeyType?.endsWith('_LIST') ?? values.length > 1
        if (list) return [[name, [...values]]]
        const [value, ...more] = values
        if (more.length > 0)
          throw new IamError('InvalidInput', `Context key ${name} of type ${contextKeyType} has more than one value.`)
        // A key without a value is not in the request.
        return value === undefined ? [] : [[name, value]]
      },
    ),
  )
}
