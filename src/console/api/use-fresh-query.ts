import { useEffect } from 'react'
import type { Document } from './document.ts'
import { onChange } from './request.ts'
import { useOnReturn } from './use-on-return.ts'
import { type QueryState, useQuery } from './use-query.ts'

/**
 * As useQuery, and asks again after every change that was made on the page, by whichever part of it, and when the person comes
 * back to the page.
 */
export function useFreshQuery<Data extends object, Variables>(
  document: Document<Data, Variables>,
  variables: Variables | null,
): QueryState<Data> {
  const state = useQuery(document, variables)
  const { reload } = state
  useEffect(() => onChange(reload), [reload])
  useOnReturn(reload)
  return state
}
