import { useEffect, useState } from 'react'
import { type ApiError, asApiError } from '../api/api-error.ts'
import { useCallerGeneration } from '../api/caller.ts'
import { request } from '../api/request.ts'
import { ValidatePolicyDocument, type ValidatePolicyQuery } from './documents.generated.ts'

export type Finding = NonNullable<ValidatePolicyQuery['validatePolicy']>[number]
export type DocumentType = 'IDENTITY' | 'TRUST'

interface Findings {
  readonly findings: readonly Finding[]
  readonly error: ApiError | null
  /** The findings are about an older text. */
  readonly pending: boolean
}

/** Long enough that nobody is told of the half of a word, short enough to be read before the next line. */
const PAUSE_MS = 400

/** What is wrong with the text, or seldom meant, asked whenever the typing pauses. */
export function useFindings(text: string, type: DocumentType): Findings {
  const [state, setState] = useState<Findings>({ findings: [], error: null, pending: false })
  const generation = useCallerGeneration()
  useEffect(() => {
    if (text.trim() === '') {
      setState({ findings: [], error: null, pending: false })
      return undefined
    }
    const aborter = new AbortController()
    setState((before) => ({ ...before, pending: true }))
    const timer = setTimeout(() => {
      request(ValidatePolicyDocument, { document: text, type }, aborter.signal).then(
        ({ data }) => setState({ findings: data.validatePolicy ?? [], error: null, pending: false }),
        (thrown: unknown) => {
          if (!aborter.signal.aborted) setState({ findings: [], error: asApiError(thrown), pending: false })
        },
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      aborter.abort()
    }
  }, [text, type, generation])
  return state
}
