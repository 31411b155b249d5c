import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import RadioGroup from '@cloudscape-design/components/radio-group'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useMessages } from '../../language/language.ts'
import { AccessKeysLinks } from './access-keys-links.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { MfaStep } from './mfa-step.tsx'
import { SignInFrame } from './sign-in-frame.tsx'
import { useSignIn } from './use-sign-in.ts'

interface ChooseAccountProps {
  readonly as?: 'user' | 'root'
  readonly notice?: string
  /** The account whose sign-in page is wanted: id or alias. */
  readonly onAccount: (account: string) => void
  /** Signing in with an access key is wanted, at this address. */
  readonly onAccessKeys: (href: string) => void
  readonly onSignedIn?: () => void
}

/** The main sign-in page: which account, or the root user by e-mail address. */
export function ChooseAccount({ as = 'user', notice, onAccount, onAccessKeys, onSignedIn }: ChooseAccountProps) {
  const messages = useMessages({ en, ko })
  const [kind, setKind] = useState<string>(as)
  const [account, setAccount] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const attempt = useSignIn()
  if (attempt.needsCode) return <MfaStep attempt={attempt} />

  const submit = async () => {
    setTried(true)
    if (kind === 'user') {
      if (account.trim() !== '') onAccount(account.trim())
      return
    }
    if (email.trim() === '' || password === '') return
    const outcome = await attempt.submit({ rootEmail: email.trim(), password })
    if (outcome === 'signed-in') onSignedIn?.()
    if (outcome === 'refused') setPassword('')
  }
  const missing = (text: string) => (tried && text.trim() === '' ? messages.required : undefined)
  return (
    <SignInFrame title={messages.signInTitle}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <SpaceBetween size="l">
          {notice !== undefined && <Alert type="info">{notice}</Alert>}
          {attempt.error !== null && <Alert type="error">{attempt.error}</Alert>}
          <FormField label={messages.kindLabel}>
            <RadioGroup
              value={kind}
              onChange={({ detail }) => setKind(detail.value)}
              items={[
                { value: 'user', label: messages.iamUser, description: messages.iamUserDescription },
                { value: 'root', label: messages.rootUser, description: messages.rootUserDescription },
              ]}
            />
          </FormField>
          {kind === 'user' ? (
            <FormField label={messages.account} constraintText={messages.accountHint} errorText={missing(account)}>
              <Input
                name="account"
                autoComplete="organization"
                autoFocus
                value={account}
                onChange={({ detail }) => setAccount(detail.value)}
              />
            </FormField>
          ) : (
            <>
              <FormField label={messages.email} errorText={missing(email)}>
                <Input
                  name="email"
                  inputMode="email"
                  autoComplete="username"
                  autoFocus
                  value={email}
                  onChange={({ detail }) => setEmail(detail.value)}
                />
              </FormField>
              <FormField label={messages.password} errorText={attempt.error === null ? missing(password) : undefined}>
                <Input
                  name="password"
                  type="password"
                  autoComplete="current-password"
                  value={password}
                  onChange={({ detail }) => setPassword(detail.value)}
                />
              </FormField>
            </>
          )}
          <Button variant="primary" formAction="submit" fullWidth loading={attempt.running}>
            {kind === 'user' ? messages.next : messages.signIn}
          </Button>
          <AccessKeysLinks onFollow={onAccessKeys} />
        </SpaceBetween>
      </form>
    </SignInFrame>
  )
}
