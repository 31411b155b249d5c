import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Textarea from '@cloudscape-design/components/textarea'
import { useQuery } from '../../api/use-query.ts'
import { useMessages } from '../../language/language.ts'
import { useIdentity } from '../../session/session-store.ts'
import { ActionsField, type KnownAction } from './actions-field.tsx'
import { KnownActionsDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { DraftProps } from './policies-section.tsx'

const FEWEST_ROWS = 3
const MOST_ROWS = 12

/** What is asked of the policies: actions on resources. */
export function QuestionSection({ draft, onChange }: DraftProps) {
  const messages = useMessages({ en, ko })
  const { actions, resources } = draft
  const { data, loading } = useQuery(KnownActionsDocument, {})
  const known = data?.knownActions ?? []
  const rows = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, resources.split('\n').length))
  return (
    <Container header={<Header variant="h2">{messages.question}</Header>}>
      <SpaceBetween size="l">
        <ActionsField
          known={known}
          loading={loading}
          chosen={actions}
          onChange={(chosen) => onChange({ actions: chosen })}
        />
        <FormField label={messages.resources} description={messages.resourcesText} stretch>
          <Textarea
            name="resources"
            rows={rows}
            spellcheck={false}
            value={resources}
            onChange={({ detail }) => onChange({ resources: detail.value })}
          />
        </FormField>
        {actions.length > 0 && (
          <ExpandableSection headerText={messages.patterns}>
            <Patterns actions={actions} known={known} />
          </ExpandableSection>
        )}
      </SpaceBetween>
    </Container>
  )
}

function Patterns({ actions, known }: { readonly actions: readonly string[]; readonly known: readonly KnownAction[] }) {
  const messages = useMessages({ en, ko })
  const { accountId } = useIdentity()
  const patternsOf = (action: string) =>
    known
      .find(({ name }) => name === action)
      ?.resourceArns?.map((arn) => arn.replace('????????????', accountId))
      .join(', ') ?? messages.patternsUnknown
  return (
    <ul className="plan">
      {actions.map((action) => (
        <li key={action} className="breaking-text">
          {action}: {patternsOf(action)}
        </li>
      ))}
    </ul>
  )
}
