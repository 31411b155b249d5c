import { useEffect } from 'react'
import { useMessages } from '../language/language.ts'
import { useFormat } from '../language/use-format.ts'
import { en } from '../session/messages.en.ts'
import { ko } from '../session/messages.ko.ts'
import { refreshIdentity, useIdentity } from '../session/session-store.ts'
import { useNotify } from './notifications.tsx'

const WARN_BEFORE_MS = 10 * 60_000
/** A timer for the whole time would be late after the computer slept. */
const LOOK_EVERY_MS = 20_000

/** Says in time that the session is about to end, and notices when it has. */
export function SessionEndWarning() {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const notify = useNotify()
  const { sessionExpiresAt } = useIdentity()
  const endsAt = sessionExpiresAt?.getTime() ?? null
  useEffect(() => {
    if (endsAt === null) return undefined
    let warned = false
    const look = () => {
      const left = endsAt - Date.now()
      if (left <= 0) void refreshIdentity()
      else if (left <= WARN_BEFORE_MS && !warned) {
        warned = true
        notify({ id: 'session-end', type: 'warning', content: messages.endsSoon(format.time(new Date(endsAt))) })
      }
    }
    look()
    const timer = setInterval(look, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [endsAt, messages, format, notify])
  return null
}
