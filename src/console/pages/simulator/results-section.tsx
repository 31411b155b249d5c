import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import LiveRegion from '@cloudscape-design/components/live-region'
import Pagination from '@cloudscape-design/components/pagination'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import { type RefObject, useState } from 'react'
import { useMessages } from '../../language/language.ts'
import { narrowed, type Question } from './draft.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { ResultExplanation } from './result-explanation.tsx'
import type { Verdict } from './simulate.ts'
import { VerdictIndicator } from './verdict-indicator.tsx'

interface ResultsSectionProps {
  readonly heading: RefObject<HTMLDivElement | null>
  readonly question: Question
  readonly verdicts: readonly Verdict[]
  /** The form asks something else by now. */
  readonly outdated: boolean
  readonly onMissing: (keys: readonly string[]) => void
  readonly onMfa: () => void
}

const PAGE_SIZE = 25
const SHOWN = ['all', 'allowedOnly', 'deniedOnly'] as const

/** The answers, and what stands behind the one that is chosen. */
export function ResultsSection(props: ResultsSectionProps) {
  const { heading, question, verdicts, outdated, onMissing, onMfa } = props
  const messages = useMessages({ en, ko })
  // One answer is what was asked about.
  const [chosen, setChosen] = useState<Verdict | null>(verdicts.length === 1 ? (verdicts[0] ?? null) : null)
  const missing = [...new Set(verdicts.flatMap(({ missingContextValues }) => missingContextValues))]
  return (
    <SpaceBetween size="l">
      <VerdictsTable heading={heading} verdicts={verdicts} onChoose={setChosen} />
      {outdated && (
        <LiveRegion>
          <Alert type="warning">{messages.outdated}</Alert>
        </LiveRegion>
      )}
      {missing.length > 0 && (
        <Alert
          type="info"
          action={
            <Button formAction="none" onClick={() => onMissing(missing)}>
              {messages.addMissing}
            </Button>
          }
        >
          {messages.missing(missing.join(', '))}
        </Alert>
      )}
      {chosen && (
        <ResultExplanation
          key={keyOf(chosen)}
          led={verdicts.length > 1}
          question={narrowed(question, chosen.evalActionName, chosen.evalResourceName)}
          verdict={chosen}
          onMfa={onMfa}
        />
      )}
    </SpaceBetween>
  )
}

interface VerdictsTableProps {
  readonly heading: RefObject<HTMLDivElement | null>
  readonly verdicts: readonly Verdict[]
  readonly onChoose: (verdict: Verdict) => void
}

function VerdictsTable({ heading, verdicts, onChoose }: VerdictsTableProps) {
  const messages = useMessages({ en, ko })
  const [shown, setShown] = useState<(typeof SHOWN)[number]>('all')
  const [page, setPage] = useState(1)
  const allowed = verdicts.filter(isAllowed)
  const listed = {
    all: verdicts,
    allowedOnly: allowed,
    deniedOnly: verdicts.filter((verdict) => !isAllowed(verdict)),
  }[shown]
  const options = SHOWN.map((value) => ({ value, label: messages[value] }))
  return (
    <Table
      ariaLabels={{ tableLabel: messages.results }}
      header={
        <div ref={heading} tabIndex={-1} className="page-heading">
          <Header
            variant="h2"
            counter={`(${verdicts.length})`}
            description={messages.summary(String(allowed.length), String(verdicts.length - allowed.length))}
          >
            {messages.results}
          </Header>
        </div>
      }
      filter={
        verdicts.length > 1 && (
          <Select
            ariaLabel={messages.show}
            options={options}
            selectedOption={options.find(({ value }) => value === shown) ?? null}
            onChange={({ detail }) => {
              setShown(SHOWN.find((known) => known === detail.selectedOption.value) ?? 'all')
              setPage(1)
            }}
          />
        )
      }
      pagination={
        listed.length > PAGE_SIZE && (
          <Pagination
            currentPageIndex={page}
            pagesCount={Math.ceil(listed.length / PAGE_SIZE)}
            onChange={({ detail }) => setPage(detail.currentPageIndex)}
            ariaLabels={{
              pageLabel: (number) => messages.page(String(number)),
              previousPageLabel: messages.previousPage,
              nextPageLabel: messages.nextPage,
            }}
          />
        )
      }
      items={listed.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)}
      trackBy={keyOf}
      wrapLines
      empty={messages.noneShown}
      columnDefinitions={[
        {
          id: 'action',
          header: messages.action,
          minWidth: 160,
          isRowHeader: true,
          cell: ({ evalActionName }) => <span className="breaking-text">{evalActionName}</span>,
        },
        {
          id: 'result',
          header: messages.result,
          minWidth: 130,
          cell: (verdict) => <VerdictIndicator verdict={verdict} />,
        },
        {
          id: 'resource',
          header: messages.resource,
          minWidth: 220,
          cell: ({ evalResourceName }) => <span className="breaking-text">{evalResourceName}</span>,
        },
        {
          id: 'decidedBy',
          header: messages.decidedBy,
          minWidth: 180,
          cell: (verdict) => <DecidedBy verdict={verdict} />,
        },
        {
          id: 'explain',
          header: messages.explanation,
          minWidth: 110,
          cell: (verdict) => (
            <Button
              variant="inline-link"
              formAction="none"
              ariaLabel={messages.explainPair(verdict.evalActionName, verdict.evalResourceName)}
              onClick={() => onChoose(verdict)}
            >
              {messages.explain}
            </Button>
          ),
        },
      ]}
    />
  )
}

function DecidedBy({ verdict: { reason, mfaRequired } }: { readonly verdict: Verdict }) {
  const messages = useMessages({ en, ko })
  return (
    <>
      <div>{reason === null ? messages.allowedBy : messages[reason]}</div>
      {mfaRequired && <div>{messages.withMfaToo}</div>}
    </>
  )
}

function isAllowed({ evalDecision }: Verdict): boolean {
  return evalDecision === 'ALLOW'
}

function keyOf({ evalActionName, evalResourceName }: Verdict): string {
  return `${evalActionName} ${evalResourceName}`
}
