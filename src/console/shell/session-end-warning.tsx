import Button from '@cloudscape-design/components/button'
import { useEffect, useState } from 'react'
import { useMessages } from '../language/language.ts'
import { useFormat } from '../language/use-format.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { endSession, refreshIdentity, useIdentity, useSession } from '../session/session-store.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

const WARN_BEFORE_MS = 10 * 60_000
/** A timer for the whole time would be late after the computer slept. */
const LOOK_EVERY_MS = 20_000
/** How old an answer about the end may be to warn by: any request of this or another tab may have put it off since. */
const KNOWN_FOR_MS = 60_000

/**
 * Says in time that the session is about to end, by its age or because nobody does anything, and notices when it has. It asks
 * as the page, not as a person: looking must not put the end off.
 */
export function SessionEndWarning() {
  const identity = useIdentity()
  const { state } = useSession()
  const [near, setNear] = useState(false)
  const end = endOf(identity)
  const endsAt = end?.at ?? null
  useEffect(() => {
    if (endsAt === null || state !== 'signed-in') return undefined
    let knownAt = Date.now()
    const look = () => {
      const now = Date.now()
      const left = endsAt - now
      if (left > WARN_BEFORE_MS) setNear(false)
      else if (left > 0 && now - knownAt < KNOWN_FOR_MS) setNear(true)
      else {
        knownAt = now
        void refreshIdentity('page')
      }
    }
    look()
    const timer = setInterval(look, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [endsAt, state])
  return near && end ? <Warning {...end} /> : null
}

interface End {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** It can be put off. */
  readonly idle: boolean
}

/** The earlier of the two ends. */
function endOf({ sessionExpiresAt, sessionIdleExpiresAt, sessionName }: ReturnType<typeof useIdentity>): End | null {
  const last = sessionExpiresAt?.getTime() ?? null
  const next = sessionIdleExpiresAt?.getTime() ?? null
  if (next !== null && (last === null || next < last)) return { at: next, idle: sessionName === null }
  return last === null ? null : { at: last, idle: false }
}

function Warning({ at, idle }: End) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const notify = useNotify()
  useEffect(() => {
    const time = format.time(new Date(at))
    return notify({
      id: 'session-end',
      type: 'warning',
      content: idle ? messages.idleSoon(time) : messages.endsSoon(time),
      action: idle ? (
        <Button onClick={() => void refreshIdentity()}>{messages.staySignedIn}</Button>
      ) : (
        <Button onClick={() => void endSession()}>{messages.signInAgainNow}</Button>
      ),
    })
  }, [at, idle, messages, format, notify])
  return null
}
