import { useState } from 'react'
import { useMessages } from '../../language/language.ts'
import { Button } from '../../plain/button.tsx'
import { Checkbox } from '../../plain/checkbox.tsx'
import { Form } from '../../plain/form.tsx'
import { Link } from '../../plain/link.tsx'
import { Notice } from '../../plain/notice.tsx'
import { TextField } from '../../plain/text-field.tsx'
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
      <Form onSubmit={() => void submit()}>
        {notice !== undefined && <Notice type="info">{notice}</Notice>}
        {attempt.error !== null && <Notice type="error">{attempt.error}</Notice>}
        <TextField
          label={messages.account}
          hint={messages.accountHint}
          fault={missing(account)}
          name="account"
          autoComplete="organization"
          autoFocus={account === ''}
          value={account}
          onChange={setAccount}
        />
        <TextField
          label={messages.userName}
          fault={missing(userName)}
          name="userName"
          autoComplete="username"
          autoFocus={account !== '' && userName === ''}
          value={userName}
          onChange={setUserName}
        />
        <TextField
          label={messages.password}
          fault={attempt.error === null ? missing(password) : undefined}
          name="password"
          type="password"
          autoComplete="current-password"
          autoFocus={account !== '' && userName !== ''}
          value={password}
          onChange={setPassword}
        />
        <Checkbox label={messages.rememberMe} checked={stays} onChange={setStays} />
        <Button variant="primary" submits wide loading={attempt.running}>
          {messages.signIn}
        </Button>
        <div>
          <Link href="/sign-in" onFollow={onOtherAccount}>
            {messages.otherAccount}
          </Link>
        </div>
        <AccessKeysLinks onFollow={onAccessKeys} />
      </Form>
    </SignInFrame>
  )
}
