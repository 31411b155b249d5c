import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import { useQuery } from '../api/use-query.ts'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { DecisionDocument, type DecisionQuery } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

type Decision = NonNullable<DecisionQuery['decision']>
type Condition = NonNullable<Decision['statements']>[number]['conditions'][number]

/** What stood behind a decision, statement by statement. Needs sts:DecodeAuthorizationMessage. */
export function DecisionExplanation({ id }: { readonly id: string }) {
  const { data, error, reload } = useQuery(DecisionDocument, { id })
  const decision = data?.decision ?? null
  if (error) return <ErrorAlert error={error} onRetry={reload} />
  return decision ? <Explanation decision={decision} /> : <Spinner />
}

function Explanation({ decision }: { readonly decision: Decision }) {
  const messages = useMessages({ en, ko })
  const { allowed, message, principal, action, resource, mfaRequired, statements, context } = decision
  const describe = ({ operator, key, resolvedValues, requestValues }: Condition) =>
    messages.condition(operator, key, resolvedValues.join(', '), requestValues?.join(', ') ?? messages.absent)
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
              { label: messages.principal, value: <span className="breaking-text">{principal}</span> },
              { label: messages.resource, value: <span className="breaking-text">{resource}</span> },
            ]}
          />
          {message !== null && <div className="breaking-text">{message}</div>}
        </SpaceBetween>
      </Container>
      <Table
        header={<Header variant="h2">{messages.statements}</Header>}
        empty={messages.noStatements}
        wrapLines
        items={statements ?? []}
        columnDefinitions={[
          { id: 'policy', header: messages.policy, cell: ({ policy, policyType }) => `${policy} (${policyType})` },
          { id: 'statement', header: messages.statement, cell: ({ sid }) => sid ?? '-' },
          { id: 'effect', header: messages.effect, cell: ({ effect }) => effect },
          {
            id: 'applied',
            header: messages.applied,
            cell: ({ matched, failed }) => (matched ? messages.yes : messages.no(failed.join(', '))),
          },
          {
            id: 'conditions',
            header: messages.conditions,
            cell: ({ conditions }) =>
              conditions.length === 0
                ? '-'
                : conditions.map((condition) => (
                    <StatusIndicator
                      key={`${condition.operator} ${condition.key}`}
                      type={condition.result ? 'success' : 'error'}
                    >
                      {describe(condition)}
                    </StatusIndicator>
                  )),
          },
        ]}
      />
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
