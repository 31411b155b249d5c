import Alert from '@cloudscape-design/components/alert'
import { type ComponentType, type ReactNode, useEffect, useState } from 'react'
import { useMessages } from '../../language/language.ts'
import { AddIdentityForm } from './add-identity-form.tsx'
import { IdentityList } from './identity-list.tsx'
import { useIdentities } from './identity-store.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { PinForm } from './pin-form.tsx'

interface FrameProps {
  readonly title: string
  readonly description?: string
  readonly children: ReactNode
}

interface IdentitiesProps {
  readonly title: string
  /** What is around it: the page of somebody who is signed in, or that of nobody. */
  readonly frame: ComponentType<FrameProps>
  /** Empty for the list, `add` for the form, or the id of the access key to sign in with. */
  readonly step: string
  readonly onStep: (step: string) => void
  readonly onPassword: () => void
  readonly onSignedIn: () => void
}

/** Signing in with access keys that this device keeps, and with a new one. */
export function Identities({ title, frame: Frame, step, onStep, onPassword, onSignedIn }: IdentitiesProps) {
  const messages = useMessages({ en, ko })
  const chosen = useIdentities().find(({ accessKeyId }) => accessKeyId === step)
  const [first] = useState(step)
  const [returning, setReturning] = useState(false)
  useEffect(() => {
    if (step !== first) setReturning(true)
  }, [step, first])
  const toList = () => onStep('')

  if (!isSecureContext) {
    return (
      <Frame title={title}>
        <Alert type="error" header={messages.insecureTitle}>
          {messages.insecure}
        </Alert>
      </Frame>
    )
  }
  if (step === 'add') {
    return (
      <Frame title={messages.addTitle} description={messages.addDescription}>
        <AddIdentityForm onCancel={toList} onSignedIn={onSignedIn} />
      </Frame>
    )
  }
  if (chosen !== undefined) {
    return (
      <Frame title={messages.signInWith(chosen.name)}>
        <PinForm
          key={chosen.accessKeyId}
          identity={chosen}
          cancelText={messages.others}
          onCancel={toList}
          onSignedIn={onSignedIn}
        />
      </Frame>
    )
  }
  return (
    <Frame title={title} description={messages.identitiesDescription}>
      <IdentityList
        returning={returning}
        onChoose={({ accessKeyId }) => onStep(accessKeyId)}
        onAdd={() => onStep('add')}
        onPassword={onPassword}
      />
    </Frame>
  )
}
