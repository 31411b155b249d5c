interface Place {
  readonly start: number
  readonly path: string
}

/** A text of IAM and the place it speaks of, on its way to the parser's caller. */
export class Refusal extends Error {
  readonly offset: number
  readonly path: string

  constructor(message: string, place: Place) {
    super(message)
    this.offset = place.start
    this.path = place.path
  }
}

export function refuse(message: string, place: Place): never {
  throw new Refusal(message, place)
}
