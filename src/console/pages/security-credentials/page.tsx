import { Route, Routes, useNavigate } from 'react-router'
import { AccessKeysSection } from '../../access-keys/access-keys-section.tsx'
import { CreateAccessKey } from '../../access-keys/create-access-key.tsx'
import { useMessages } from '../../language/language.ts'
import { useIdentity } from '../../session/session-store.ts'
import { PageFrame } from '../../shell/page-frame.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

const HOME = '/security-credentials'

/** What the person who is signed in signs in with. Needs no permission to look at other users. */
export function Component() {
  return (
    <Routes>
      <Route index element={<Overview />} />
      <Route path="create-access-key" element={<Create />} />
    </Routes>
  )
}

function Overview() {
  const messages = useMessages({ en, ko })
  const { userName } = useIdentity()
  return (
    <PageFrame title={messages.title} description={userName === null ? messages.ofRoot : messages.of(userName)}>
      <AccessKeysSection owner={null} createHref={`${HOME}/create-access-key`} />
    </PageFrame>
  )
}

function Create() {
  const messages = useMessages({ en, ko })
  const navigate = useNavigate()
  const { userName } = useIdentity()
  return (
    <CreateAccessKey
      owner={null}
      ownerName={userName}
      breadcrumbs={[{ text: messages.title, href: HOME }]}
      onLeave={() => void navigate(HOME, { replace: true })}
    />
  )
}
