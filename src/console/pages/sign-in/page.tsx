import { lazy, Suspense } from 'react'
import { Navigate, useNavigate, useParams } from 'react-router'
import { useMessages } from '../../language/language.ts'
import { useSession } from '../../session/session-store.ts'
import { ACCESS_KEYS_HREF } from './access-keys-links.tsx'
import { ChooseAccount } from './choose-account.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { UserSignIn } from './user-sign-in.tsx'

/** Who signs in with a password needs none of it. */
const SignInWithKey = lazy(async () => ({ default: (await import('./sign-in-with-key.tsx')).SignInWithKey }))

/**
 * /sign-in is the main page, /sign-in/<account id or alias> that of an account: the link that administrators hand out.
 * /sign-in/~access-keys and what is below it is for access keys.
 */
export function Component() {
  const messages = useMessages({ en, ko })
  const { '*': account = '' } = useParams()
  const navigate = useNavigate()
  const { state } = useSession()
  if (state === 'signed-in') return <Navigate to="/" replace />
  const home = () => void navigate('/', { replace: true })
  const follow = (href: string) => void navigate(href)
  const ofKeys = /^~access-keys(?:\/(?<step>.*))?$/.exec(account)
  if (ofKeys !== null) {
    return (
      <Suspense>
        <SignInWithKey
          title={messages.accessKeys}
          step={ofKeys.groups?.step ?? ''}
          onStep={(next) => follow(`${ACCESS_KEYS_HREF}/${next}`)}
          onPassword={() => follow('/sign-in')}
          onSignedIn={home}
        />
      </Suspense>
    )
  }
  if (account === '') {
    const toAccount = (typed: string) => void navigate(`/sign-in/${encodeURIComponent(typed)}`)
    return <ChooseAccount onAccount={toAccount} onAccessKeys={follow} onSignedIn={home} />
  }
  const toMain = () => void navigate('/sign-in')
  return <UserSignIn key={account} account={account} onSignedIn={home} onOtherAccount={toMain} onAccessKeys={follow} />
}
