import { useCan } from '../../access/use-can.ts'
import type { ApiError } from '../../api/api-error.ts'
import { useQuery } from '../../api/use-query.ts'
import { entityOf } from '../../entities/entity.ts'
import type { StatementPlace } from '../../policy-document/statement-marks.ts'
import { SourceTextDocument } from './documents.generated.ts'
import type { Question } from './draft.ts'
import type { MatchedStatement } from './simulate.ts'

interface SourceText {
  /** Null until it is read, and where it cannot be. */
  readonly text: string | null
  /** Why it cannot be read. */
  readonly hidden: string | undefined
  readonly error: ApiError | null
  readonly reload: () => void
}

const READS = { USER: 'iam:GetUserPolicy', GROUP: 'iam:GetGroupPolicy', ROLE: 'iam:GetRolePolicy' } as const

/** The text of the policy that a statement is in: from the question, or read where the person may. */
export function useSourceText(statement: MatchedStatement | undefined, question: Question): SourceText {
  const { sourcePolicyArn = null, sourceEntityArn = null, sourcePolicyName = '' } = statement ?? {}
  const entity = sourceEntityArn === null ? null : entityOf(sourceEntityArn)
  const checks =
    sourcePolicyArn !== null
      ? (['iam:GetPolicy', 'iam:GetPolicyVersion'] as const).map((action) => ({ action, resource: sourcePolicyArn }))
      : entity !== null && sourceEntityArn !== null
        ? [{ action: READS[entity.type], resource: sourceEntityArn }]
        : []
  const permissions = useCan(checks)
  const mayRead = checks.length > 0 && permissions.every(({ allowed }) => allowed)
  const { data, error, errors, reload } = useQuery(
    SourceTextDocument,
    mayRead
      ? {
          policyArn: sourcePolicyArn ?? sourceEntityArn ?? '',
          policyName: sourcePolicyName,
          entityName: entity?.name ?? '',
          managed: sourcePolicyArn !== null,
          user: entity?.type === 'USER',
          group: entity?.type === 'GROUP',
          role: entity?.type === 'ROLE',
        }
      : null,
  )
  const { policy, userPolicy, groupPolicy, rolePolicy } = data ?? {}
  const stored = policy?.defaultVersion ?? userPolicy ?? groupPolicy ?? rolePolicy
  return {
    text: (checks.length === 0 ? givenText(sourcePolicyName, question) : stored?.policyText) ?? null,
    hidden: permissions.find(({ disabledReason }) => disabledReason !== undefined)?.disabledReason,
    error: error ?? errors[0] ?? null,
    reload,
  }
}

/** A policy that came with the question is named after its place there, from 1. */
function givenText(name: string, { input }: Question): string | undefined {
  const [, list, number] = /^(\w+)\.(\d+)$/.exec(name) ?? []
  const documents =
    list === 'PermissionsBoundaryPolicyInputList' ? input.permissionsBoundaryPolicyInputList : input.policyInputList
  const text: unknown = documents?.[Number(number) - 1]
  return typeof text === 'string' ? text : undefined
}

/** The API counts columns as IAM does, one higher than editors. */
export function placeOf({ startPosition, endPosition }: MatchedStatement): StatementPlace {
  return {
    start: { line: startPosition.line, column: startPosition.column - 1 },
    end: { line: endPosition.line, column: endPosition.column - 1 },
  }
}
