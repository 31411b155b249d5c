import { useEffect, useState } from 'react'
import { type ApiError, asApiError } from '../api/api-error.ts'
import type { Document } from '../api/document.ts'
import { request } from '../api/request.ts'

interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[]
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
}

interface All<Node> {
  /** Null until the last page is there. */
  readonly nodes: readonly Node[] | null
  readonly error: ApiError | null
}

/**
 * A whole list that is short enough to choose from, such as the policies or groups of an account.
 *
 * @param connection finds the list in an answer; must be the same function each time
 * @param wanted false: do not ask yet
 */
export function useAll<Data extends object, Node>(
  document: Document<Data, { after?: string | null }>,
  connection: (data: Data) => Connection<Node> | null,
  wanted: boolean,
): All<Node> {
  const [all, setAll] = useState<All<Node>>({ nodes: null, error: null })
  useEffect(() => {
    if (!wanted) return undefined
    const aborter = new AbortController()
    const load = async () => {
      const nodes: Node[] = []
      for (let after: string | null = null, more = true; more; ) {
        const { data } = await request(document, { after }, aborter.signal)
        const page = connection(data)
        nodes.push(...(page?.edges.map(({ node }) => node) ?? []))
        after = page?.pageInfo.endCursor ?? null
        more = page?.pageInfo.hasNextPage ?? false
      }
      setAll({ nodes, error: null })
    }
    load().catch((thrown: unknown) => {
      if (!aborter.signal.aborted) setAll({ nodes: null, error: asApiError(thrown) })
    })
    return () => aborter.abort()
  }, [document, connection, wanted])
  return all
}
