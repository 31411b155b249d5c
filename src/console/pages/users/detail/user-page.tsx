import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import Tabs from '@cloudscape-design/components/tabs'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { GuardedButton } from '../../../access/guarded-button.tsx'
import { request } from '../../../api/request.ts'
import { useFreshQuery } from '../../../api/use-fresh-query.ts'
import { ReadFailure } from '../../../errors/read-failure.tsx'
import { useMessages } from '../../../language/language.ts'
import { later } from '../../../later/later.tsx'
import { USER_TABS, userHref } from '../../../links/addresses.ts'
import { SimulateButton } from '../../../links/simulate-button.tsx'
import { PageFrame } from '../../../page-frame/page-frame.tsx'
import { USERS } from '../addresses.ts'
import { UpdateUserDocument, UserSummaryDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { named } from './named.tsx'
import { PermissionsTab } from './permissions-tab.tsx'
import { Summary } from './summary.tsx'

const CredentialsTab = later(async () => (await import('./credentials-tab.tsx')).CredentialsTab)
const GroupsTab = later(async () => (await import('./groups-tab.tsx')).GroupsTab)
const TagsTab = later(async () => (await import('./tags-tab.tsx')).TagsTab)
const RenameModal = later(async () => (await import('../../../entities/rename-modal.tsx')).RenameModal)
const DeleteUserModal = later(async () => (await import('./delete-user-modal.tsx')).DeleteUserModal)

/** One user: what it is, what it may do, and what it signs in with. */
function UserPage({ name }: { readonly name: string }) {
  const messages = useMessages({ en, ko })
  const navigate = useNavigate()
  const [address, setAddress] = useSearchParams()
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const { data, error, loading, reload } = useFreshQuery(UserSummaryDocument, { name })
  const user = data?.user ?? null
  const tab = USER_TABS.find((known) => known === address.get('tab')) ?? USER_TABS[0]
  const close = () => setOpen(null)
  return (
    <PageFrame
      title={user?.name ?? name}
      breadcrumbs={[{ text: messages.users, href: USERS }]}
      actions={
        user && (
          <SpaceBetween direction="horizontal" size="xs">
            <Button iconName="refresh" ariaLabel={messages.refresh} loading={loading} onClick={reload} />
            <SimulateButton principal={user.arn} />
            <GuardedButton needs={[{ action: 'iam:UpdateUser', resource: user.arn }]} onClick={() => setOpen('edit')}>
              {messages.edit}
            </GuardedButton>
            <GuardedButton needs={[{ action: 'iam:DeleteUser', resource: user.arn }]} onClick={() => setOpen('delete')}>
              {messages.delete}
            </GuardedButton>
          </SpaceBetween>
        )
      }
    >
      <SpaceBetween size="l">
        {error && <ReadFailure error={error} onRetry={reload} list={{ text: messages.users, href: USERS }} />}
        {user === null && loading && (
          <Container>
            <Spinner />
          </Container>
        )}
        {user && (
          <>
            <Summary user={user} />
            <Tabs
              ariaLabel={user.name}
              activeTabId={tab}
              onChange={({ detail }) => setAddress({ tab: detail.activeTabId }, { replace: true })}
              tabs={[
                { id: 'permissions', label: messages.permissions, content: <PermissionsTab user={user} /> },
                { id: 'groups', label: messages.groups, content: <GroupsTab user={user} /> },
                {
                  id: 'tags',
                  label: messages.tagsTab(String(user.tags?.length ?? 0)),
                  content: <TagsTab user={user} onChanged={reload} />,
                },
                { id: 'credentials', label: messages.credentials, content: <CredentialsTab user={user} /> },
              ]}
            />
            {open === 'edit' && (
              <RenameModal
                type="USER"
                entity={user}
                save={({ name: newUserName, path: newPath }) =>
                  request(UpdateUserDocument, { input: { userName: user.name, newUserName, newPath } })
                }
                onClose={close}
                onSaved={(renamed) => {
                  close()
                  void navigate(userHref(renamed, tab), { replace: true })
                }}
              />
            )}
            {open === 'delete' && (
              <DeleteUserModal user={user} onClose={close} onDeleted={() => void navigate(USERS, { replace: true })} />
            )}
          </>
        )}
      </SpaceBetween>
    </PageFrame>
  )
}

export const Component = named(UserPage)
