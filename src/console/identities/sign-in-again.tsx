import { useMessages } from '../language/language.ts'
import { SignInFrame } from '../session/sign-in-frame.tsx'
import type { DeviceIdentity } from './identity-store.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { PinForm } from './pin-form.tsx'

interface SignInAgainProps {
  readonly identity: DeviceIdentity
  readonly notice: string
  readonly onLeave: () => void
}

/** The same identity once more, when its session has ended. */
export function SignInAgain({ identity, notice, onLeave }: SignInAgainProps) {
  const messages = useMessages({ en, ko })
  return (
    <SignInFrame title={messages.signInWith(identity.name)}>
      <PinForm identity={identity} notice={notice} cancelText={messages.others} onCancel={onLeave} />
    </SignInFrame>
  )
}
