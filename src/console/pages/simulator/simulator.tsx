import Button from '@cloudscape-design/components/button'
import Form from '@cloudscape-design/components/form'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useEffect, useRef, useState } from 'react'
import { useCan } from '../../access/use-can.ts'
import { useAction } from '../../api/use-action.ts'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { useIdentity } from '../../session/session-store.ts'
import { ContextSection } from './context-section.tsx'
import { withKeys } from './context-rows.ts'
import { type Draft, ownContext, principalArn, type Question, questionOf, resourcesOf } from './draft.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { PoliciesSection } from './policies-section.tsx'
import { QuestionSection } from './question-section.tsx'
import { ResultsSection } from './results-section.tsx'
import { MOST_PAIRS, simulate, type Verdict } from './simulate.ts'

interface SimulatorProps {
  readonly initial: Draft
  readonly onAsk: (draft: Draft) => void
}

interface Answer {
  readonly question: Question
  readonly verdicts: readonly Verdict[]
  /** Somebody waits for it, and is led to it. */
  readonly awaited: boolean
}

/** A question to policies, and its answers. What was typed stays, whatever becomes of it. */
export function Simulator({ initial, onAsk }: SimulatorProps) {
  const messages = useMessages({ en, ko })
  const { accountId } = useIdentity()
  const [arrived] = useState(initial)
  const [draft, setDraft] = useState(arrived)
  const [answer, setAnswer] = useState<Answer | null>(null)
  const contextHeading = useRef<HTMLDivElement>(null)
  const resultsHeading = useRef<HTMLDivElement>(null)
  const asked = useRef(false)
  const question = questionOf(draft, accountId)
  const pairs = draft.actions.length * resourcesOf(draft).length
  const [may] = useCan([
    draft.source === 'CUSTOM'
      ? { action: 'iam:SimulateCustomPolicy', resource: '*' }
      : { action: 'iam:SimulatePrincipalPolicy', resource: principalArn(draft, accountId) || '*' },
  ])
  const simulation = useAction(async (wanted: Question, awaited: boolean) => {
    setAnswer({ question: wanted, verdicts: await simulate(wanted), awaited })
  })
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const ask = (next: Draft) => {
    const wanted = questionOf(next, accountId)
    if (wanted === null) return
    asked.current = true
    onAsk(next)
    void simulation.run(wanted, true)
  }

  const { run } = simulation
  const shared = question !== null && may?.allowed === true && pairs <= MOST_PAIRS
  useEffect(() => {
    // A question that came whole with the address is answered at once.
    if (!shared || asked.current || draft !== arrived) return
    asked.current = true
    void run(question, false)
  }, [shared, draft, arrived, question, run])

  useEffect(() => {
    if (answer?.awaited) resultsHeading.current?.focus()
  }, [answer])

  const why =
    question === null
      ? messages.chooseFirst
      : pairs > MOST_PAIRS
        ? messages.tooMany(String(pairs), String(MOST_PAIRS))
        : may?.disabledReason
  return (
    <SpaceBetween size="l">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          ask(draft)
        }}
      >
        <Form
          actions={
            <Button
              variant="primary"
              formAction="submit"
              loading={simulation.running}
              disabled={why !== undefined || !may?.known}
              disabledReason={why}
            >
              {messages.simulate}
            </Button>
          }
        >
          <SpaceBetween size="l">
            <PoliciesSection draft={draft} onChange={change} />
            <QuestionSection draft={draft} onChange={change} />
            <ContextSection heading={contextHeading} draft={draft} onChange={change} />
          </SpaceBetween>
        </Form>
      </form>
      {simulation.error && <ErrorAlert error={simulation.error} onRetry={() => ask(draft)} />}
      {answer && (
        <ResultsSection
          key={JSON.stringify(answer.question)}
          heading={resultsHeading}
          question={answer.question}
          verdicts={answer.verdicts}
          outdated={JSON.stringify(answer.question) !== JSON.stringify(question)}
          onMissing={(keys) => {
            change(withKeys(draft, keys, ownContext(draft, accountId)))
            contextHeading.current?.focus()
          }}
          onMfa={() => {
            const next: Draft = { ...draft, mfa: 'WITH', mfaAge: '0' }
            setDraft(next)
            ask(next)
          }}
        />
      )}
    </SpaceBetween>
  )
}
