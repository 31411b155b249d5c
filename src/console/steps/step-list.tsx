import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { StepProgress, Steps } from './use-steps.ts'

const TYPES: Readonly<Record<StepProgress['state'], StatusIndicatorProps.Type>> = {
  pending: 'pending',
  running: 'in-progress',
  done: 'success',
  failed: 'error',
}

interface StepListProps {
  readonly steps: Steps
  readonly onRetry: () => void
}

/** How far it came. After a failure: what was done, what failed and why, what is left. */
export function StepList({ steps, onRetry }: StepListProps) {
  const messages = useMessages({ en, ko })
  const { progress, error } = steps
  if (progress.length === 0) return null
  return (
    <SpaceBetween size="s">
      {error && <ErrorAlert error={error} onRetry={onRetry} />}
      {error && <div>{progress.some(({ state }) => state === 'done') ? messages.partly : messages.nothingDone}</div>}
      <ul className="step-list" aria-live="polite">
        {progress.map(({ id, text, state }) => (
          <li key={id} data-step-state={state}>
            <StatusIndicator type={TYPES[state]} iconAriaLabel={messages[state]}>
              {text}
            </StatusIndicator>
          </li>
        ))}
      </ul>
    </SpaceBetween>
  )
}
