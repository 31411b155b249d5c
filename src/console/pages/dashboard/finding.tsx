import Box from '@cloudscape-design/components/box'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ReactNode } from 'react'

interface FindingProps {
  readonly ok: boolean
  readonly text: string
  readonly hint?: ReactNode
}

/** One thing that was looked at, and whether it is as it should be. */
export function Finding({ ok, text, hint }: FindingProps) {
  return (
    <div data-finding={ok ? 'ok' : 'attention'}>
      <StatusIndicator type={ok ? 'success' : 'warning'}>{text}</StatusIndicator>
      {!ok && hint !== undefined && (
        <Box variant="small" display="block">
          {hint}
        </Box>
      )}
    </div>
  )
}
