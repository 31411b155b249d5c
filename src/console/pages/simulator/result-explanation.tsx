import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import { useEffect, useRef } from 'react'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { StatementsTable } from '../decisions/statements-table.tsx'
import type { Question } from './draft.ts'
import { MatchedPolicies } from './matched-policies.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { type Explanation, useExplanation, type Verdict } from './simulate.ts'
import { VerdictIndicator } from './verdict-indicator.tsx'

interface ResultExplanationProps {
  /** About one action on one resource. */
  readonly question: Question
  readonly verdict: Verdict
  /** Somebody chose it among others, and is led to it. */
  readonly led: boolean
  readonly onMfa: () => void
}

/** Why an action on a resource would be allowed or denied. */
export function ResultExplanation({ question, verdict, led, onMfa }: ResultExplanationProps) {
  const messages = useMessages({ en, ko })
  const heading = useRef<HTMLDivElement>(null)
  const { explanation, error, reload } = useExplanation(question)
  const { evalActionName, evalResourceName, reason, mfaRequired } = explanation ?? verdict
  useEffect(() => {
    if (led) heading.current?.focus()
  }, [led])
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <div ref={heading} tabIndex={-1} className="page-heading">
            <Header variant="h2">{messages.explanation}</Header>
          </div>
        }
      >
        <SpaceBetween size="m">
          <KeyValuePairs
            columns={2}
            items={[
              { label: messages.action, value: <span className="breaking-text">{evalActionName}</span> },
              { label: messages.resource, value: <span className="breaking-text">{evalResourceName}</span> },
              { label: messages.result, value: <VerdictIndicator verdict={verdict} /> },
              { label: messages.decidedBy, value: reason === null ? messages.allowedBy : messages[reason] },
            ]}
          />
          {mfaRequired && (
            <Alert
              type="info"
              action={
                <Button formAction="none" onClick={onMfa}>
                  {messages.tryWithMfa}
                </Button>
              }
            >
              {messages.mfaWouldHelp}
            </Alert>
          )}
          {error && <ErrorAlert error={error} onRetry={reload} />}
          {explanation === null && !error && <Spinner />}
          {explanation && <Matched explanation={explanation} question={question} />}
        </SpaceBetween>
      </Container>
      {explanation && <StatementsTable statements={explanation.statements} />}
    </SpaceBetween>
  )
}

function Matched({ explanation, question }: { readonly explanation: Explanation; readonly question: Question }) {
  const messages = useMessages({ en, ko })
  const { matchedStatements, evalDecision, reason } = explanation
  const boundaryLacks = evalDecision === 'IMPLICIT_DENY' && reason === 'PERMISSIONS_BOUNDARY'
  return (
    <SpaceBetween size="m">
      <Header variant="h3" description={boundaryLacks ? messages.boundaryLacks : undefined}>
        {messages.matched}
      </Header>
      {matchedStatements.length === 0 ? (
        <Box color="text-body-secondary">{messages.noMatched}</Box>
      ) : (
        <MatchedPolicies statements={matchedStatements} question={question} />
      )}
    </SpaceBetween>
  )
}
