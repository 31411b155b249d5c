/** Writes what its owner remembers, later and together. */
export interface PeriodicWriter {
  /** Something is there to write: it is written `everyMs` from now at the latest. */
  schedule(): void
  /** Writes now. Resolves when all is written that was remembered before. */
  flush(): Promise<void>
  /** Ends the periodic writing and writes the rest. */
  close(): Promise<void>
}

interface PeriodicWriterParts {
  readonly everyMs: number
  readonly isEmpty: () => boolean
  /** Must not throw: what could not be written stays with the owner, who schedules again. */
  readonly write: () => Promise<void>
}

/** One write at a time: what fails goes back before what came since. The timer runs only while there is something to write. */
export function createPeriodicWriter({ everyMs, isEmpty, write }: PeriodicWriterParts): PeriodicWriter {
  let writing: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(() => (isEmpty() ? undefined : write()))
    return writing
  }

  return {
    flush,
    schedule() {
      timer ??= setTimeout(() => void flush(), everyMs).unref()
    },
    async close() {
      await flush()
      clearTimeout(timer)
    },
  }
}
