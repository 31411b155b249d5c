import { ComponentLanguage } from '../../language/component-language.tsx'
import { useMessages } from '../../language/language.ts'
import type { DeviceIdentity } from '../identities/identity-store.ts'
import { en } from '../identities/messages.en.ts'
import { ko } from '../identities/messages.ko.ts'
import { PinForm } from '../identities/pin-form.tsx'
import { SignInFrame } from './sign-in-frame.tsx'

interface SignInAgainWithKeyProps {
  readonly identity: DeviceIdentity
  readonly notice: string
  readonly onLeave: () => void
}

/** The same identity once more, when its session has ended. */
export function SignInAgainWithKey({ identity, notice, onLeave }: SignInAgainWithKeyProps) {
  const messages = useMessages({ en, ko })
  return (
    <SignInFrame title={messages.signInWith(identity.name)}>
      <ComponentLanguage>
        <PinForm identity={identity} notice={notice} cancelText={messages.others} onCancel={onLeave} />
      </ComponentLanguage>
    </SignInFrame>
  )
}
