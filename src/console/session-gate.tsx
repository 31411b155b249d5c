import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { useOutage } from './api/outage.ts'
import { loadComponentTexts } from './language/component-texts.ts'
import { useMessages } from './language/language.ts'
import { useIdentities } from './pages/identities/identity-store.ts'
import { ACCESS_KEYS_HREF } from './pages/sign-in/access-keys-links.tsx'
import { ChangePasswordStep } from './pages/sign-in/change-password-step.tsx'
import { ChooseAccount } from './pages/sign-in/choose-account.tsx'
import { en } from './pages/sign-in/messages.en.ts'
import { ko } from './pages/sign-in/messages.ko.ts'
import { remembered } from './pages/sign-in/remembered.ts'
import { SignInFrame } from './pages/sign-in/sign-in-frame.tsx'
import { UserSignIn } from './pages/sign-in/user-sign-in.tsx'
import { Button } from './plain/button.tsx'
import { Spinner } from './plain/spinner.tsx'
import './session-gate.css'
import { forgetSession, type Identity, refreshIdentity, useSession } from './session/session-store.ts'

const SignInAgainWithKey = lazy(async () => ({
  default: (await import('./pages/sign-in/sign-in-again-with-key.tsx')).SignInAgainWithKey,
}))

/** What is shown depends on who is signed in; the address stays, so that signing in leads to where somebody wanted to go. */
export function SessionGate() {
  const session = useSession()
  const outage = useOutage()
  const { pathname } = useLocation()
  const { Shell, failed } = useShell(session.state === 'signed-in')
  useEffect(() => {
    void refreshIdentity()
    // Another tab may have signed in or out meanwhile.
    const look = () => void (document.visibilityState === 'visible' && refreshIdentity())
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])

  if (session.state === 'unknown') return outage === null ? <Loading /> : <Waiting />
  if (session.state === 'unreachable') return <Unreachable onRetry={() => void refreshIdentity()} />
  if (!('identity' in session)) return /^\/sign-in(\/|$)/.test(pathname) ? <Outlet /> : <SignIn />
  if (session.identity.passwordChangeRequired) return <ChangePasswordStep />
  if (failed) return outage === null ? <Unreachable onRetry={() => location.reload()} /> : <Waiting />
  const ended = session.state === 'ended'
  return (
    <>
      {ended && <SignInAgain identity={session.identity} />}
      <div hidden={ended} key={session.identity.arn}>
        {Shell === null ? <Loading /> : <Shell />}
      </div>
    </>
  )
}

/**
 * Nobody needs it to sign in, so it is not loaded before. Not by `lazy`: React shows what waits for that no sooner than 300 ms
 * after the fallback.
 */
function useShell(wanted: boolean): { readonly Shell: ComponentType | null; readonly failed: boolean } {
  const [Shell, setShell] = useState<ComponentType | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    if (!wanted || Shell !== null) return
    Promise.all([import('./shell/shell.tsx'), loadComponentTexts()]).then(
      ([loaded]) => setShell(() => loaded.Shell),
      () => setFailed(true),
    )
  }, [wanted, Shell])
  return { Shell, failed }
}

/** At any address: the form of the account that is remembered, or the main page. */
function SignIn() {
  const navigate = useNavigate()
  const known = remembered()
  const toAccount = (account: string) => void navigate(`/sign-in/${encodeURIComponent(account)}`)
  const follow = (href: string) => void navigate(href)
  if (known === null) return <ChooseAccount onAccount={toAccount} onAccessKeys={follow} />
  return <UserSignIn account={known.account} onOtherAccount={() => follow('/sign-in')} onAccessKeys={follow} />
}

/** Over the page, which waits as it was. What was open above the page is hidden with it. */
function SignInAgain({ identity }: { readonly identity: Identity }) {
  const { accountId, userName, sessionName, accessKeyId } = identity
  const messages = useMessages({ en, ko })
  const navigate = useNavigate()
  useEffect(() => {
    document.body.dataset.sessionEnded = ''
    return () => void delete document.body.dataset.sessionEnded
  }, [])
  const leave = (to: string) => {
    forgetSession()
    void navigate(to)
  }
  const byKey = useIdentities().find((identity) => identity.accessKeyId === accessKeyId)
  if (byKey !== undefined) {
    return (
      <Suspense fallback={<Loading />}>
        <SignInAgainWithKey identity={byKey} notice={messages.ended} onLeave={() => leave(ACCESS_KEYS_HREF)} />
      </Suspense>
    )
  }
  if (sessionName !== null) {
    return (
      <SignInFrame title={messages.brokerTitle}>
        <div className="plain-stack">
          <div>{messages.brokerEnded}</div>
          <div>
            <Button onClick={() => leave('/sign-in')}>{messages.otherSignIn}</Button>
          </div>
        </div>
      </SignInFrame>
    )
  }
  if (userName === null) {
    const toAccount = (account: string) => leave(`/sign-in/${account}`)
    return <ChooseAccount as="root" notice={messages.ended} onAccount={toAccount} onAccessKeys={leave} />
  }
  const known = remembered()
  const account = known?.userName === userName ? known.account : accountId
  return (
    <UserSignIn
      account={account}
      userName={userName}
      notice={messages.ended}
      onOtherAccount={() => leave('/sign-in')}
      onAccessKeys={leave}
    />
  )
}

function Unreachable({ onRetry }: { readonly onRetry: () => void }) {
  const messages = useMessages({ en, ko })
  return (
    <SignInFrame title={messages.unreachableTitle}>
      <div className="plain-stack">
        <div>{messages.unreachable}</div>
        <div>
          <Button onClick={onRetry}>{messages.tryAgain}</Button>
        </div>
      </div>
    </SignInFrame>
  )
}

/** Its frame says for what. */
function Waiting() {
  const messages = useMessages({ en, ko })
  return (
    <SignInFrame title={messages.waitingTitle}>
      <Spinner large />
    </SignInFrame>
  )
}

function Loading() {
  return (
    <div className="session-loading">
      <Spinner large />
    </div>
  )
}
