import Alert from '@cloudscape-design/components/alert'
import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { ActionModal } from '../../dialogs/action-modal.tsx'
import { useMessages } from '../../language/language.ts'
import { useNotify } from '../../page-frame/notifications.tsx'
import type { PasswordPolicy } from '../../password-policy/use-password-policy.ts'
import { UpdateAccountPasswordPolicyDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

const SWITCHES = [
  'requireUppercaseCharacters',
  'requireLowercaseCharacters',
  'requireNumbers',
  'requireSymbols',
  'allowUsersToChangePassword',
  'hardExpiry',
] as const
type Switch = (typeof SWITCHES)[number]

/** Field, least, most, and the text about leaving it empty. */
const NUMBERS = [
  ['minimumPasswordLength', 6, 128, 'lengthHint'],
  ['maxPasswordAge', 1, 1095, 'ageHint'],
  ['passwordReusePrevention', 1, 24, 'reuseHint'],
] as const
type NumberField = (typeof NUMBERS)[number][0]

interface PasswordPolicyModalProps {
  readonly policy: PasswordPolicy | 'built-in'
  readonly onChanged: () => void
  readonly onClose: () => void
}

/** All nine fields. What is left empty is left out of the call, and then falls back to its default. */
export function PasswordPolicyModal({ policy, onChanged, onClose }: PasswordPolicyModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const before = policy === 'built-in' ? null : policy
  const [switches, setSwitches] = useState<Readonly<Record<Switch, boolean>>>({
    requireUppercaseCharacters: before?.requireUppercaseCharacters ?? false,
    requireLowercaseCharacters: before?.requireLowercaseCharacters ?? false,
    requireNumbers: before?.requireNumbers ?? false,
    requireSymbols: before?.requireSymbols ?? false,
    allowUsersToChangePassword: before?.allowUsersToChangePassword ?? false,
    hardExpiry: before?.hardExpiry ?? false,
  })
  const [numbers, setNumbers] = useState<Readonly<Record<NumberField, string>>>({
    minimumPasswordLength: String(before?.minimumPasswordLength ?? 8),
    maxPasswordAge: String(before?.maxPasswordAge ?? ''),
    passwordReusePrevention: String(before?.passwordReusePrevention ?? ''),
  })
  const isWrong = ([name, least, most]: (typeof NUMBERS)[number]) =>
    numbers[name] !== '' &&
    (!/^\d+$/.test(numbers[name]) || Number(numbers[name]) < least || Number(numbers[name]) > most)
  const saving = useAction(async () => {
    const given = NUMBERS.filter(([name]) => numbers[name] !== '').map(([name]) => [name, Number(numbers[name])])
    await request(UpdateAccountPasswordPolicyDocument, { input: { ...switches, ...Object.fromEntries(given) } })
    notify({ type: 'success', content: messages.policySaved })
    onClose()
    onChanged()
  })
  return (
    <ActionModal
      title={messages.policy}
      button={messages.save}
      action={saving}
      disabled={NUMBERS.some(isWrong)}
      onClose={onClose}
    >
      <Alert type="info">{messages.allAtOnce}</Alert>
      {NUMBERS.map((field) => {
        const [name, least, most, hint] = field
        return (
          <FormField
            key={name}
            label={messages[name]}
            constraintText={messages[hint]}
            errorText={isWrong(field) ? messages.outOfRange(least, most) : undefined}
          >
            <Input
              name={name}
              inputMode="numeric"
              autoComplete="off"
              value={numbers[name]}
              onChange={({ detail }) => setNumbers({ ...numbers, [name]: detail.value.trim() })}
            />
          </FormField>
        )
      })}
      {SWITCHES.map((name) => (
        <Checkbox
          key={name}
          name={name}
          checked={switches[name]}
          onChange={({ detail }) => setSwitches({ ...switches, [name]: detail.checked })}
        >
          {messages[name]}
        </Checkbox>
      ))}
      {switches.hardExpiry && <Alert type="warning">{messages.hardWarning}</Alert>}
      <div>{messages.effect}</div>
    </ActionModal>
  )
}
