import Autosuggest from '@cloudscape-design/components/autosuggest'
import FormField from '@cloudscape-design/components/form-field'
import { useCan } from '../access/use-can.ts'
import { useQuery } from '../api/use-query.ts'
import { useMessages } from '../language/language.ts'
import { useIdentity } from '../session/session-store.ts'
import { FindPoliciesDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** As many as the API gives at once; any other is typed. */
const OPTIONS = 1000

interface PolicyFieldProps {
  readonly label?: string
  readonly description?: string
  /** An ARN. */
  readonly value: string
  readonly onChange: (arn: string) => void
}

/** The ARN of a managed policy: chosen by its name where the person may list policies, or typed. */
export function PolicyField({ label, description, value, onChange }: PolicyFieldProps) {
  const messages = useMessages({ en, ko })
  const { accountId } = useIdentity()
  const [list] = useCan([{ action: 'iam:ListPolicies', resource: `arn:aws:iam::${accountId}:policy/` }])
  const { data } = useQuery(FindPoliciesDocument, list?.allowed ? { first: OPTIONS } : null)
  const options = data?.policies?.edges.map(({ node }) => ({
    value: node.arn,
    label: node.arn,
    tags: [node.policyName],
  }))
  return (
    <FormField label={label ?? messages.policyArn} description={description} stretch>
      <Autosuggest
        value={value}
        options={options ?? []}
        enteredTextLabel={messages.use}
        placeholder="arn:aws:iam::…:policy/…"
        empty={messages.none}
        virtualScroll
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  )
}
