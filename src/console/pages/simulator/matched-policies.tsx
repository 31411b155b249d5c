import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import { useMemo } from 'react'
import { entityOf } from '../../entities/entity.ts'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { groupHref, policyHref, roleHref, userHref } from '../../links/addresses.ts'
import { AppLink } from '../../links/app-link.tsx'
import { PolicyText } from '../../policy-document/policy-text.tsx'
import { markStatements, type StatementMark } from '../../policy-document/statement-marks.ts'
import type { Question } from './draft.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { MatchedStatement } from './simulate.ts'
import { placeOf, useSourceText } from './use-source-text.ts'

interface MatchedPoliciesProps {
  readonly statements: readonly MatchedStatement[]
  readonly question: Question
}

interface MatchedPolicy {
  readonly key: string
  /** With their numbers among all that matched. */
  readonly statements: readonly { readonly number: number; readonly statement: MatchedStatement }[]
}

/** The policies whose statements decided, with these statements marked. */
export function MatchedPolicies({ statements, question }: MatchedPoliciesProps) {
  return (
    <SpaceBetween size="l">
      {policiesOf(statements).map(({ key, statements: numbered }) => (
        <Policy key={key} statements={numbered} question={question} />
      ))}
    </SpaceBetween>
  )
}

function Policy({ statements, question }: Pick<MatchedPolicy, 'statements'> & Pick<MatchedPoliciesProps, 'question'>) {
  const messages = useMessages({ en, ko })
  const [first] = statements
  const { text, hidden, error, reload } = useSourceText(first?.statement, question)
  const marked = useMemo(() => statements.map(({ statement }) => placeOf(statement)), [statements])
  const marks = useMemo(() => (text === null ? [] : markStatements(text, marked).marks), [text, marked])
  if (!first) return null
  const label = ({ number, statement: { sid } }: MatchedPolicy['statements'][number]) =>
    sid ? messages.matchedSid(String(number), sid) : messages.matchedStatement(String(number))
  const where = (mark: StatementMark | null | undefined) =>
    mark ? messages.lines(String(mark.firstLine), String(mark.lastLine)) : messages.textChanged
  return (
    <SpaceBetween size="xs">
      <PolicyName statement={first.statement} />
      <ul className="plan">
        {statements.map((one, index) => (
          <li key={one.number}>
            {label(one)}
            {text !== null && `: ${where(marks[index])}`}
          </li>
        ))}
      </ul>
      {error && <ErrorAlert error={error} onRetry={reload} />}
      {hidden !== undefined && (
        <Box color="text-body-secondary">
          {messages.textHidden} {hidden}
        </Box>
      )}
      {text === null ? (
        hidden === undefined && !error && <Spinner />
      ) : (
        <PolicyText label={first.statement.sourcePolicyName} text={text} marked={marked} />
      )}
    </SpaceBetween>
  )
}

function PolicyName({ statement }: { readonly statement: MatchedStatement }) {
  const messages = useMessages({ en, ko })
  const { sourcePolicyName, sourcePolicyArn, sourceEntityArn, sourcePolicyType } = statement
  const boundary = sourcePolicyType === 'IAM Permissions Boundary Policy'
  if (sourcePolicyArn !== null)
    return (
      <Box variant="h4">
        <AppLink href={policyHref(sourcePolicyArn)}>{sourcePolicyName}</AppLink> (
        {boundary ? messages.boundaryPolicy : messages.managedPolicy})
      </Box>
    )
  const entity = sourceEntityArn === null ? null : entityOf(sourceEntityArn)
  if (entity === null) {
    const number = /^PolicyInputList\.(\d+)$/.exec(sourcePolicyName)?.[1]
    return (
      <Box variant="h4">
        {number === undefined ? messages.boundaryPolicy : messages.givenNumber(number)} ({messages.givenPolicy})
      </Box>
    )
  }
  const href = { USER: userHref, GROUP: groupHref, ROLE: roleHref }[entity.type](entity.name)
  return (
    <Box variant="h4">
      {sourcePolicyName} (<AppLink href={href}>{messages.inlineOf(entity.name)}</AppLink>)
    </Box>
  )
}

/** The statements by policy, in the order in which they come. */
function policiesOf(statements: readonly MatchedStatement[]): MatchedPolicy[] {
  const policies = new Map<string, { number: number; statement: MatchedStatement }[]>()
  for (const [index, statement] of statements.entries()) {
    const { sourcePolicyId, sourcePolicyType, sourcePolicyArn, sourceEntityArn } = statement
    const key = JSON.stringify([sourcePolicyId, sourcePolicyType, sourcePolicyArn, sourceEntityArn])
    policies.set(key, [...(policies.get(key) ?? []), { number: index + 1, statement }])
  }
  return [...policies].map(([key, numbered]) => ({ key, statements: numbered }))
}
