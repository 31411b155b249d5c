import { useCallback, useEffect, useMemo, useState } from 'react'
import { type ApiError, asApiError, isAway, NOT_SIGNED_IN } from './api-error.ts'
import { useCallerGeneration } from './caller.ts'
import type { Document } from './document.ts'
import { request } from './request.ts'

export interface QueryState<Data> {
  /**
   * Null until the first answer, and when everything was refused. Stays while a newer answer is on its way, however long the
   * server is away: what was being typed beside it stays as well.
   */
  readonly data: Data | null
  /** Why there is no data, or no newer data. */
  readonly error: ApiError | null
  /** What was refused inside of the data. */
  readonly errors: readonly ApiError[]
  readonly loading: boolean
  readonly reload: () => void
}

const NO_ERRORS: readonly ApiError[] = []

/**
 * Asks the API, and asks again when the variables change, on `reload`, and when somebody signed in again. Null variables: not
 * yet.
 */
export function useQuery<Data extends object, Variables>(
  document: Document<Data, Variables>,
  variables: Variables | null,
): QueryState<Data> {
  const [state, setState] = useState<Omit<QueryState<Data>, 'reload'>>({
    data: null,
    error: null,
    errors: NO_ERRORS,
    loading: true,
  })
  const [round, setRound] = useState(0)
  const generation = useCallerGeneration()
  const key = JSON.stringify(variables)
  // The same variables in a new object are no reason to ask again.
  const stable = useMemo<Variables | null>(() => JSON.parse(key), [key])

  useEffect(() => {
    if (stable === null) return undefined
    const aborter = new AbortController()
    setState((before) => ({ ...before, loading: true }))
    request(document, stable, aborter.signal).then(
      ({ data, errors }) => setState({ data, error: null, errors, loading: false }),
      (thrown: unknown) => {
        if (aborter.signal.aborted) return
        const error = asApiError(thrown)
        // The page waits behind the sign-in form, with what was typed into it, and asks again afterwards.
        if (error.code === NOT_SIGNED_IN) setState((before) => ({ ...before, loading: false }))
        else {
          const keep = isAway(error)
          setState((before) => ({ data: keep ? before.data : null, error, errors: NO_ERRORS, loading: false }))
        }
      },
    )
    return () => aborter.abort()
  }, [document, stable, round, generation])

  const reload = useCallback(() => setRound((before) => before + 1), [])
  return { ...state, reload }
}
