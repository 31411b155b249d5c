import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import { useState } from 'react'
import { GuardedButton } from '../../access/guarded-button.tsx'
import { useMessages } from '../../language/language.ts'
import { useFormat } from '../../language/use-format.ts'
import { later } from '../../later/later.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { PolicyVersion } from './use-policy.ts'
import { VersionComparison } from './version-comparison.tsx'

const DefaultVersionModal = later(async () => (await import('./version-modals.tsx')).DefaultVersionModal)
const DeleteVersionModal = later(async () => (await import('./version-modals.tsx')).DeleteVersionModal)

interface VersionsSectionProps {
  readonly policyArn: string
  /** Newest first. */
  readonly versions: readonly PolicyVersion[]
  readonly readOnly: string | undefined
  readonly onChanged: () => void
}

/** The versions of a policy: which one is in force, what they say, and how they differ. */
export function VersionsSection({ policyArn, versions, readOnly, onChanged }: VersionsSectionProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const [chosenId, setChosen] = useState<string | null>(null)
  const [open, setOpen] = useState<'default' | 'delete' | null>(null)
  const chosen = versions.find(({ versionId }) => versionId === chosenId)
  const reason =
    readOnly ?? (chosen?.isDefaultVersion ? messages.isDefault : chosen ? undefined : messages.chooseVersion)
  const blocked = { disabled: reason !== undefined, disabledReason: reason }
  const modal = { policyArn, versionId: chosenId ?? '', onChanged, onClose: () => setOpen(null) }
  return (
    <SpaceBetween size="l">
      <Table
        ariaLabels={{
          tableLabel: messages.versions,
          selectionGroupLabel: messages.versions,
          itemSelectionLabel: (_state, { versionId }) => versionId,
        }}
        header={
          <Header
            variant="h2"
            counter={`(${versions.length})`}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <GuardedButton
                  {...blocked}
                  needs={[{ action: 'iam:DeletePolicyVersion', resource: policyArn }]}
                  onClick={() => setOpen('delete')}
                >
                  {messages.deleteVersion}
                </GuardedButton>
                <GuardedButton
                  {...blocked}
                  needs={[{ action: 'iam:SetDefaultPolicyVersion', resource: policyArn }]}
                  onClick={() => setOpen('default')}
                >
                  {messages.makeDefault}
                </GuardedButton>
              </SpaceBetween>
            }
          >
            {messages.versions}
          </Header>
        }
        selectionType="single"
        selectedItems={chosen ? [chosen] : []}
        onSelectionChange={({ detail }) => setChosen(detail.selectedItems[0]?.versionId ?? null)}
        items={versions}
        trackBy="versionId"
        wrapLines
        columnDefinitions={[
          { id: 'version', header: messages.version, cell: ({ versionId }) => versionId, isRowHeader: true },
          {
            id: 'default',
            header: messages.defaultVersion,
            cell: ({ isDefaultVersion }) =>
              isDefaultVersion ? <StatusIndicator>{messages.isDefault}</StatusIndicator> : '-',
          },
          { id: 'created', header: messages.createdAt, cell: ({ createdAt }) => format.dateTime(createdAt) },
        ]}
      />
      <VersionComparison versions={versions} chosenId={chosenId} />
      {open === 'default' && <DefaultVersionModal {...modal} />}
      {open === 'delete' && <DeleteVersionModal {...modal} />}
    </SpaceBetween>
  )
}
