const CLASSES = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!@#$%^&*()_+-=[]{}'] as const
const EVERY = CLASSES.join('')
const LENGTH = 24

/**
 * A password that holds against every password policy: a character of each class, the rest of any. Without the letters and
 * digits that look alike.
 *
 * @param minimum the least length that is wanted
 */
export function newPassword(minimum = 0): string {
  const wanted = Array.from({ length: Math.max(LENGTH, minimum) }, (_, at) => pick(CLASSES[at] ?? EVERY))
  // Fisher and Yates: where the four classes stand is as random as the rest.
  for (let at = wanted.length - 1; at > 0; at--) {
    const other = below(at + 1)
    const kept = wanted[at] ?? ''
    wanted[at] = wanted[other] ?? ''
    wanted[other] = kept
  }
  return wanted.join('')
}

function pick(characters: string): string {
  return characters.charAt(below(characters.length))
}

/** Evenly spread: what is left over at the end of the range is drawn again. */
function below(limit: number): number {
  const range = 2 ** 32
  for (;;) {
    const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1))
    if (drawn < range - (range % limit)) return drawn % limit
  }
}
