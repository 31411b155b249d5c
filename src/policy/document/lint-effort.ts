/** Comparisons of one pattern with one name that a document may cost. The longest policy that can be stored needs a tenth. */
const MOST_COMPARISONS = 200_000
/** An ARN has at most 2,048 characters, and an action fewer: a longer pattern is no slip of its author. */
const LONGEST_PATTERN = 2_048

/**
 * What may still be spent on one document. Comparing patterns takes their number times that of what they are held against, and
 * anybody may send a text of 131,072 characters: what is left when it is used up is not looked at.
 */
export class Effort {
  #left = MOST_COMPARISONS

  /** Whether a pattern may be compared so many times; if so, it counts. */
  allows(pattern: string, comparisons: number): boolean {
    if (pattern.length > LONGEST_PATTERN || comparisons > this.#left) return false
    this.#left -= comparisons
    return true
  }
}
