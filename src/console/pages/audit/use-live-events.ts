import { useEffect, useState } from 'react'
import { type ApiError, asApiError, isAway } from '../../api/api-error.ts'
import { useCallerGeneration } from '../../api/caller.ts'
import { untilBack } from '../../api/outage.ts'
import { request } from '../../api/request.ts'
import { subscribe } from '../../api/subscribe.ts'
import { IdentityDocument } from '../../session/documents.generated.ts'
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

/**
 * The events from now on that fit the filter, while it is on. A stream that a server ended by stopping goes on when there is one
 * again.
 *
 * @param onBack is told that events may have been missed; must be the same function each time
 */
export function useLiveEvents(on: boolean, filter: AuditEventFilter, onBack: () => void): LiveEvents {
  const [state, setState] = useState(NOTHING)
  const key = JSON.stringify(filter)
  const generation = useCallerGeneration()
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
    const { signal } = aborter
    const listenOn = async () => {
      while (!signal.aborted) {
        const error = await listen().then(() => null, asApiError)
        if (error?.code === EXPIRED) continue
        if (error !== null && !isAway(error)) throw error
        await untilBack(async () => await request(IdentityDocument, {}, signal, { askedBy: 'page' }), signal)
        onBack()
      }
    }
    listenOn().catch((thrown: unknown) => {
      if (!signal.aborted) setState((before) => ({ ...before, ended: true, error: asApiError(thrown) }))
    })
    return () => aborter.abort()
  }, [on, key, generation, onBack])
  return state
}
