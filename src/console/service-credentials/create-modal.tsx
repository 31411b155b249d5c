import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { request } from '../api/request.ts'
import { useAction } from '../api/use-action.ts'
import { ActionModal } from '../dialogs/action-modal.tsx'
import { useMessages } from '../language/language.ts'
import { CreateServiceCredentialDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { Handed } from './secret-modal.tsx'

interface CreateModalProps {
  readonly userName: string
  readonly onMade: (handed: Handed | null) => void
  readonly onClose: () => void
}

/** Asks for which service, and for how long. */
export function CreateModal({ userName, onMade, onClose }: CreateModalProps) {
  const messages = useMessages({ en, ko })
  const [service, setService] = useState('')
  const [days, setDays] = useState('')
  const creation = useAction(async () => {
    const credentialAgeDays = days.trim() === '' ? null : Number(days)
    const { data } = await request(CreateServiceCredentialDocument, {
      input: { userName, serviceName: service.trim(), credentialAgeDays },
    })
    onMade(data.createServiceSpecificCredential)
  })
  return (
    <ActionModal
      title={messages.create}
      button={messages.create}
      action={creation}
      disabled={service.trim() === '' || !/^\s*\d*\s*$/.test(days)}
      onClose={onClose}
    >
      <FormField label={messages.service} description={messages.serviceHint}>
        <Input
          name="service"
          autoComplete="off"
          placeholder="git.example.com"
          value={service}
          onChange={({ detail }) => setService(detail.value)}
        />
      </FormField>
      <FormField label={messages.days} description={messages.daysHint}>
        <Input
          name="days"
          autoComplete="off"
          inputMode="numeric"
          value={days}
          onChange={({ detail }) => setDays(detail.value)}
        />
      </FormField>
    </ActionModal>
  )
}
