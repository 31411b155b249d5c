import { useNavigate } from 'react-router'
import { KeyRotation } from '../../key-rotation/key-rotation.tsx'
import { useMessages } from '../../language/language.ts'
import { useIdentity } from '../../session/session-store.ts'
import { HOME } from './home.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

export function Component() {
  const messages = useMessages({ en, ko })
  const navigate = useNavigate()
  const { userName } = useIdentity()
  return (
    <KeyRotation
      owner={null}
      ownerName={userName}
      breadcrumbs={[{ text: messages.title, href: HOME }]}
      onLeave={() => void navigate(HOME, { replace: true })}
    />
  )
}
