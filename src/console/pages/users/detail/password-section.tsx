import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import { useState } from 'react'
import type { ActionName } from '../../../access/action-name.generated.ts'
import { GuardedButton } from '../../../access/guarded-button.tsx'
import { useCan } from '../../../access/use-can.ts'
import { request } from '../../../api/request.ts'
import { useAction } from '../../../api/use-action.ts'
import { useFreshQuery } from '../../../api/use-fresh-query.ts'
import { ActionModal } from '../../../dialogs/action-modal.tsx'
import { ErrorAlert } from '../../../errors/error-alert.tsx'
import { useMessages } from '../../../language/language.ts'
import { useFormat } from '../../../language/use-format.ts'
import { useNotify } from '../../../page-frame/notifications.tsx'
import { DeleteLoginProfileDocument, UserPasswordDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { PasswordModal } from './password-modal.tsx'
import type { UserProps } from './user.ts'

/** Whether the user can sign in to the console, and how that is begun, changed and ended. */
export function PasswordSection({ user }: UserProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const [mayRead] = useCan([{ action: 'iam:GetLoginProfile', resource: user.arn }])
  const { data, error, reload } = useFreshQuery(UserPasswordDocument, mayRead?.allowed ? { name: user.name } : null)
  const [open, setOpen] = useState<'create' | 'reset' | 'remove' | null>(null)
  const profile = data?.user?.loginProfile
  const needs = (action: ActionName) => [{ action, resource: user.arn }]
  const close = () => setOpen(null)
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={messages.passwordDescription}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {!profile && (
                <GuardedButton needs={needs('iam:CreateLoginProfile')} onClick={() => setOpen('create')}>
                  {messages.enableConsole}
                </GuardedButton>
              )}
              {profile !== null && (
                <GuardedButton needs={needs('iam:UpdateLoginProfile')} onClick={() => setOpen('reset')}>
                  {messages.resetPassword}
                </GuardedButton>
              )}
              {profile !== null && (
                <GuardedButton needs={needs('iam:DeleteLoginProfile')} onClick={() => setOpen('remove')}>
                  {messages.removePassword}
                </GuardedButton>
              )}
            </SpaceBetween>
          }
        >
          {messages.password}
        </Header>
      }
    >
      {error && <ErrorAlert error={error} onRetry={reload} />}
      {mayRead?.known && !mayRead.allowed && <div>{mayRead.disabledReason}</div>}
      {mayRead?.allowed && data === null && !error && <Spinner />}
      {profile === null && <div>{messages.noPassword}</div>}
      {profile && (
        <KeyValuePairs
          columns={4}
          items={[
            {
              label: messages.consoleAccess,
              value: profile.passwordResetRequired ? messages.enabledMustChange : messages.enabled,
            },
            { label: messages.created, value: format.dateTime(profile.createdAt) },
            { label: messages.passwordChanged, value: format.dateTime(profile.passwordChangedAt) },
            {
              label: messages.passwordExpires,
              value:
                profile.passwordExpiresAt === null ? messages.neverExpires : format.dateTime(profile.passwordExpiresAt),
            },
          ]}
        />
      )}
      {open === 'remove' && <RemoveModal user={user} onClose={close} />}
      {(open === 'create' || open === 'reset') && <PasswordModal user={user} kind={open} onClose={close} />}
    </Container>
  )
}

function RemoveModal({ user, onClose }: UserProps & { readonly onClose: () => void }) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const action = useAction(async () => {
    await request(DeleteLoginProfileDocument, { input: { userName: user.name } })
    notify({ type: 'success', content: messages.passwordRemoved(user.name) })
    onClose()
  })
  return (
    <ActionModal title={messages.removePassword} button={messages.remove} action={action} onClose={onClose}>
      {messages.removePasswordText(user.name)}
    </ActionModal>
  )
}
