/** Prisma passes a text to LIKE as it is, and `_` is a letter of names and paths. */
export function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
