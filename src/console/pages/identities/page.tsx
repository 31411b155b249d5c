import Container from '@cloudscape-design/components/container'
import type { ReactNode } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useMessages } from '../../language/language.ts'
import { PageFrame } from '../../page-frame/page-frame.tsx'
import { signOut } from '../../session/session-store.ts'
import { Identities } from './identities.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** Becoming somebody else. The session that is left ends when the other one stands. */
export function Component() {
  const messages = useMessages({ en, ko })
  const { '*': step = '' } = useParams()
  const navigate = useNavigate()
  return (
    <Identities
      title={messages.switchIdentity}
      frame={Frame}
      step={step}
      onStep={(next) => void navigate(`/identities/${next}`)}
      onPassword={() => void signOut('here').then(() => navigate('/sign-in'))}
      onSignedIn={() => void navigate('/', { replace: true })}
    />
  )
}

interface FrameProps {
  readonly title: string
  readonly description?: string
  readonly children: ReactNode
}

function Frame({ title, children, ...frame }: FrameProps) {
  const { switchIdentity } = useMessages({ en, ko })
  const way = title === switchIdentity ? [] : [{ text: switchIdentity, href: '/identities' }]
  return (
    <PageFrame {...frame} title={title} breadcrumbs={way}>
      <div className="narrow">
        <Container>{children}</Container>
      </div>
    </PageFrame>
  )
}
