import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import { useState } from 'react'
import { GuardedButton } from '../access/guarded-button.tsx'
import { useCan } from '../access/use-can.ts'
import { request } from '../api/request.ts'
import { useAction } from '../api/use-action.ts'
import { useFreshQuery } from '../api/use-fresh-query.ts'
import { ActionModal } from '../dialogs/action-modal.tsx'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { useFormat } from '../language/use-format.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { CreateModal } from './create-modal.tsx'
import {
  DeleteServiceCredentialDocument,
  ResetServiceCredentialDocument,
  UpdateServiceCredentialDocument,
  UserServiceCredentialsDocument,
  type UserServiceCredentialsQuery,
} from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { type Handed, SecretModal } from './secret-modal.tsx'

type Credential = NonNullable<UserServiceCredentialsQuery['serviceSpecificCredentials']>['edges'][number]['node']

interface ServiceCredentialsSectionProps {
  readonly user: { readonly name: string; readonly arn: string }
}

type Open =
  | { readonly what: 'create' }
  | { readonly what: 'reset' | 'delete'; readonly credential: Credential }
  | { readonly what: 'secret'; readonly handed: Handed }

const INDICATORS = { ACTIVE: 'success', INACTIVE: 'stopped', EXPIRED: 'warning' } as const

const nameOf = ({ serviceUserName, serviceCredentialAlias }: Credential) =>
  serviceUserName ?? serviceCredentialAlias ?? ''

/** What a user proves at services who they are with, and everything that can be done to it. Secrets are shown when they are made. */
export function ServiceCredentialsSection({ user: { name: userName, arn } }: ServiceCredentialsSectionProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const notify = useNotify()
  const [open, setOpen] = useState<Open | null>(null)
  // A field that is refused would be in the audit trail each time that somebody looks at the page.
  const [mayList, mayUpdate, mayReset, mayDelete] = useCan(
    (
      [
        'iam:ListServiceSpecificCredentials',
        'iam:UpdateServiceSpecificCredential',
        'iam:ResetServiceSpecificCredential',
        'iam:DeleteServiceSpecificCredential',
      ] as const
    ).map((action) => ({ action, resource: arn })),
  )
  const { data, error, loading, reload } = useFreshQuery(
    UserServiceCredentialsDocument,
    mayList?.allowed ? { userName } : null,
  )
  const credentials = data?.serviceSpecificCredentials?.edges.map(({ node }) => node) ?? []
  const inputOf = ({ serviceSpecificCredentialId }: Credential) => ({ userName, serviceSpecificCredentialId })
  const close = () => setOpen(null)
  const hand = (handed: Handed | null) => {
    setOpen(handed === null ? null : { what: 'secret', handed })
    reload()
  }

  const update = useAction(async (credential: Credential) => {
    const status = credential.status === 'ACTIVE' ? 'INACTIVE' : 'ACTIVE'
    await request(UpdateServiceCredentialDocument, { input: { ...inputOf(credential), status } })
    const content = (status === 'ACTIVE' ? messages.activated : messages.deactivated)(nameOf(credential))
    notify({ type: 'success', content })
    reload()
  })
  const reset = useAction(async () => {
    if (open?.what !== 'reset') return
    const { data: answer } = await request(ResetServiceCredentialDocument, { input: inputOf(open.credential) })
    hand(answer.resetServiceSpecificCredential)
  })
  const deletion = useAction(async () => {
    if (open?.what !== 'delete') return
    await request(DeleteServiceCredentialDocument, { input: inputOf(open.credential) })
    notify({ type: 'success', content: messages.deleted(nameOf(open.credential)) })
    close()
    reload()
  })

  const item = (id: string, text: string, permission: typeof mayUpdate) => ({
    id,
    text,
    disabled: !permission?.allowed,
    disabledReason: permission?.disabledReason,
  })
  const actionsOf = (credential: Credential) => (
    <ButtonDropdown
      ariaLabel={messages.actionsFor(nameOf(credential), credential.serviceName)}
      expandToViewport
      items={[
        ...(credential.status === 'EXPIRED'
          ? []
          : [
              item('status', credential.status === 'ACTIVE' ? messages.deactivate : messages.activate, mayUpdate),
              item('reset', messages.reset, mayReset),
            ]),
        item('delete', messages.delete, mayDelete),
      ]}
      onItemClick={({ detail: { id } }) => {
        if (id === 'status') void update.run(credential)
        else setOpen({ what: id === 'reset' ? 'reset' : 'delete', credential })
      }}
    >
      {messages.actions}
    </ButtonDropdown>
  )
  const states = { ACTIVE: messages.active, INACTIVE: messages.inactive, EXPIRED: messages.expired }
  return (
    <SpaceBetween size="m">
      {update.error && <ErrorAlert error={update.error} />}
      {error && <ErrorAlert error={error} onRetry={reload} />}
      <Table
        items={credentials}
        trackBy="serviceSpecificCredentialId"
        loading={mayList?.known !== true || (mayList.allowed && loading && data === null)}
        loadingText={messages.title}
        enableKeyboardNavigation
        header={
          <Header
            variant="h2"
            counter={data === null ? undefined : `(${credentials.length})`}
            description={messages.description}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={messages.refresh} loading={loading} onClick={reload} />
                <GuardedButton
                  needs={[{ action: 'iam:CreateServiceSpecificCredential', resource: arn }]}
                  onClick={() => setOpen({ what: 'create' })}
                >
                  {messages.create}
                </GuardedButton>
              </SpaceBetween>
            }
          >
            {messages.title}
          </Header>
        }
        empty={
          <Box textAlign="center" color="text-body-secondary">
            {mayList?.known && !mayList.allowed ? mayList.disabledReason : messages.none}
          </Box>
        }
        columnDefinitions={[
          { id: 'service', header: messages.service, isRowHeader: true, cell: ({ serviceName }) => serviceName },
          { id: 'name', header: messages.userName, cell: nameOf },
          {
            id: 'status',
            header: messages.status,
            cell: ({ status }) => <StatusIndicator type={INDICATORS[status]}>{states[status]}</StatusIndicator>,
          },
          { id: 'created', header: messages.created, cell: ({ createdAt }) => format.dateTime(createdAt) },
          {
            id: 'expires',
            header: messages.expires,
            cell: ({ expiresAt }) => (expiresAt === null ? messages.never : format.dateTime(expiresAt)),
          },
          { id: 'actions', header: messages.actions, cell: actionsOf },
        ]}
      />
      {open?.what === 'create' && <CreateModal userName={userName} onMade={hand} onClose={close} />}
      {open?.what === 'secret' && <SecretModal handed={open.handed} onClose={close} />}
      {open?.what === 'reset' && (
        <ActionModal
          title={messages.resetTitle(nameOf(open.credential))}
          button={messages.reset}
          action={reset}
          onClose={close}
        >
          {messages.resetText}
        </ActionModal>
      )}
      {open?.what === 'delete' && (
        <ActionModal
          title={messages.deleteTitle(nameOf(open.credential))}
          button={messages.delete}
          action={deletion}
          onClose={close}
        >
          {messages.deleteText}
        </ActionModal>
      )}
    </SpaceBetween>
  )
}
