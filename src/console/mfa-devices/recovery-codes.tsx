import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import type { KeyOwner } from '../access-keys/key-owner.ts'
import { useCan } from '../access/use-can.ts'
import { request } from '../api/request.ts'
import { useAction } from '../api/use-action.ts'
import { ActionModal } from '../dialogs/action-modal.tsx'
import { useMessages } from '../language/language.ts'
import { useFormat } from '../language/use-format.ts'
import { CreateRecoveryCodesDocument, type MfaDevicesQuery } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { RecoveryCodesModal } from './recovery-codes-modal.tsx'

/** So few that somebody should think of new ones. */
const FEW = 3

interface RecoveryCodesProps {
  readonly owner: KeyOwner
  readonly codes: NonNullable<MfaDevicesQuery['user']>['recoveryCodes']
  readonly onChanged: () => void
}

/** How many recovery codes a user has left, which only the user can make. */
export function RecoveryCodes({ owner, codes, onChanged }: RecoveryCodesProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const [creating, setCreating] = useState(false)
  return (
    <section aria-label={messages.codes} data-recovery-codes>
      <SpaceBetween size="s">
        <Header
          variant="h3"
          description={messages.codesDescription}
          actions={owner === null && <CreateButton again={codes !== null} onClick={() => setCreating(true)} />}
        >
          {messages.codes}
        </Header>
        <KeyValuePairs
          columns={3}
          items={[
            {
              label: messages.codesLeft,
              value: (
                <StatusIndicator type={codes !== null && codes.left > FEW ? 'success' : 'warning'}>
                  {codes === null ? messages.noCodes : messages.codesLeftOf(codes.left)}
                </StatusIndicator>
              ),
            },
            { label: messages.codesCreated, value: codes === null ? '-' : format.dateTime(codes.createdAt) },
            {
              label: messages.codesLastUsed,
              value: codes === null || codes.lastUsedAt === null ? '-' : format.dateTime(codes.lastUsedAt),
            },
          ]}
        />
      </SpaceBetween>
      {creating && <CreateModal again={codes !== null} onChanged={onChanged} onClose={() => setCreating(false)} />}
    </section>
  )
}

function CreateButton({ again, onClick }: { readonly again: boolean; readonly onClick: () => void }) {
  const messages = useMessages({ en, ko })
  const [permission] = useCan([{ action: 'latchkey:CreateRecoveryCodes' }])
  return (
    <Button
      // Who only lacks MFA is asked for a code when it is refused.
      disabled={!permission?.allowed && !permission?.mfaRequired}
      disabledReason={permission?.disabledReason}
      onClick={onClick}
    >
      {again ? messages.createNewCodes : messages.createCodes}
    </Button>
  )
}

interface CreateModalProps {
  readonly again: boolean
  readonly onChanged: () => void
  readonly onClose: () => void
}

function CreateModal({ again, onChanged, onClose }: CreateModalProps) {
  const messages = useMessages({ en, ko })
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const creation = useAction(async () => {
    const { data } = await request(CreateRecoveryCodesDocument, {})
    setCodes(data.createRecoveryCodes?.recoveryCodes ?? null)
    onChanged()
  })
  if (codes !== null) return <RecoveryCodesModal codes={codes} onClose={onClose} />
  const button = again ? messages.createNewCodes : messages.createCodes
  return (
    <ActionModal title={button} button={button} action={creation} onClose={onClose}>
      <div>{again ? messages.createNewCodesText : messages.createCodesText}</div>
    </ActionModal>
  )
}
