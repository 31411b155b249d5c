import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useMessages } from '../language/language.ts'
import type { CreateServiceCredentialMutation } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** A credential with its secret, as it is handed out. */
export type Handed = NonNullable<CreateServiceCredentialMutation['createServiceSpecificCredential']>

interface SecretModalProps {
  readonly handed: Handed
  readonly onClose: () => void
}

/** The secret is here only, and goes with the dialog. */
export function SecretModal({ handed, onClose }: SecretModalProps) {
  const messages = useMessages({ en, ko })
  const [shown, setShown] = useState(false)
  const { serviceSpecificCredential, servicePassword, serviceCredentialSecret } = handed
  const { serviceName, serviceUserName, serviceCredentialAlias } = serviceSpecificCredential
  const publicName = serviceUserName ?? serviceCredentialAlias ?? ''
  const publicLabel = serviceUserName === null ? messages.alias : messages.userName
  const secret = servicePassword ?? serviceCredentialSecret ?? ''
  const secretLabel = servicePassword === null ? messages.apiKey : messages.password
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
    <Modal
      visible
      header={messages.secretTitle(serviceName)}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose}>
            {messages.close}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Alert type="warning">{messages.once}</Alert>
        <KeyValuePairs
          columns={1}
          items={[
            {
              label: publicLabel,
              value: (
                <span className="breaking-text">
                  {copy(publicName, publicLabel)} {publicName}
                </span>
              ),
            },
            {
              label: secretLabel,
              value: (
                <>
                  {copy(secret, secretLabel)}{' '}
                  <Box variant={shown ? 'code' : 'span'}>
                    <span data-secret className="breaking-text">
                      {shown ? secret : '*'.repeat(20)}
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
    </Modal>
  )
}
