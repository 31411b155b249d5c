import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useMessages } from '../../../language/language.ts'
import { useIdentity } from '../../../session/session-store.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface PasswordRevealProps {
  readonly userName: string
  readonly password: string
}

/** What the user needs to sign in. The password is nowhere else and cannot be shown again. */
export function PasswordReveal({ userName, password }: PasswordRevealProps) {
  const messages = useMessages({ en, ko })
  const { accountId } = useIdentity()
  const [shown, setShown] = useState(false)
  const address = `${location.origin}/sign-in/${accountId}`
  const copy = (text: string, name: string) => (
    <CopyToClipboard
      variant="icon"
      textToCopy={text}
      copyButtonAriaLabel={messages.copy(name)}
      copySuccessText={messages.copied}
      copyErrorText={messages.notCopied}
    />
  )
  return (
    <SpaceBetween size="m">
      <Alert type="warning">{messages.once}</Alert>
      <KeyValuePairs
        columns={1}
        items={[
          {
            label: messages.signInAddress,
            value: (
              <span className="breaking-text">
                {copy(address, messages.signInAddress)} {address}
              </span>
            ),
          },
          {
            label: messages.userName,
            value: (
              <span className="breaking-text">
                {copy(userName, messages.userName)} {userName}
              </span>
            ),
          },
          {
            label: messages.password,
            value: (
              <>
                {copy(password, messages.password)}{' '}
                <Box variant={shown ? 'code' : 'span'}>
                  <span data-password className="breaking-text">
                    {shown ? password : '*'.repeat(12)}
                  </span>
                </Box>{' '}
                <Button variant="inline-link" onClick={() => setShown(!shown)}>
                  {shown ? messages.hide : messages.show}
                </Button>
              </>
            ),
          },
        ]}
      />
    </SpaceBetween>
  )
}
