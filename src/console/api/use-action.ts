import { useCallback, useState } from 'react'
import { type ApiError, asApiError } from './api-error.ts'

export interface Action<Given extends readonly unknown[]> {
  /** Runs it and resolves with whether it succeeded; `error` says why not. */
  readonly run: (...given: Given) => Promise<boolean>
  readonly running: boolean
  readonly error: ApiError | null
  readonly clearError: () => void
}

/** Something that a person sets off and waits for, such as a mutation: whether it is running, and how it failed. */
export function useAction<Given extends readonly unknown[]>(
  work: (...given: Given) => Promise<unknown>,
): Action<Given> {
  const [running, setRunning] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const run = useCallback(
    async (...given: Given) => {
      setRunning(true)
      setError(null)
      try {
        await work(...given)
        return true
      } catch (thrown) {
        setError(asApiError(thrown))
        return false
      } finally {
        setRunning(false)
      }
    },
    [work],
  )
  const clearError = useCallback(() => setError(null), [])
  return { run, running, error, clearError }
}
