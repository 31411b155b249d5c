import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useEffect } from 'react'
import { flushSync } from 'react-dom'
import { downloadText } from '../downloads/download-text.ts'
import { useMessages } from '../language/language.ts'
import { useIdentity } from '../session/session-store.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface RecoveryCodesModalProps {
  readonly codes: readonly string[]
  readonly onClose: () => void
}

/** The only time that recovery codes are on a page. */
export function RecoveryCodesModal({ codes, onClose }: RecoveryCodesModalProps) {
  const messages = useMessages({ en, ko })
  const { accountId, userName } = useIdentity()
  useEffect(() => {
    // Browsers keep a page that was left, to show it again as it was: this one is kept without the codes.
    const forget = () => flushSync(onClose)
    addEventListener('pagehide', forget)
    return () => removeEventListener('pagehide', forget)
  }, [onClose])
  const name = `${accountId} ${userName ?? 'root'}`
  const save = () => {
    const text = [messages.codesFile(name), '', ...codes, ''].join('\n')
    downloadText(`latchkey-recovery-codes-${name.replaceAll(' ', '-')}.txt`, text, 'text/plain')
  }
  return (
    <Modal
      visible
      header={messages.codesTitle}
      onDismiss={({ detail }) => {
        // A click beside it must not lose what is shown once.
        if (detail.reason !== 'overlay') onClose()
      }}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <CopyToClipboard
              textToCopy={codes.join('\n')}
              copyButtonText={messages.copyCodes}
              copyButtonAriaLabel={messages.copyCodes}
              copySuccessText={messages.copied}
              copyErrorText={messages.notCopied}
            />
            <Button iconName="download" onClick={save}>
              {messages.downloadCodes}
            </Button>
            <Button variant="primary" onClick={onClose}>
              {messages.codesKept}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Alert type="warning">{messages.codesOnce}</Alert>
        <div>{messages.codesText}</div>
        <ul className="recovery-codes">
          {codes.map((code) => (
            <li key={code}>
              <Box variant="code">
                <span data-recovery-code>{code}</span>
              </Box>
            </li>
          ))}
        </ul>
      </SpaceBetween>
    </Modal>
  )
}
