import { useState } from 'react'
import { useMessages } from '../../language/language.ts'
import { Button } from '../../plain/button.tsx'
import { Choices } from '../../plain/choices.tsx'
import { Form } from '../../plain/form.tsx'
import { Notice } from '../../plain/notice.tsx'
import { TextField } from '../../plain/text-field.tsx'
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
      <Form onSubmit={() => void submit()}>
        {notice !== undefined && <Notice type="info">{notice}</Notice>}
        {attempt.error !== null && <Notice type="error">{attempt.error}</Notice>}
        <Choices
          label={messages.kindLabel}
          value={kind}
          onChange={setKind}
          choices={[
            { value: 'user', label: messages.iamUser, description: messages.iamUserDescription },
            { value: 'root', label: messages.rootUser, description: messages.rootUserDescription },
          ]}
        />
        {kind === 'user' ? (
          <TextField
            label={messages.account}
            hint={messages.accountHint}
            fault={missing(account)}
            name="account"
            autoComplete="organization"
            autoFocus
            value={account}
            onChange={setAccount}
          />
        ) : (
          <>
            <TextField
              label={messages.email}
              fault={missing(email)}
              name="email"
              inputMode="email"
              autoComplete="username"
              autoFocus
              value={email}
              onChange={setEmail}
            />
            <TextField
              label={messages.password}
              fault={missing(password)}
              name="password"
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={setPassword}
            />
          </>
        )}
        <Button variant="primary" submits wide loading={attempt.running}>
          {kind === 'user' ? messages.next : messages.signIn}
        </Button>
        <AccessKeysLinks onFollow={onAccessKeys} />
      </Form>
    </SignInFrame>
  )
}
