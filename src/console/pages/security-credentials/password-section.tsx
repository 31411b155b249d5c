import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Spinner from '@cloudscape-design/components/spinner'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { GuardedButton } from '../../access/guarded-button.tsx'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { PasswordRules } from '../../password-policy/password-rules.tsx'
import { usePasswordPolicy } from '../../password-policy/use-password-policy.ts'
import { ChangePasswordModal } from './change-password-modal.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

const BUILT_IN = { policy: 'built-in', error: null, missing: undefined } as const

interface PasswordSectionProps {
  /** Root keeps the built-in rules, whatever the account has set. */
  readonly ofRoot: boolean
}

/** The own password, with the rules that a new one must keep. */
export function PasswordSection({ ofRoot }: PasswordSectionProps) {
  const messages = useMessages({ en, ko })
  const [changing, setChanging] = useState(false)
  const account = usePasswordPolicy()
  const { policy, error, missing, reload } = ofRoot ? { ...account, ...BUILT_IN } : account
  const rules = policy && <PasswordRules policy={policy} />
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={messages.passwordDescription}
          actions={
            <GuardedButton needs={[{ action: 'iam:ChangePassword' }]} onClick={() => setChanging(true)}>
              {messages.changePassword}
            </GuardedButton>
          }
        >
          {messages.password}
        </Header>
      }
    >
      {missing !== undefined && <StatusIndicator type="info">{missing}</StatusIndicator>}
      {error && <ErrorAlert error={error} onRetry={reload} />}
      {rules ?? (missing === undefined && !error && <Spinner />)}
      {changing && <ChangePasswordModal rules={rules} onClose={() => setChanging(false)} />}
    </Container>
  )
}
