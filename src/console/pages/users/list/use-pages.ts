import { useState } from 'react'

interface Pages {
  /** From 1. */
  readonly page: number
  /** Where the page begins; null is the beginning of the list. */
  readonly after: string | null
  /** Pages that can be reached by their number: those that were seen, and the one after them. */
  readonly count: (next: NextPage | undefined) => number
  readonly go: (page: number, next: NextPage | undefined) => void
}

interface NextPage {
  readonly endCursor: string | null
  readonly hasNextPage: boolean
}

/**
 * Pages of a list whose length nobody counts: each begins where the one before ended. With another `list` it begins anew.
 */
export function usePages(list: string): Pages {
  const [state, setState] = useState<{ list: string; page: number; starts: readonly (string | null)[] }>({
    list,
    page: 1,
    starts: [null],
  })
  const { page, starts } = state.list === list ? state : { page: 1, starts: [null] }
  const startsWith = (next: NextPage | undefined) =>
    next?.hasNextPage && starts.length === page ? [...starts, next.endCursor] : starts
  return {
    page,
    after: starts[page - 1] ?? null,
    count: (next) => startsWith(next).length,
    go: (wanted, next) => {
      const reachable = startsWith(next)
      if (wanted <= reachable.length) setState({ list, page: wanted, starts: reachable })
    },
  }
}
