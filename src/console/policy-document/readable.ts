/** A text of one line is set out; one that somebody laid out is left alone. */
export function readable(text: string): string {
  if (text.trim().includes('\n')) return text
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
