import Button, { type ButtonProps } from '@cloudscape-design/components/button'
import type { Check } from './decisions.ts'
import { useCan } from './use-can.ts'

interface GuardedButtonProps extends ButtonProps {
  /** All of them are needed. */
  readonly needs: readonly Check[]
}

/** A button that is disabled, and says which action is missing, when the caller may not do what it does. */
export function GuardedButton({ needs, disabled = false, disabledReason, ...button }: GuardedButtonProps) {
  const missing = useCan(needs).find(({ allowed }) => !allowed)
  return (
    <Button
      {...button}
      disabled={disabled || missing !== undefined}
      disabledReason={missing?.disabledReason ?? disabledReason}
    />
  )
}
