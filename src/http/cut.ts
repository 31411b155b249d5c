import { ERROR_LIMITS } from './limits.ts'

/** A text that repeats what the caller said. What was sent once and asked for a hundred times must not come back a hundred times. */
export function cut(text: string): string {
  const { characters } = ERROR_LIMITS
  return text.length <= characters ? text : `${text.slice(0, characters)}… (cut)`
}
