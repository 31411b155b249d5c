import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import { useState } from 'react'
import { GuardedButton } from '../../../access/guarded-button.tsx'
import { useCan } from '../../../access/use-can.ts'
import { request } from '../../../api/request.ts'
import { useFreshQuery } from '../../../api/use-fresh-query.ts'
import { ActionModal } from '../../../dialogs/action-modal.tsx'
import { useAction } from '../../../api/use-action.ts'
import { ErrorAlert } from '../../../errors/error-alert.tsx'
import { useMessages } from '../../../language/language.ts'
import { useFormat } from '../../../language/use-format.ts'
import { useNotify } from '../../../shell/notifications.tsx'
import { AttachPoliciesModal } from './attach-policies-modal.tsx'
import { DeleteUserPolicyDocument, DetachUserPolicyDocument, UserPoliciesDocument } from './documents.generated.ts'
import { type DocumentPlace, PolicyDocumentModal } from './policy-document-modal.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { UserProps } from './user.ts'

type Removal =
  | { readonly kind: 'attached'; readonly name: string; readonly arn: string }
  | { readonly kind: 'inline'; readonly name: string }

export function PermissionsTab({ user }: UserProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const { name, arn } = user
  const [mayAttached, mayInline, mayReadInline] = useCan(
    ['iam:ListAttachedUserPolicies', 'iam:ListUserPolicies', 'iam:GetUserPolicy'].map((action) => ({
      action,
      resource: arn,
    })),
  )
  const variables = { name, withAttached: mayAttached?.allowed ?? false, withInline: mayInline?.allowed ?? false }
  const asking = variables.withAttached || variables.withInline
  const { data, error, loading, reload } = useFreshQuery(UserPoliciesDocument, asking ? variables : null)
  const [attaching, setAttaching] = useState(false)
  const [shown, setShown] = useState<DocumentPlace | null>(null)
  const [removal, setRemoval] = useState<Removal | null>(null)
  const attached = data?.user?.attachedPolicies?.edges.map(({ node }) => node) ?? []
  const inline = data?.user?.inlinePolicies ?? []
  return (
    <SpaceBetween size="l">
      {error && <ErrorAlert error={error} onRetry={reload} />}
      <Table
        items={attached}
        trackBy="arn"
        loading={loading && asking && data === null}
        loadingText={messages.loading}
        ariaLabels={{ tableLabel: messages.attachedPolicies }}
        empty={mayAttached?.disabledReason ?? messages.noAttached}
        header={
          <Header
            variant="h2"
            counter={mayAttached?.allowed ? `(${attached.length})` : undefined}
            description={messages.attachedDescription}
            actions={
              <GuardedButton
                needs={[{ action: 'iam:AttachUserPolicy', resource: arn }]}
                onClick={() => setAttaching(true)}
              >
                {messages.attach}
              </GuardedButton>
            }
          >
            {messages.attachedPolicies}
          </Header>
        }
        columnDefinitions={[
          {
            id: 'name',
            header: messages.policy,
            isRowHeader: true,
            cell: (policy) => <span className="breaking-text">{policy.policyName}</span>,
          },
          {
            id: 'kind',
            header: messages.kind,
            cell: (policy) => (isBuiltIn(policy.arn) ? messages.builtIn : messages.ownPolicy),
          },
          {
            id: 'actions',
            header: messages.actions,
            cell: (policy) => (
              <SpaceBetween direction="horizontal" size="xs">
                <GuardedButton
                  variant="inline-link"
                  ariaLabel={messages.viewOf(policy.policyName)}
                  needs={[{ action: 'iam:GetPolicyVersion', resource: policy.arn }]}
                  onClick={() =>
                    setShown({
                      kind: 'managed',
                      name: policy.policyName,
                      policyArn: policy.arn,
                      versionId: policy.defaultVersionId,
                    })
                  }
                >
                  {messages.view}
                </GuardedButton>
                <GuardedButton
                  variant="inline-link"
                  ariaLabel={messages.detachOf(policy.policyName)}
                  needs={[{ action: 'iam:DetachUserPolicy', resource: arn }]}
                  onClick={() => setRemoval({ kind: 'attached', name: policy.policyName, arn: policy.arn })}
                >
                  {messages.detach}
                </GuardedButton>
              </SpaceBetween>
            ),
          },
        ]}
      />
      <Table
        items={inline}
        trackBy="policyName"
        loading={loading && asking && data === null}
        loadingText={messages.loading}
        ariaLabels={{ tableLabel: messages.inlinePolicies }}
        empty={mayInline?.disabledReason ?? messages.noInline}
        header={
          <Header
            variant="h2"
            counter={mayInline?.allowed ? `(${inline.length})` : undefined}
            description={messages.inlineDescription}
          >
            {messages.inlinePolicies}
          </Header>
        }
        columnDefinitions={[
          {
            id: 'name',
            header: messages.policy,
            isRowHeader: true,
            cell: ({ policyName }) => <span className="breaking-text">{policyName}</span>,
          },
          { id: 'updated', header: messages.updated, cell: ({ updatedAt }) => format.dateTime(updatedAt) },
          {
            id: 'actions',
            header: messages.actions,
            cell: ({ policyName }) => (
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  variant="inline-link"
                  ariaLabel={messages.viewOf(policyName)}
                  disabled={!mayReadInline?.allowed}
                  disabledReason={mayReadInline?.disabledReason}
                  onClick={() => setShown({ kind: 'inline', name: policyName, userName: name })}
                >
                  {messages.view}
                </Button>
                <GuardedButton
                  variant="inline-link"
                  ariaLabel={messages.removeOf(policyName)}
                  needs={[{ action: 'iam:DeleteUserPolicy', resource: arn }]}
                  onClick={() => setRemoval({ kind: 'inline', name: policyName })}
                >
                  {messages.remove}
                </GuardedButton>
              </SpaceBetween>
            ),
          },
        ]}
      />
      {attaching && (
        <AttachPoliciesModal
          user={user}
          attached={attached.map((policy) => policy.arn)}
          onClose={() => setAttaching(false)}
        />
      )}
      {shown && <PolicyDocumentModal place={shown} onClose={() => setShown(null)} />}
      {removal && <RemovalModal user={user} removal={removal} onClose={() => setRemoval(null)} />}
    </SpaceBetween>
  )
}

interface RemovalModalProps extends UserProps {
  readonly removal: Removal
  readonly onClose: () => void
}

function RemovalModal({ user, removal, onClose }: RemovalModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const attached = removal.kind === 'attached'
  const action = useAction(async () => {
    const userName = user.name
    if (attached) await request(DetachUserPolicyDocument, { input: { userName, policyArn: removal.arn } })
    else await request(DeleteUserPolicyDocument, { input: { userName, policyName: removal.name } })
    notify({
      type: 'success',
      content: attached ? messages.detached(removal.name, userName) : messages.removed(removal.name, userName),
    })
    onClose()
  })
  return (
    <ActionModal
      title={attached ? messages.detachTitle(removal.name) : messages.removeTitle(removal.name)}
      button={attached ? messages.detach : messages.remove}
      action={action}
      onClose={onClose}
    >
      {attached ? messages.detachText : messages.removeText}
    </ActionModal>
  )
}

/** Policies that come with the system carry `aws` in the place of the account. */
function isBuiltIn(arn: string): boolean {
  return arn.startsWith('arn:aws:iam::aws:')
}
