import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import { useState } from 'react'
import { GuardedButton } from '../access/guarded-button.tsx'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { useFormat } from '../language/use-format.ts'
import { later } from '../later/later.tsx'
import { policyHref } from '../links/addresses.ts'
import { AppLink } from '../links/app-link.tsx'
import { PolicyText } from '../policy-document/policy-text.tsx'
import { LongText } from '../texts/long-text.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { holderCheck, type PolicyHolder } from './policy-holder.ts'
import type { AttachedPolicy, HeldPolicies, InlinePolicy } from './use-held-policies.ts'

const AttachPolicyModal = later(async () => (await import('./policy-modals.tsx')).AttachPolicyModal)
const DeleteInlineModal = later(async () => (await import('./policy-modals.tsx')).DeleteInlineModal)
const DetachPolicyModal = later(async () => (await import('./policy-modals.tsx')).DetachPolicyModal)
const InlinePolicyModal = later(async () => (await import('./policy-modals.tsx')).InlinePolicyModal)

interface HeldPoliciesSectionProps {
  readonly holder: PolicyHolder
  readonly held: HeldPolicies
}

/** The policies that are attached to a user, a group or a role, and those that are part of it. */
export function HeldPoliciesSection({ holder, held }: HeldPoliciesSectionProps) {
  return (
    <SpaceBetween size="l">
      {held.error && <ErrorAlert error={held.error} onRetry={held.reload} />}
      <AttachedPolicies holder={holder} held={held} />
      <InlinePolicies holder={holder} held={held} />
    </SpaceBetween>
  )
}

function AttachedPolicies({ holder, held }: HeldPoliciesSectionProps) {
  const messages = useMessages({ en, ko })
  const [attaching, setAttaching] = useState(false)
  const [detaching, setDetaching] = useState<AttachedPolicy | null>(null)
  const { attached, loading, reload } = held
  return (
    <>
      <Table
        ariaLabels={{ tableLabel: messages.attached }}
        header={
          <Header
            variant="h2"
            counter={attached ? `(${attached.length})` : undefined}
            actions={
              <GuardedButton needs={[holderCheck(holder, 'Attach')]} onClick={() => setAttaching(true)}>
                {messages.attach}
              </GuardedButton>
            }
          >
            {messages.attached}
          </Header>
        }
        items={attached ?? []}
        trackBy="arn"
        wrapLines
        loading={attached === null && loading}
        loadingText={messages.loading}
        empty={attached ? messages.noneAttached : messages.hidden}
        columnDefinitions={[
          {
            id: 'name',
            header: messages.name,
            isRowHeader: true,
            minWidth: 180,
            cell: ({ arn, policyName }) => (
              <span className="breaking-text">
                <AppLink href={policyHref(arn)}>{policyName}</AppLink>
              </span>
            ),
          },
          { id: 'arn', header: 'ARN', minWidth: 240, cell: ({ arn }) => <LongText text={arn} /> },
          {
            id: 'actions',
            header: messages.actions,
            minWidth: 120,
            cell: (policy) => (
              <GuardedButton
                variant="inline-link"
                ariaLabel={messages.detachPolicy(policy.policyName)}
                needs={[holderCheck(holder, 'Detach')]}
                onClick={() => setDetaching(policy)}
              >
                {messages.detach}
              </GuardedButton>
            ),
          },
        ]}
      />
      {attaching && <AttachPolicyModal holder={holder} onChanged={reload} onClose={() => setAttaching(false)} />}
      {detaching && (
        <DetachPolicyModal holder={holder} policy={detaching} onChanged={reload} onClose={() => setDetaching(null)} />
      )}
    </>
  )
}

function InlinePolicies({ holder, held }: HeldPoliciesSectionProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const [editing, setEditing] = useState<InlinePolicy | 'new' | null>(null)
  const [deleting, setDeleting] = useState<string | null>(null)
  const { inline, loading, reload } = held
  const label = (policy: InlinePolicy) => messages.editPolicy(policy.policyName)
  return (
    <>
      <Table
        ariaLabels={{ tableLabel: messages.inline }}
        header={
          <Header
            variant="h2"
            counter={inline ? `(${inline.length})` : undefined}
            description={messages.inlineDescription}
            actions={
              <GuardedButton needs={[holderCheck(holder, 'Put')]} onClick={() => setEditing('new')}>
                {messages.createInline}
              </GuardedButton>
            }
          >
            {messages.inline}
          </Header>
        }
        items={inline ?? []}
        trackBy="policyName"
        wrapLines
        loading={inline === null && loading}
        loadingText={messages.loading}
        empty={inline ? messages.noneInline : messages.hidden}
        columnDefinitions={[
          {
            id: 'name',
            header: messages.name,
            isRowHeader: true,
            minWidth: 180,
            cell: ({ policyName, policyText }) =>
              policyText ? (
                <ExpandableSection
                  headerText={<span className="breaking-text">{policyName}</span>}
                  headerAriaLabel={policyName}
                  variant="footer"
                >
                  <PolicyText label={policyName} text={policyText} />
                </ExpandableSection>
              ) : (
                <span className="breaking-text">{policyName}</span>
              ),
          },
          {
            id: 'updated',
            header: messages.updated,
            minWidth: 120,
            cell: ({ updatedAt }) => format.dateTime(updatedAt),
          },
          {
            id: 'actions',
            header: messages.actions,
            minWidth: 120,
            cell: (policy) => (
              <SpaceBetween direction="horizontal" size="s">
                {policy.policyText && (
                  <Button variant="inline-link" ariaLabel={label(policy)} onClick={() => setEditing(policy)}>
                    {messages.edit}
                  </Button>
                )}
                <GuardedButton
                  variant="inline-link"
                  ariaLabel={messages.deletePolicy(policy.policyName)}
                  needs={[holderCheck(holder, 'Delete')]}
                  onClick={() => setDeleting(policy.policyName)}
                >
                  {messages.delete}
                </GuardedButton>
              </SpaceBetween>
            ),
          },
        ]}
      />
      {editing && (
        <InlinePolicyModal
          holder={holder}
          policy={editing === 'new' ? null : editing}
          onChanged={reload}
          onClose={() => setEditing(null)}
        />
      )}
      {deleting !== null && (
        <DeleteInlineModal holder={holder} policyName={deleting} onChanged={reload} onClose={() => setDeleting(null)} />
      )}
    </>
  )
}
