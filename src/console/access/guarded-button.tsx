import Button, { type ButtonProps } from '@cloudscape-design/components/button'
import type { Check } from './decisions.ts'
import { useCan } from './use-can.ts'

interface GuardedButtonProps extends ButtonProps {
  /** All of them are needed. */
  readonly needs?: readonly Check[]
  /** One of them is enough; without any, the reason names the first. */
  readonly anyOf?: readonly Check[]
}

const NOTHING: readonly Check[] = []

/** A button that is disabled, and says which action is missing, when the caller may not do what it does. */
export function GuardedButton({
  needs = NOTHING,
  anyOf = NOTHING,
  disabled = false,
  disabledReason,
  ...button
}: GuardedButtonProps) {
  const permissions = useCan([...needs, ...anyOf])
  const enough = permissions.slice(needs.length)
  const missing =
    permissions.slice(0, needs.length).find(({ allowed }) => !allowed) ??
    (enough.some(({ allowed }) => allowed) ? undefined : enough[0])
  return (
    <Button
      {...button}
      disabled={disabled || missing !== undefined}
      disabledReason={missing?.disabledReason ?? disabledReason}
    />
  )
}
