import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { GuardedButton } from '../../access/guarded-button.tsx'
import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { useIdentity } from '../../session/session-store.ts'
import { KeyAccountDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface KeyLookupProps {
  /** Shows the events of a key. */
  readonly onChoose: (accessKeyId: string) => void
}

/** The account of any access key id. */
export function KeyLookup({ onChoose }: KeyLookupProps) {
  const messages = useMessages({ en, ko })
  const { accountId } = useIdentity()
  const [typed, setTyped] = useState('')
  const [found, setFound] = useState<{ readonly id: string; readonly account: string } | null>(null)
  const lookup = useAction(async () => {
    const id = typed.trim()
    setFound(null)
    const { data } = await request(KeyAccountDocument, { id })
    if (data.accessKeyInfo) setFound({ id, account: data.accessKeyInfo.accountId })
  })
  return (
    <ExpandableSection variant="container" headerText={messages.lookup} headerDescription={messages.lookupHint}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (typed.trim() !== '') void lookup.run()
        }}
      >
        <SpaceBetween size="m">
          <FormField
            label={messages.accessKeyId}
            secondaryControl={
              <GuardedButton
                needs={[{ action: 'sts:GetAccessKeyInfo', resource: '*' }]}
                formAction="submit"
                loading={lookup.running}
              >
                {messages.lookupButton}
              </GuardedButton>
            }
          >
            <Input name="lookup" autoComplete="off" value={typed} onChange={({ detail }) => setTyped(detail.value)} />
          </FormField>
          {lookup.error && <ErrorAlert error={lookup.error} onRetry={() => void lookup.run()} />}
          {found && (
            <SpaceBetween size="xs">
              <strong>
                {found.account === accountId
                  ? messages.own(found.id, found.account)
                  : messages.foreign(found.id, found.account)}
              </strong>
              <div>{found.id.startsWith('ASIA') ? messages.temporary : messages.longTerm}</div>
              {found.account === accountId && (
                <Button formAction="none" onClick={() => onChoose(found.id)}>
                  {messages.showEvents}
                </Button>
              )}
            </SpaceBetween>
          )}
        </SpaceBetween>
      </form>
    </ExpandableSection>
  )
}
