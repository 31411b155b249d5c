import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { GuardedButton } from '../../access/guarded-button.tsx'
import { useCan } from '../../access/use-can.ts'
import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { useQuery } from '../../api/use-query.ts'
import { ActionModal } from '../../dialogs/action-modal.tsx'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { useNotify } from '../../page-frame/notifications.tsx'
import {
  AccountAliasesDocument,
  CreateAccountAliasDocument,
  DeleteAccountAliasDocument,
} from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** The name that people sign in by. */
export function AliasSection() {
  const messages = useMessages({ en, ko })
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const [reading] = useCan([{ action: 'iam:ListAccountAliases', resource: '*' }])
  const { data, error, reload } = useQuery(AccountAliasesDocument, reading?.allowed ? {} : null)
  const alias = data?.accountAliases?.[0] ?? null
  const modal = { onChanged: reload, onClose: () => setOpen(null) }
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={messages.aliasDescription}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {alias !== null && (
                <GuardedButton
                  needs={[{ action: 'iam:DeleteAccountAlias', resource: '*' }]}
                  onClick={() => setOpen('delete')}
                >
                  {messages.deleteAlias}
                </GuardedButton>
              )}
              <GuardedButton
                needs={[{ action: 'iam:CreateAccountAlias', resource: '*' }]}
                onClick={() => setOpen('edit')}
              >
                {alias === null ? messages.createAlias : messages.editAlias}
              </GuardedButton>
            </SpaceBetween>
          }
        >
          {messages.alias}
        </Header>
      }
    >
      {reading?.disabledReason !== undefined && <StatusIndicator type="info">{reading.disabledReason}</StatusIndicator>}
      {error && <ErrorAlert error={error} onRetry={reload} />}
      {reading?.allowed && data === null && !error && <Spinner />}
      {data && (alias === null ? <Box color="text-body-secondary">{messages.noAlias}</Box> : <strong>{alias}</strong>)}
      {open === 'edit' && <EditModal {...modal} alias={alias} />}
      {open === 'delete' && alias !== null && <DeleteModal {...modal} alias={alias} />}
    </Container>
  )
}

interface ModalProps<Alias> {
  readonly alias: Alias
  readonly onChanged: () => void
  readonly onClose: () => void
}

function EditModal({ alias, onChanged, onClose }: ModalProps<string | null>) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const [typed, setTyped] = useState('')
  const saving = useAction(async () => {
    const accountAlias = typed.trim()
    await request(CreateAccountAliasDocument, { accountAlias })
    notify({ type: 'success', content: messages.aliasSaved(accountAlias) })
    onClose()
    onChanged()
  })
  const title = alias === null ? messages.createAlias : messages.editAlias
  return (
    <ActionModal title={title} button={messages.save} action={saving} disabled={typed.trim() === ''} onClose={onClose}>
      {alias !== null && <div>{messages.aliasReplaces(alias)}</div>}
      <FormField label={messages.alias} constraintText={messages.aliasHint}>
        <Input name="accountAlias" autoComplete="off" value={typed} onChange={({ detail }) => setTyped(detail.value)} />
      </FormField>
    </ActionModal>
  )
}

function DeleteModal({ alias, onChanged, onClose }: ModalProps<string>) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const deletion = useAction(async () => {
    await request(DeleteAccountAliasDocument, { accountAlias: alias })
    notify({ type: 'success', content: messages.aliasDeleted(alias) })
    onClose()
    onChanged()
  })
  return (
    <ActionModal
      title={messages.deleteAliasTitle(alias)}
      button={messages.deleteAlias}
      action={deletion}
      onClose={onClose}
    >
      {messages.aliasReplaces(alias)}
    </ActionModal>
  )
}
