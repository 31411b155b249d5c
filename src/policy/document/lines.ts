import type { Position } from '../types.ts'

/** Turns offsets of one text into lines and columns. LF, CR LF and a lone CR end a line. */
export class Lines {
  readonly #starts: number[] = [0]

  constructor(text: string) {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) this.#starts.push(i + 1)
    }
  }

  at(offset: number): Position {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return Object.freeze({ offset, line: low + 1, column: offset - this.#starts[low]! + 1 })
  }
}
