import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import { useNavigate } from 'react-router'
import { GuardedButton } from '../access/guarded-button.tsx'
import { useCan } from '../access/use-can.ts'
import { useFreshQuery } from '../api/use-fresh-query.ts'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { useIdentity } from '../session/session-store.ts'
import { AccessKeyCard } from './access-key-card.tsx'
import { AccessKeysDocument } from './documents.generated.ts'
import { type KeyOwner, ownerCheck } from './key-owner.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface AccessKeysSectionProps {
  readonly owner: KeyOwner
  /** Address of the page that makes a key for the owner. */
  readonly createHref: string
}

/** The access keys of a user, with everything that can be done to them. Secrets are never here. */
export function AccessKeysSection({ owner, createHref }: AccessKeysSectionProps) {
  const messages = useMessages({ en, ko })
  const navigate = useNavigate()
  const { userName } = useIdentity()
  // A field that is refused would be in the audit trail each time that somebody looks at the page.
  const [lastUsed] = useCan([ownerCheck(owner, 'iam:GetAccessKeyLastUsed')])
  const variables = { userName: owner?.name ?? null, withLastUsed: lastUsed?.allowed ?? false }
  const { data, error, errors, loading, reload } = useFreshQuery(AccessKeysDocument, lastUsed?.known ? variables : null)
  const keys = data?.user?.accessKeys ?? null
  const limit = data?.user?.accessKeyQuota.limit ?? Number.POSITIVE_INFINITY
  const full = keys !== null && keys.length >= limit
  const refused = error ?? (keys === null ? errors[0] : undefined)
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={keys === null ? undefined : `(${keys.length})`}
          description={messages.sectionDescription}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button iconName="refresh" ariaLabel={messages.refresh} loading={loading} onClick={reload} />
              <GuardedButton
                needs={[ownerCheck(owner, 'iam:CreateAccessKey')]}
                disabled={full || keys === null}
                disabledReason={full ? messages.atQuota(limit) : undefined}
                onClick={() => void navigate(createHref)}
              >
                {messages.create}
              </GuardedButton>
            </SpaceBetween>
          }
        >
          {messages.title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {owner === null && userName === null && <Alert type="warning">{messages.rootAdvice}</Alert>}
        {refused && <ErrorAlert error={refused} onRetry={reload} />}
        {keys === null && loading && <Spinner />}
        {keys?.length === 0 && (
          <Box textAlign="center" color="text-body-secondary">
            <Box variant="strong">{messages.none}</Box>
            <Box variant="p" color="text-body-secondary">
              {messages.noneHint}
            </Box>
          </Box>
        )}
        {keys?.map((key) => (
          <AccessKeyCard key={key.accessKeyId} owner={owner} accessKey={key} onChanged={reload} />
        ))}
      </SpaceBetween>
    </Container>
  )
}
