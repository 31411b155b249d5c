import { isBlank } from './json.ts'

/**
 * The size that IAM's quotas count: characters (UTF-16 units) without the white space between JSON tokens. White space
 * inside strings counts. Works on any text, JSON or not.
 */
export function policySize(text: string): number {
  let size = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (inString) {
      size++
      if (unit === 92 && i + 1 < text.length) {
        size++
        i++
      } else if (unit === 34) inString = false
    } else if (!isBlank(unit)) {
      size++
      inString = unit === 34
    }
  }
  return size
}
