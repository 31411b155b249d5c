import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useMessages } from '../../language/language.ts'
import type { AuditEvent } from './audit-event.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

const TYPES = { SUCCESS: 'success', DENIED: 'error', FAILURE: 'warning' } as const

export function ResultIndicator({ event: { result } }: { readonly event: AuditEvent }) {
  const messages = useMessages({ en, ko })
  return <StatusIndicator type={TYPES[result]}>{messages[result]}</StatusIndicator>
}
