import Header from '@cloudscape-design/components/header'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import { useMessages } from '../../language/language.ts'
import type { DecisionQuery } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

type Decided = NonNullable<NonNullable<DecisionQuery['decision']>['statements']>[number]
type Condition = Decided['conditions'][number]
/** A statement about an action, and whether it applied. */
type Statement = Pick<Decided, 'policy' | 'policyType' | 'sid' | 'effect' | 'matched' | 'failed' | 'conditions'>

/** Everything that policies say of an action, with the conditions and the values that they were held against. */
export function StatementsTable({ statements }: { readonly statements: readonly Statement[] }) {
  const messages = useMessages({ en, ko })
  const describe = ({ operator, key, resolvedValues, requestValues }: Condition) =>
    messages.condition(operator, key, resolvedValues.join(', '), requestValues?.join(', ') ?? messages.absent)
  return (
    <Table
      ariaLabels={{ tableLabel: messages.statements }}
      header={<Header variant="h2">{messages.statements}</Header>}
      empty={messages.noStatements}
      wrapLines
      items={statements}
      columnDefinitions={[
        {
          id: 'policy',
          header: messages.policy,
          minWidth: 160,
          cell: ({ policy, policyType }) => `${policy} (${policyType})`,
        },
        { id: 'statement', header: messages.statement, minWidth: 100, cell: ({ sid }) => sid ?? '-' },
        { id: 'effect', header: messages.effect, minWidth: 90, cell: ({ effect }) => effect },
        {
          id: 'applied',
          header: messages.applied,
          minWidth: 120,
          cell: ({ matched, failed }) => (matched ? messages.yes : messages.no(failed.join(', '))),
        },
        {
          id: 'conditions',
          header: messages.conditions,
          minWidth: 260,
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
  )
}
