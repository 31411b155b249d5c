import { useMessages } from '../../../language/language.ts'
import { ChoiceField } from './choice-field.tsx'
import { type PolicyChoicesQuery, PolicyChoicesDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { useAll } from './use-all.ts'

interface PolicyChoiceProps {
  /** ARNs. */
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  /** ARNs of what is not offered. */
  readonly without?: readonly string[]
}

const policiesOf = ({ policies }: PolicyChoicesQuery) => policies

/** Managed policies to attach: the account's own and those that come with the system. */
export function PolicyChoice({ without = [], ...choice }: PolicyChoiceProps) {
  const messages = useMessages({ en, ko })
  const { nodes, error } = useAll(PolicyChoicesDocument, policiesOf)
  const offered = nodes?.filter(({ arn, isAttachable }) => isAttachable && !without.includes(arn)) ?? null
  return (
    <ChoiceField
      {...choice}
      label={messages.policies}
      placeholder={messages.choosePolicies}
      error={error}
      options={
        offered?.map(({ arn, policyName }) => ({
          value: arn,
          label: policyName,
          description: arn.startsWith('arn:aws:iam::aws:') ? messages.builtIn : messages.own,
        })) ?? null
      }
    />
  )
}
