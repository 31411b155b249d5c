import type { ComponentProps } from 'react'
import { ComponentLanguage } from '../../language/component-language.tsx'
import { Identities } from '../identities/identities.tsx'
import { SignInFrame } from './sign-in-frame.tsx'

/** Signing in with an access key, while nobody is signed in. */
export function SignInWithKey(props: Omit<ComponentProps<typeof Identities>, 'frame'>) {
  return (
    <ComponentLanguage>
      <Identities {...props} frame={SignInFrame} />
    </ComponentLanguage>
  )
}
