import { useParams } from 'react-router'
import { useCan } from '../../access/use-can.ts'
import { useQuery } from '../../api/use-query.ts'
import { PolicyDocument, type PolicyQuery } from './documents.generated.ts'

export type Policy = NonNullable<PolicyQuery['policy']>
export type PolicyVersion = NonNullable<Policy['versions']>[number]

/** The policy that the address names, with as much of it as the person may see. */
export function usePolicy() {
  const { arn = '' } = useParams()
  const [versions, text] = useCan(
    (['iam:ListPolicyVersions', 'iam:GetPolicyVersion'] as const).map((action) => ({ action, resource: arn })),
  )
  const known = versions?.known && text?.known
  const query = useQuery(PolicyDocument, known ? { arn, withVersions: versions.allowed, withText: text.allowed } : null)
  return {
    arn,
    policy: query.data?.policy ?? null,
    error: query.error ?? query.errors[0] ?? null,
    reload: query.reload,
  }
}
