import { useMessages } from '../../../language/language.ts'
import { isBuiltIn } from '../../../links/addresses.ts'
import { ChoiceField } from './choice-field.tsx'
import { type PolicyChoicesQuery, PolicyChoicesDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { useAll } from './use-all.ts'

interface PolicyChoiceProps {
  /** ARNs. */
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

const policiesOf = ({ policies }: PolicyChoicesQuery) => policies

/** Managed policies to attach: the account's own and those that come with the system. */
export function PolicyChoice(choice: PolicyChoiceProps) {
  const messages = useMessages({ en, ko })
  const { nodes, error } = useAll(PolicyChoicesDocument, policiesOf)
  const offered = nodes?.filter(({ isAttachable }) => isAttachable) ?? null
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
          description: isBuiltIn(arn) ? messages.builtIn : messages.own,
        })) ?? null
      }
    />
  )
}
