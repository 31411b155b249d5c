import { request } from '../../api/request.ts'
import { useQuery } from '../../api/use-query.ts'
import {
  ExplainCustomDocument,
  ExplainPrincipalDocument,
  type ExplanationFragment,
  SimulateCustomDocument,
  SimulatePrincipalDocument,
  type VerdictFragment,
} from './documents.generated.ts'
import type { Question } from './draft.ts'

/** What would be decided for one action on one resource. */
export type Verdict = VerdictFragment
/** With what stands behind it. */
export type Explanation = ExplanationFragment
export type MatchedStatement = Explanation['matchedStatements'][number]

/** As many pairs of action and resource as the API answers at once. */
export const MOST_PAIRS = 1000

/** Asks the API. Throws ApiError. */
export async function simulate(question: Question): Promise<readonly Verdict[]> {
  if (question.kind === 'custom') {
    const { data } = await request(SimulateCustomDocument, { input: question.input })
    return data.simulateCustomPolicy ?? []
  }
  const { data } = await request(SimulatePrincipalDocument, { input: question.input })
  return data.simulatePrincipalPolicy ?? []
}

/** The first answer to a question, with what stands behind it. */
export function useExplanation(question: Question) {
  const custom = useQuery(ExplainCustomDocument, question.kind === 'custom' ? { input: question.input } : null)
  const principal = useQuery(ExplainPrincipalDocument, question.kind === 'principal' ? { input: question.input } : null)
  const { error, reload } = question.kind === 'custom' ? custom : principal
  const [explanation = null] = custom.data?.simulateCustomPolicy ?? principal.data?.simulatePrincipalPolicy ?? []
  return { explanation, error, reload }
}
