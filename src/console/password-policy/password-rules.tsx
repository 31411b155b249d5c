import Box from '@cloudscape-design/components/box'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { PasswordPolicy } from './use-password-policy.ts'

/** What a password must be like, as sentences. */
export function PasswordRules({ policy }: { readonly policy: PasswordPolicy | 'built-in' }) {
  const messages = useMessages({ en, ko })
  const rules = policy === 'built-in' ? builtInRules(messages) : rulesOf(policy, messages)
  return (
    <div>
      <Box variant="strong">{policy === 'built-in' ? messages.builtIn : messages.custom}</Box>
      <ul>
        {rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
    </div>
  )
}

type Messages = ReturnType<typeof useMessages<typeof en>>

function builtInRules({ builtInLength, builtInMix, builtInSame, builtInAge }: Messages): readonly string[] {
  return [builtInLength, builtInMix, builtInSame, builtInAge]
}

function rulesOf(policy: PasswordPolicy, messages: Messages): readonly string[] {
  const { maxPasswordAge, passwordReusePrevention } = policy
  const rules: readonly (readonly [unknown, () => string])[] = [
    [true, () => messages.length(policy.minimumPasswordLength)],
    [policy.requireUppercaseCharacters, () => messages.uppercase],
    [policy.requireLowercaseCharacters, () => messages.lowercase],
    [policy.requireNumbers, () => messages.numbers],
    [policy.requireSymbols, () => messages.symbols],
    [maxPasswordAge, () => messages.age(maxPasswordAge ?? 0)],
    [policy.hardExpiry, () => messages.hard],
    [passwordReusePrevention, () => messages.reuse(passwordReusePrevention ?? 0)],
    [policy.allowUsersToChangePassword, () => messages.change],
  ]
  return rules.filter(([holds]) => Boolean(holds)).map(([, text]) => text())
}
