import { useCallback, useState } from 'react'

interface PageInfo {
  readonly hasNextPage: boolean
  readonly endCursor: string | null
}

/** The way through a list that is read page by page, each page beginning where the one before ended. */
export interface Keyset {
  /** Where the page begins; null for the first. */
  readonly after: string | null
  /** From 1. */
  readonly page: number
  readonly pagesCount: (info: PageInfo | undefined) => number
  readonly goTo: (page: number, info: PageInfo | undefined) => void
  readonly restart: () => void
}

const FIRST: readonly (string | null)[] = [null]

export function useKeyset(): Keyset {
  const [{ cursors, page }, setState] = useState({ cursors: FIRST, page: 1 })
  const goTo = useCallback((target: number, info: PageInfo | undefined) => {
    setState((before) => {
      if (target <= before.cursors.length) return { ...before, page: target }
      if (!info?.hasNextPage || info.endCursor === null) return before
      return { cursors: [...before.cursors, info.endCursor], page: before.cursors.length + 1 }
    })
  }, [])
  const restart = useCallback(() => setState({ cursors: FIRST, page: 1 }), [])
  const pagesCount = (info: PageInfo | undefined) => Math.max(cursors.length, page + (info?.hasNextPage ? 1 : 0))
  return { after: cursors[page - 1] ?? null, page, pagesCount, goTo, restart }
}
