import { useEffect, useState } from 'react'
import { type ApiError, asApiError } from '../../api/api-error.ts'
import { subscribe } from '../../api/subscribe.ts'
import { useSessionGeneration } from '../../session/session-store.ts'
import type { AuditEvent } from './audit-event.ts'
import { AuditEventAddedDocument, type AuditEventFilter } from './documents.generated.ts'

/** As many as a person can look through; the others are on the pages below. */
const MOST_KEPT = 200

export interface LiveEvents {
  /** Newest first. */
  readonly events: readonly AuditEvent[]
  /** Why nothing comes in any more; null while it does, or while it is off. */
  readonly error: ApiError | null
  readonly ended: boolean
}

/** What a stream ends with when its token does. The browser has a newer one if somebody asked for something meanwhile. */
const EXPIRED = 'ExpiredToken'

const NOTHING: LiveEvents = { events: [], error: null, ended: false }

/** The events from now on that fit the filter, while it is on. */
export function useLiveEvents(on: boolean, filter: AuditEventFilter): LiveEvents {
  const [state, setState] = useState(NOTHING)
  const key = JSON.stringify(filter)
  const generation = useSessionGeneration()
  useEffect(() => setState(NOTHING), [on, key])
  useEffect(() => {
    if (!on) return undefined
    setState((before) => ({ ...before, ended: false, error: null }))
    const aborter = new AbortController()
    const listen = async () => {
      for await (const { auditEventAdded: event } of subscribe(
        AuditEventAddedDocument,
        { filter: JSON.parse(key) },
        aborter.signal,
      )) {
        if (event) setState((before) => ({ ...before, events: [event, ...before.events].slice(0, MOST_KEPT) }))
      }
    }
    const listenOn = async () => {
      try {
        await listen()
      } catch (thrown) {
        if (asApiError(thrown).code !== EXPIRED) throw thrown
        await listenOn()
      }
    }
    listenOn().then(
      () => setState((before) => ({ ...before, ended: true })),
      (thrown: unknown) => {
        if (!aborter.signal.aborted) setState((before) => ({ ...before, ended: true, error: asApiError(thrown) }))
      },
    )
    return () => aborter.abort()
  }, [on, key, generation])
  return state
}
