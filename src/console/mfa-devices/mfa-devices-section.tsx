import Box from '@cloudscape-design/components/box'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { type KeyOwner, ownerCheck } from '../access-keys/key-owner.ts'
import { GuardedButton } from '../access/guarded-button.tsx'
import { useCan } from '../access/use-can.ts'
import { useQuery } from '../api/use-query.ts'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { useFormat } from '../language/use-format.ts'
import { useIdentity } from '../session/session-store.ts'
import { Copyable } from '../texts/copyable.tsx'
import { AddDeviceModal } from './add-device-modal.tsx'
import { deviceName } from './device-name.ts'
import { MfaDevicesDocument, type MfaDevicesQuery } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { RecoveryCodes } from './recovery-codes.tsx'
import { RemoveModal } from './remove-modal.tsx'
import { ResyncModal } from './resync-modal.tsx'
import './mfa-devices.css'

type Device = NonNullable<NonNullable<MfaDevicesQuery['user']>['mfaDevices']>[number]

/** What AWS calls the device of the root user. */
const ROOT_DEVICE = 'root-account-mfa-device'

/** The MFA devices of a user, null for the caller, with everything that can be done to them. */
export function MfaDevicesSection({ owner }: { readonly owner: KeyOwner }) {
  const messages = useMessages({ en, ko })
  const { accountId, userName } = useIdentity()
  const [adding, setAdding] = useState(false)
  // A field that is refused would be in the audit trail each time that somebody looks at the page.
  const reading = useCan((['iam:GetUser', 'iam:ListMFADevices'] as const).map((action) => ownerCheck(owner, action)))
  const missing = reading.find(({ known, allowed }) => known && !allowed)
  const readable = reading.every(({ allowed }) => allowed)
  const { data, error, errors, loading, reload } = useQuery(
    MfaDevicesDocument,
    readable ? { userName: owner?.name ?? null } : null,
  )
  const devices = (readable && data?.user?.mfaDevices) || null
  const refused = error ?? (devices === null ? errors[0] : undefined)
  const names = new Set(devices?.map(({ serialNumber }) => deviceName(serialNumber)))
  const plain = owner?.name ?? userName ?? ROOT_DEVICE
  const proposedName = names.has(plain) ? `${plain}-${names.size + 1}` : plain
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={devices === null ? undefined : `(${devices.length})`}
          description={messages.description}
          actions={
            <GuardedButton
              needs={[
                {
                  action: 'iam:CreateVirtualMFADevice',
                  resource: `arn:aws:iam::${accountId}:mfa/${proposedName}`,
                },
                ownerCheck(owner, 'iam:EnableMFADevice'),
              ]}
              onClick={() => setAdding(true)}
            >
              {messages.add}
            </GuardedButton>
          }
        >
          {messages.title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {missing && <StatusIndicator type="info">{missing.disabledReason}</StatusIndicator>}
        {readable && refused && <ErrorAlert error={refused} onRetry={reload} />}
        {devices === null && !missing && loading && <Spinner />}
        {devices?.length === 0 && (
          <Box textAlign="center" color="text-body-secondary">
            <Box variant="strong">{messages.none}</Box>
            <Box variant="p" color="text-body-secondary">
              {messages.noneHint}
            </Box>
          </Box>
        )}
        {devices?.map((device) => (
          <DeviceCard key={device.serialNumber} owner={owner} device={device} onChanged={reload} />
        ))}
        {devices !== null && devices.length > 0 && (
          <RecoveryCodes owner={owner} codes={data?.user?.recoveryCodes ?? null} onChanged={reload} />
        )}
      </SpaceBetween>
      {adding && (
        <AddDeviceModal owner={owner} proposedName={proposedName} onChanged={reload} onClose={() => setAdding(false)} />
      )}
    </Container>
  )
}

interface DeviceCardProps {
  readonly owner: KeyOwner
  readonly device: Device
  readonly onChanged: () => void
}

function DeviceCard({ owner, device, onChanged }: DeviceCardProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const [open, setOpen] = useState<string | null>(null)
  const [resync, deactivate] = useCan(
    (['iam:ResyncMFADevice', 'iam:DeactivateMFADevice'] as const).map((action) => ownerCheck(owner, action)),
  )
  const { serialNumber, enabledAt } = device
  const name = deviceName(serialNumber)
  const item = (id: string, text: string, permission: typeof resync) => ({
    id,
    text,
    // Who only lacks MFA is asked for a code when it is refused.
    disabled: !permission?.allowed && !permission?.mfaRequired,
    disabledReason: permission?.disabledReason,
  })
  const modal = { owner, serialNumber, onChanged, onClose: () => setOpen(null) }
  return (
    <section aria-label={name} data-mfa-device={name}>
      <SpaceBetween size="s">
        <Header
          variant="h3"
          actions={
            <ButtonDropdown
              ariaLabel={messages.actionsFor(name)}
              items={[item('resync', messages.resync, resync), item('remove', messages.remove, deactivate)]}
              onItemClick={({ detail }) => setOpen(detail.id)}
            >
              {messages.actions}
            </ButtonDropdown>
          }
        >
          <span className="breaking-text">{name}</span>
        </Header>
        <KeyValuePairs
          columns={2}
          items={[
            { label: messages.serialNumber, value: <Copyable text={serialNumber} /> },
            { label: messages.enabled, value: enabledAt === null ? '-' : format.dateTime(enabledAt) },
          ]}
        />
      </SpaceBetween>
      {open === 'resync' && <ResyncModal {...modal} />}
      {open === 'remove' && <RemoveModal {...modal} />}
    </section>
  )
}
