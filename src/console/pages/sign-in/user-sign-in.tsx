import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useMessages } from '../../language/language.ts'
import { AccessKeysLinks } from './access-keys-links.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { MfaStep } from './mfa-step.tsx'
import { remember, remembered } from './remembered.ts'
import { SignInFrame } from './sign-in-frame.tsx'
import { useSignIn } from './use-sign-in.ts'

interface UserSignInProps {
  /** Id or alias to begin with. */
  readonly account: string
  /** The one who was signed in last, unless given. */
  readonly userName?: string
  /** Shown above the form, e.g. why somebody has to sign in again. */
  readonly notice?: string
  readonly onSignedIn?: () => void
  readonly onOtherAccount: () => void
  /** Signing in with an access key is wanted, at this address. */
  readonly onAccessKeys: (href: string) => void
}

/** Signing in as an IAM user of an account. */
export function UserSignIn({
  account: given,
  userName: person,
  notice,
  onSignedIn,
  onOtherAccount,
  onAccessKeys,
}: UserSignInProps) {
  const messages = useMessages({ en, ko })
  const known = remembered()
  const [account, setAccount] = useState(given)
  const [userName, setUserName] = useState(person ?? (known?.account === given ? known.userName : ''))
  const [password, setPassword] = useState('')
  const [stays, setStays] = useState(true)
  const [tried, setTried] = useState(false)
  const attempt = useSignIn()
  if (attempt.needsCode) return <MfaStep attempt={attempt} />

  const submit = async () => {
    setTried(true)
    const user = { account: account.trim(), userName: userName.trim() }
    if ([user.account, user.userName, password].includes('')) return
    remember(stays ? user : null)
    const outcome = await attempt.submit({ ...user, password })
    if (outcome === 'signed-in') onSignedIn?.()
    if (outcome === 'refused') setPassword('')
  }
  const missing = (text: string) => (tried && text.trim() === '' ? messages.required : undefined)
  return (
    <SignInFrame title={messages.signInAs}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <SpaceBetween size="l">
          {notice !== undefined && <Alert type="info">{notice}</Alert>}
          {attempt.error !== null && <Alert type="error">{attempt.error}</Alert>}
          <FormField label={messages.account} constraintText={messages.accountHint} errorText={missing(account)}>
            <Input
              name="account"
              autoComplete="organization"
              autoFocus={account === ''}
              value={account}
              onChange={({ detail }) => setAccount(detail.value)}
            />
          </FormField>
          <FormField label={messages.userName} errorText={missing(userName)}>
            <Input
              name="userName"
              autoComplete="username"
              autoFocus={account !== '' && userName === ''}
              value={userName}
              onChange={({ detail }) => setUserName(detail.value)}
            />
          </FormField>
          <FormField label={messages.password} errorText={attempt.error === null ? missing(password) : undefined}>
            <Input
              name="password"
              type="password"
              autoComplete="current-password"
              autoFocus={account !== '' && userName !== ''}
              value={password}
              onChange={({ detail }) => setPassword(detail.value)}
            />
          </FormField>
          <Checkbox checked={stays} onChange={({ detail }) => setStays(detail.checked)}>
            {messages.rememberMe}
          </Checkbox>
          <Button variant="primary" formAction="submit" fullWidth loading={attempt.running}>
            {messages.signIn}
          </Button>
          <Link
            href="/sign-in"
            onFollow={(event) => {
              event.preventDefault()
              onOtherAccount()
            }}
          >
            {messages.otherAccount}
          </Link>
          <AccessKeysLinks onFollow={onAccessKeys} />
        </SpaceBetween>
      </form>
    </SignInFrame>
  )
}
