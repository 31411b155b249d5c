import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Spinner from '@cloudscape-design/components/spinner'
import { useState } from 'react'
import { GuardedButton } from '../../access/guarded-button.tsx'
import { useQuery } from '../../api/use-query.ts'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { RootEmailDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { RootEmailModal } from './root-email-modal.tsx'

/** The address that root signs in with. */
export function RootEmailSection() {
  const messages = useMessages({ en, ko })
  const [changing, setChanging] = useState(false)
  const { data, error, reload } = useQuery(RootEmailDocument, {})
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={messages.emailDescription}
          actions={
            <GuardedButton needs={[{ action: 'latchkey:UpdateRootEmail' }]} onClick={() => setChanging(true)}>
              {messages.changeEmail}
            </GuardedButton>
          }
        >
          {messages.email}
        </Header>
      }
    >
      {error && <ErrorAlert error={error} onRetry={reload} />}
      {data === null ? !error && <Spinner /> : <span data-root-email>{data.viewer.rootEmail}</span>}
      {changing && <RootEmailModal onChanged={reload} onClose={() => setChanging(false)} />}
    </Container>
  )
}
