import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { AppLink } from '../../links/app-link.tsx'
import { KeyOwnerDocument, type KeyOwnerQuery } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** Which user has a key that was found somewhere. */
export function KeyOwnerSearch() {
  const messages = useMessages({ en, ko })
  const [typed, setTyped] = useState('')
  const [found, setFound] = useState<KeyOwnerQuery['accessKey'] | 'temporary' | null>(null)
  const search = useAction(async () => {
    const id = typed.trim()
    setFound(null)
    if (id.startsWith('ASIA')) return setFound('temporary')
    const { data } = await request(KeyOwnerDocument, { id })
    return setFound(data.accessKey)
  })
  const nobody = search.error?.code === 'NoSuchEntity'
  return (
    <Container
      header={
        <Header variant="h2" description={messages.ownerHint}>
          {messages.owner}
        </Header>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (typed.trim() !== '') void search.run()
        }}
      >
        <SpaceBetween size="m">
          <FormField
            label={messages.keyId}
            secondaryControl={<Button loading={search.running}>{messages.search}</Button>}
          >
            <Input
              name="accessKeyId"
              autoComplete="off"
              value={typed}
              onChange={({ detail }) => setTyped(detail.value)}
            />
          </FormField>
          {nobody && <StatusIndicator type="info">{messages.notHere}</StatusIndicator>}
          {search.error && !nobody && <ErrorAlert error={search.error} onRetry={() => void search.run()} />}
          {found === 'temporary' && (
            <div>
              {messages.temporary}: <AppLink href={`/audit?accessKeyId=${typed.trim()}`}>{messages.inAudit}</AppLink>
            </div>
          )}
          {found !== null && found !== 'temporary' && (
            <div>
              {messages.belongsTo(
                found.accessKeyId,
                found.userName,
                found.status === 'ACTIVE' ? messages.active : messages.inactive,
              )}{' '}
              <AppLink href={`/audit?accessKeyId=${found.accessKeyId}`}>{messages.inAudit}</AppLink>
            </div>
          )}
        </SpaceBetween>
      </form>
    </Container>
  )
}
