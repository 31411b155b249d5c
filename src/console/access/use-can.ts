import { useEffect, useSyncExternalStore } from 'react'
import { useMessages } from '../language/language.ts'
import { type Check, type Decision, decisionFor, decisionsVersion, subscribe, watch } from './decisions.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

export interface Permission {
  /** False as well while nobody knows yet. */
  readonly allowed: boolean
  readonly known: boolean
  readonly mfaRequired: boolean
  /** Why not, for the tooltip of a disabled button: which action is missing. Undefined when allowed or not known. */
  readonly disabledReason: string | undefined
}

/**
 * What the caller may do, in the order of the checks. All checks of all components that appear together are one request.
 * The answers guide the person; the API decides again when something is really done.
 */
export function useCan(checks: readonly Check[]): readonly Permission[] {
  const messages = useMessages({ en, ko })
  useSyncExternalStore(subscribe, decisionsVersion)
  const key = JSON.stringify(checks)
  useEffect(() => {
    const wanted: readonly Check[] = JSON.parse(key)
    return watch(wanted)
  }, [key])

  const explain = ({ action }: Check, decision: Decision | undefined) => {
    if (decision === undefined || decision.allowed) return undefined
    return decision.mfaRequired ? messages.needsMfa(action) : messages.needs(action)
  }
  return checks.map((check) => {
    const decision = decisionFor(check)
    return {
      allowed: decision?.allowed ?? false,
      known: decision !== undefined,
      mfaRequired: decision?.mfaRequired ?? false,
      disabledReason: explain(check, decision),
    }
  })
}
