import Alert from '@cloudscape-design/components/alert'
import type { ApiError } from '../api/api-error.ts'
import { useMessages } from '../language/language.ts'
import { AppLink } from '../links/app-link.tsx'
import { ErrorAlert } from './error-alert.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface ReadFailureProps {
  readonly error: ApiError
  readonly onRetry: () => void
  /** Where things of this kind are found. */
  readonly list: { readonly text: string; readonly href: string }
}

/** Why the page of one thing has nothing to show. That it is gone, or never was, is no fault of anybody. */
export function ReadFailure({ error, onRetry, list }: ReadFailureProps) {
  const messages = useMessages({ en, ko })
  if (error.code !== 'NoSuchEntity') return <ErrorAlert error={error} onRetry={onRetry} />
  return (
    <Alert type="info" header={messages.gone}>
      <div className="breaking-text">{error.message}</div>
      <div>{messages.goneHint}</div>
      <AppLink href={list.href}>{messages.backTo(list.text)}</AppLink>
    </Alert>
  )
}
