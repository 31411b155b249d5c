import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { type KeyOwner, ownerInput } from '../access-keys/key-owner.ts'
import { request } from '../api/request.ts'
import { useAction } from '../api/use-action.ts'
import { ActionModal } from '../dialogs/action-modal.tsx'
import { useMessages } from '../language/language.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { deviceName } from './device-name.ts'
import {
  CreateVirtualMfaDeviceDocument,
  type CreateVirtualMfaDeviceMutation,
  DeleteVirtualMfaDeviceDocument,
  EnableMfaDeviceDocument,
} from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { RecoveryCodesModal } from './recovery-codes-modal.tsx'
import { areComplete, NO_CODES, TwoCodesFields } from './two-codes.tsx'

type NewDevice = NonNullable<CreateVirtualMfaDeviceMutation['createVirtualMfaDevice']>

interface AddDeviceModalProps {
  readonly owner: KeyOwner
  /** What most policies let a person call the own device: like the user. */
  readonly proposedName: string
  readonly onChanged: () => void
  readonly onClose: () => void
}

/**
 * First the name, then the secret of the device, which is shown only here, with two codes to prove that it arrived; after the first
 * device of the person's own the recovery codes.
 */
export function AddDeviceModal({ owner, proposedName, onChanged, onClose }: AddDeviceModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const [name, setName] = useState(proposedName)
  const [device, setDevice] = useState<NewDevice | null>(null)
  const [codes, setCodes] = useState(NO_CODES)
  const [recoveryCodes, setRecoveryCodes] = useState<readonly string[] | null>(null)
  const creation = useAction(async () => {
    const { data } = await request(CreateVirtualMfaDeviceDocument, { input: { virtualMfaDeviceName: name.trim() } })
    setDevice(data.createVirtualMfaDevice)
  })
  const assignment = useAction(async () => {
    if (device === null) return
    const { serialNumber } = device.mfaDevice
    const { data } = await request(EnableMfaDeviceDocument, { input: { ...ownerInput(owner), serialNumber, ...codes } })
    const shown = data.enableMfaDevice?.recoveryCodes ?? null
    setRecoveryCodes(shown)
    notify({ type: 'success', content: messages.added(deviceName(serialNumber)) })
    if (shown === null) onClose()
    onChanged()
  })
  const cancel = () => {
    onClose()
    if (device === null) return
    // Nobody knows its secret any more. Who may not delete it leaves it behind, unassigned.
    request(DeleteVirtualMfaDeviceDocument, { input: { serialNumber: device.mfaDevice.serialNumber } }).catch(() => {})
  }
  if (recoveryCodes !== null) return <RecoveryCodesModal codes={recoveryCodes} onClose={onClose} />
  if (device === null) {
    return (
      <ActionModal
        title={messages.addTitle}
        button={messages.next}
        action={creation}
        disabled={name.trim() === ''}
        onClose={onClose}
      >
        <FormField label={messages.name} description={messages.nameHint}>
          <Input name="deviceName" autoComplete="off" value={name} onChange={({ detail }) => setName(detail.value)} />
        </FormField>
      </ActionModal>
    )
  }
  return (
    <ActionModal
      title={messages.addTitle}
      button={messages.assign}
      action={assignment}
      disabled={!areComplete(codes)}
      onClose={cancel}
    >
      <div>{messages.scan}</div>
      <img className="qr-code" src={`data:image/png;base64,${device.qrCodePng}`} alt={messages.qrCode} />
      <Seed seed={device.base32StringSeed} />
      <div>{messages.enterCodes}</div>
      <TwoCodesFields value={codes} onChange={setCodes} />
    </ActionModal>
  )
}

function Seed({ seed }: { readonly seed: string }) {
  const messages = useMessages({ en, ko })
  const [shown, setShown] = useState(false)
  return (
    <SpaceBetween size="xxs">
      <div>{messages.orType}</div>
      <div>
        <CopyToClipboard
          variant="icon"
          textToCopy={seed}
          copyButtonAriaLabel={messages.copy}
          copySuccessText={messages.copied}
          copyErrorText={messages.notCopied}
        />{' '}
        {shown && (
          <Box variant="code">
            <span data-seed className="breaking-text">
              {seed}
            </span>
          </Box>
        )}{' '}
        <Button formAction="none" variant="inline-link" onClick={() => setShown(!shown)}>
          {shown ? messages.hide : messages.show}
        </Button>
      </div>
    </SpaceBetween>
  )
}
