/**
 * Text for Prisma's `contains` and `startsWith` that means itself. Prisma passes it to LIKE as it is, where `_` and `%` are
 * wildcards, and `_` is a letter of names and paths.
 */
export function likeLiteral(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
