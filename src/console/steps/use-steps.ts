import { useCallback, useRef, useState } from 'react'
import { type ApiError, asApiError } from '../api/api-error.ts'

/** One of several changes that belong together; the API knows each of them only by itself. */
export interface Step {
  /** Tells it from the others, in the next try as well. */
  readonly id: string
  readonly text: string
  readonly run: () => Promise<unknown>
}

export interface StepProgress {
  readonly id: string
  readonly text: string
  readonly state: 'pending' | 'running' | 'done' | 'failed'
}

export interface Steps {
  readonly progress: readonly StepProgress[]
  readonly running: boolean
  readonly error: ApiError | null
  /** Ids of what was done in this try and in those before it. */
  readonly done: ReadonlySet<string>
  /** Runs one after the other up to the first that fails; what was done in an earlier try is not done twice. */
  readonly run: (steps: readonly Step[]) => Promise<boolean>
}

/** Changes in an order. When one fails, those before it stay done, and `progress` says which. */
export function useSteps(): Steps {
  const done = useRef(new Set<string>())
  const [progress, setProgress] = useState<readonly StepProgress[]>([])
  const [running, setRunning] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const run = useCallback(async (steps: readonly Step[]) => {
    const begun = steps.map(
      ({ id, text }): StepProgress => ({
        id,
        text,
        state: done.current.has(id) ? 'done' : 'pending',
      }),
    )
    const mark = (id: string, state: StepProgress['state']) =>
      setProgress((before) => before.map((step) => (step.id === id ? { ...step, state } : step)))
    setProgress(begun)
    setRunning(true)
    setError(null)
    try {
      for (const step of steps.filter(({ id }) => !done.current.has(id))) {
        mark(step.id, 'running')
        try {
          await step.run()
        } catch (thrown) {
          mark(step.id, 'failed')
          setError(asApiError(thrown))
          return false
        }
        done.current.add(step.id)
        mark(step.id, 'done')
      }
      return true
    } finally {
      setRunning(false)
    }
  }, [])
  return { progress, running, error, done: done.current, run }
}
