import { ERROR_LIMITS } from './limits.ts'

/** Characters kept of the end. */
const TAIL = 512

/**
 * A text that repeats what the caller said. What was sent once and asked for a hundred times must not come back a hundred times.
 * Its end stays: that is where messages of IAM say what is wrong with the value before it.
 */
export function cut(text: string): string {
  const { characters } = ERROR_LIMITS
  if (text.length <= characters) return text
  return `${text.slice(0, characters - TAIL)}…[cut: ${text.length - characters} characters]…${text.slice(-TAIL)}`
}
