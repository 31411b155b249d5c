import { ERROR_LIMITS } from './limits.ts'

/** `Variable "$input" got invalid value …`, perhaps ` at "input.password"`, then `; ` and what is wrong with it. */
const VARIABLE =
  /^(?<variable>Variable "\$\w+" got invalid value) (?<value>[\s\S]*?); (?<fault>(?:Field "|Value "|Expected |Enum "|\w+ cannot represent )[\s\S]*)$/
const PLACE = / at "[\w.[\]]+"$/
const NOT_REPRESENTED = /( cannot represent [^:]*): [\s\S]*$/
const NO_SUCH_VALUE = /^Value "[\s\S]*" does not exist in/
const FOUND_VALUE = /(Expected value of type "[^"]*"), found [\s\S]*$/
const TOKEN = /\b(found|Unexpected) (String|BlockString|Int|Float) "[\s\S]*"/

/**
 * A message of GraphQL itself without the values that it quotes: a misspelt field beside a password would otherwise bring the
 * password back in an error, and errors are what clients log. Names, types, places and hints stay.
 */
export function withoutValues(message: string): string {
  if (message.length > ERROR_LIMITS.characters) return ofLongMessage(message)
  const { variable, value = '', fault = '' } = VARIABLE.exec(message)?.groups ?? {}
  if (variable !== undefined) return `${variable}${PLACE.exec(value)?.[0] ?? ''}; ${withoutValue(fault)}`
  return withoutValue(message)
}

/** It is long by what it quotes, and could be made for the patterns here to take hours over. */
function ofLongMessage(message: string): string {
  const variable = /^Variable "\$\w{1,200}" got invalid value/.exec(message)?.[0]
  return `${variable ?? 'Something in the document or in its variables is not valid'}; it is too long to be shown.`
}

function withoutValue(fault: string): string {
  return fault
    .replace(NOT_REPRESENTED, '$1.')
    .replace(NO_SUCH_VALUE, 'The value does not exist in')
    .replace(FOUND_VALUE, '$1.')
    .replace(TOKEN, '$1 $2')
}
