export interface Slots {
  /** Resolves when there is room, in the order of asking, with what gives the slot back; giving it back twice does nothing. */
  take(): Promise<() => void>
}

/** Room for so many at one time. */
export function createSlots(many: number): Slots {
  let taken = 0
  const waiting: (() => void)[] = []

  function slot(): () => void {
    let given = false
    return () => {
      if (given) return
      given = true
      const next = waiting.shift()
      if (next) next()
      else taken--
    }
  }

  return {
    take() {
      if (taken >= many) return new Promise((resolve) => waiting.push(() => resolve(slot())))
      taken++
      return Promise.resolve(slot())
    },
  }
}
