import { useCallback, useEffect, useRef } from 'react'
import { useCan } from '../../access/use-can.ts'
import { type ApiError, asApiError } from '../../api/api-error.ts'
import type { AskedBy } from '../../api/outage.ts'
import { request } from '../../api/request.ts'
import { type Action, useAction } from '../../api/use-action.ts'
import { useQuery } from '../../api/use-query.ts'
import {
  CredentialReportDocument,
  type CredentialReportQuery,
  GenerateCredentialReportDocument,
} from './documents.generated.ts'

const POLL_MS = 500
/** Codes that say that there is no report to read, not that something is wrong. */
const WITHOUT_REPORT = new Set(['ReportNotPresent', 'ReportInProgress', 'ReportExpired'])

export interface ReportState {
  readonly report: NonNullable<CredentialReportQuery['credentialReport']> | null
  /** Why there is none: the API's code, or undefined. */
  readonly absence: string | undefined
  readonly error: ApiError | null
  readonly loading: boolean
  /** Which action is missing to read it. */
  readonly missing: string | undefined
  readonly generation: Action<[]>
  readonly reload: () => void
}

/** The report, and making one: that runs on after its answer, and is asked about until it is done. */
export function useReport(): ReportState {
  const [reading] = useCan([{ action: 'iam:GetCredentialReport', resource: '*' }])
  const { data, error, loading, reload } = useQuery(CredentialReportDocument, reading?.allowed ? {} : null)
  const left = useRef(new AbortController())
  useEffect(() => {
    const aborter = new AbortController()
    left.current = aborter
    return () => aborter.abort()
  }, [])
  const generation = useAction(
    useCallback(async () => {
      await generate(left.current.signal)
      reload()
    }, [reload]),
  )
  const absence = error !== null && WITHOUT_REPORT.has(error.code) ? error.code : undefined
  return {
    report: data?.credentialReport ?? null,
    absence,
    error: absence === undefined ? error : null,
    loading,
    missing: reading?.disabledReason,
    generation,
    reload,
  }
}

/** Until the report can be read, or the person went elsewhere. Asking again begins no second report. */
async function generate(signal: AbortSignal): Promise<void> {
  for (let askedBy: AskedBy = 'person'; !signal.aborted; askedBy = 'page') {
    const { data } = await request(GenerateCredentialReportDocument, {}, signal, { askedBy })
    if (data.generateCredentialReport?.state === 'COMPLETE') return
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  throw asApiError(signal.reason)
}
