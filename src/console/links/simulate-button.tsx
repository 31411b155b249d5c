import { useNavigate } from 'react-router'
import { GuardedButton } from '../access/guarded-button.tsx'
import { useMessages } from '../language/language.ts'
import { simulatorHref } from './addresses.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

type SimulateButtonProps =
  /** ARN of a user, group or role. */
  | { readonly principal: string; readonly policy?: never }
  /** ARN of a managed policy. */
  | { readonly policy: string; readonly principal?: never }

/** Leads to the simulator, to try what somebody may do or what a policy allows. */
export function SimulateButton({ principal, policy }: SimulateButtonProps) {
  const messages = useMessages({ en, ko })
  const navigate = useNavigate()
  const href = simulatorHref(policy === undefined ? { principal } : { policy })
  return (
    <GuardedButton
      needs={[
        policy === undefined
          ? { action: 'iam:SimulatePrincipalPolicy', resource: principal }
          : { action: 'iam:SimulateCustomPolicy', resource: '*' },
      ]}
      onClick={() => void navigate(href)}
    >
      {messages.simulate}
    </GuardedButton>
  )
}
