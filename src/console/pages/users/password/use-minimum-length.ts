import { useCan } from '../../../access/use-can.ts'
import { useQuery } from '../../../api/use-query.ts'
import { PasswordRulesDocument } from './documents.generated.ts'

/** What the account's password policy wants, for those who may read it; undefined otherwise, and where there is none. */
export function useMinimumLength(): number | undefined {
  const [may] = useCan([{ action: 'iam:GetAccountPasswordPolicy', resource: '*' }])
  const { data } = useQuery(PasswordRulesDocument, may?.allowed ? {} : null)
  return data?.passwordPolicy?.minimumPasswordLength
}
