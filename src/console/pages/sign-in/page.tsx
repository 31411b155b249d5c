import { Navigate, useNavigate, useParams } from 'react-router'
import { ChooseAccount } from '../../session/choose-account.tsx'
import { useSession } from '../../session/session-store.ts'
import { UserSignIn } from '../../session/user-sign-in.tsx'

/** /sign-in is the main page, /sign-in/<account id or alias> that of an account: the link that administrators hand out. */
export function Component() {
  const { '*': account = '' } = useParams()
  const navigate = useNavigate()
  const { state } = useSession()
  if (state === 'signed-in') return <Navigate to="/" replace />
  const home = () => void navigate('/', { replace: true })
  if (account === '') {
    const toAccount = (typed: string) => void navigate(`/sign-in/${encodeURIComponent(typed)}`)
    return <ChooseAccount onAccount={toAccount} onSignedIn={home} />
  }
  const toMain = () => void navigate('/sign-in')
  return <UserSignIn key={account} account={account} onSignedIn={home} onOtherAccount={toMain} />
}
