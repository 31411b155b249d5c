import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useMessages } from '../../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { Verdict } from './simulate.ts'

const TYPES = { ALLOW: 'success', IMPLICIT_DENY: 'stopped', EXPLICIT_DENY: 'error' } as const

/** What was decided, in words and with a sign. */
export function VerdictIndicator({ verdict: { evalDecision } }: { readonly verdict: Verdict }) {
  const messages = useMessages({ en, ko })
  return <StatusIndicator type={TYPES[evalDecision]}>{messages[evalDecision]}</StatusIndicator>
}
