import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import { useQuery } from '../../api/use-query.ts'
import { entityOf } from '../../entities/entity.ts'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { simulatorHref } from '../../links/addresses.ts'
import { AppLink } from '../../links/app-link.tsx'
import { Copyable } from '../../texts/copyable.tsx'
import { DecisionDocument, type DecisionQuery } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { StatementsTable } from './statements-table.tsx'

type Decision = NonNullable<DecisionQuery['decision']>

/** What stood behind a decision, statement by statement. Needs sts:DecodeAuthorizationMessage. */
export function DecisionExplanation({ id }: { readonly id: string }) {
  const messages = useMessages({ en, ko })
  const { data, error, reload } = useQuery(DecisionDocument, { id })
  const decision = data?.decision ?? null
  if (error?.code === 'NoSuchEntity') return <StatusIndicator type="info">{messages.notKept}</StatusIndicator>
  if (error) return <ErrorAlert error={error} onRetry={reload} />
  return decision ? <Explanation decision={decision} /> : <Spinner />
}

function Explanation({ decision }: { readonly decision: Decision }) {
  const messages = useMessages({ en, ko })
  const { allowed, message, principal, action, resource, mfaRequired, statements, context } = decision
  return (
    <SpaceBetween size="l">
      {mfaRequired && <Alert type="info">{messages.mfa}</Alert>}
      <Container>
        <SpaceBetween size="m">
          <KeyValuePairs
            columns={2}
            items={[
              {
                label: messages.result,
                value: (
                  <StatusIndicator type={allowed ? 'success' : 'error'}>
                    {allowed ? messages.allowed : messages.denied}
                  </StatusIndicator>
                ),
              },
              { label: messages.action, value: action },
              { label: messages.principal, value: <Copyable text={principal} /> },
              { label: messages.resource, value: <Copyable text={resource} /> },
            ]}
          />
          {message !== null && <div className="breaking-text">{message}</div>}
          {entityOf(principal) !== null && (
            <AppLink href={simulatorHref({ principal, actions: [action], resources: [resource] })}>
              {messages.simulate}
            </AppLink>
          )}
        </SpaceBetween>
      </Container>
      <StatementsTable statements={statements ?? []} />
      <Table
        header={<Header variant="h2">{messages.context}</Header>}
        wrapLines
        items={context ?? []}
        columnDefinitions={[
          { id: 'key', header: messages.key, cell: ({ key }) => key },
          { id: 'values', header: messages.values, cell: ({ values }) => values.join(', ') },
        ]}
      />
    </SpaceBetween>
  )
}
