import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import RadioGroup from '@cloudscape-design/components/radio-group'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMessages } from '../../../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

export interface ChosenPassword {
  /** `kept`: only the other settings change. */
  readonly kind: 'kept' | 'generated' | 'typed'
  readonly typed: string
  readonly resetRequired: boolean
}

export const GENERATED: ChosenPassword = { kind: 'generated', typed: '', resetRequired: true }

interface PasswordChoiceProps {
  readonly chosen: ChosenPassword
  readonly onChange: (chosen: ChosenPassword) => void
  /** Whether there is a password that can stay. */
  readonly mayKeep?: boolean
}

export function PasswordChoice({ chosen, onChange, mayKeep = false }: PasswordChoiceProps) {
  const messages = useMessages({ en, ko })
  const kinds = ['generated', 'typed', ...(mayKeep ? (['kept'] as const) : [])] as const
  const labels = { generated: messages.generated, typed: messages.typed, kept: messages.kept }
  return (
    <SpaceBetween size="s">
      <RadioGroup
        ariaLabel={messages.password}
        value={chosen.kind}
        items={kinds.map((value) => ({ value, label: labels[value] }))}
        onChange={({ detail }) =>
          onChange({ ...chosen, kind: kinds.find((kind) => kind === detail.value) ?? 'generated' })
        }
      />
      {chosen.kind === 'typed' && (
        <FormField label={messages.password}>
          <Input
            type="password"
            autoComplete="new-password"
            value={chosen.typed}
            onChange={({ detail }) => onChange({ ...chosen, typed: detail.value })}
          />
        </FormField>
      )}
      <Checkbox
        checked={chosen.resetRequired}
        description={messages.resetHint}
        onChange={({ detail }) => onChange({ ...chosen, resetRequired: detail.checked })}
      >
        {messages.resetRequired}
      </Checkbox>
    </SpaceBetween>
  )
}
