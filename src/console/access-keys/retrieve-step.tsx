import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useBlocker } from 'react-router'
import { downloadText } from '../downloads/download-text.ts'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface RetrieveStepProps {
  readonly accessKeyId: string
  readonly secret: string
  readonly csv: string
  readonly fileName: string
  readonly onDone: () => void
}

/** The only time that a secret is on a page. Leaving asks first; what was left holds no secret any more. */
export function RetrieveStep({ accessKeyId, secret, csv, fileName, onDone }: RetrieveStepProps) {
  const messages = useMessages({ en, ko })
  const [shown, setShown] = useState(false)
  const [gone, setGone] = useState(false)
  const done = useRef(false)
  const blocker = useBlocker(() => !done.current && !gone)

  useEffect(() => {
    if (gone) return undefined
    const warn = (event: BeforeUnloadEvent) => {
      if (!done.current) event.preventDefault()
    }
    // Browsers keep a page that was left, to show it again as it was: this one is kept without the secret.
    const forget = () => flushSync(() => setGone(true))
    addEventListener('beforeunload', warn)
    addEventListener('pagehide', forget)
    return () => {
      removeEventListener('beforeunload', warn)
      removeEventListener('pagehide', forget)
    }
  }, [gone])

  const finish = () => {
    done.current = true
    onDone()
  }
  const practices = [
    messages.practice1,
    messages.practiceFile,
    messages.practiceShared,
    messages.practice2,
    messages.practice3,
    messages.practice4,
  ]
  const copy = (text: string, name: string) => (
    <CopyToClipboard
      variant="icon"
      textToCopy={text}
      copyButtonAriaLabel={`${messages.copy}: ${name}`}
      copySuccessText={messages.copied}
      copyErrorText={messages.notCopied}
    />
  )
  if (gone) {
    return (
      <SpaceBetween size="l">
        <Alert type="warning">{messages.gone}</Alert>
        <Button onClick={onDone}>{messages.done}</Button>
      </SpaceBetween>
    )
  }
  return (
    <SpaceBetween size="l">
      <Alert type="success" header={messages.keyCreated}>
        {messages.retrieveOnce}
      </Alert>
      <Container header={<Header variant="h2">{messages.accessKey}</Header>}>
        <KeyValuePairs
          columns={2}
          items={[
            {
              label: messages.keyId,
              value: (
                <>
                  {copy(accessKeyId, messages.keyId)} <span data-access-key-id>{accessKeyId}</span>
                </>
              ),
            },
            {
              label: messages.secret,
              value: (
                <>
                  {copy(secret, messages.secret)}{' '}
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
      </Container>
      <Container header={<Header variant="h2">{messages.practices}</Header>}>
        <ul>
          {practices.map((practice) => (
            <li key={practice}>{practice}</li>
          ))}
        </ul>
      </Container>
      <Box float="right">
        <SpaceBetween direction="horizontal" size="xs">
          <Button iconName="download" onClick={() => downloadText(fileName, csv)}>
            {messages.download}
          </Button>
          <Button variant="primary" onClick={finish}>
            {messages.done}
          </Button>
        </SpaceBetween>
      </Box>
      {blocker.state === 'blocked' && (
        <Modal
          visible
          header={messages.leaveTitle}
          onDismiss={() => blocker.reset()}
          footer={
            <Box float="right">
              <SpaceBetween direction="horizontal" size="xs">
                <Button variant="link" onClick={() => blocker.proceed()}>
                  {messages.leave}
                </Button>
                <Button variant="primary" onClick={() => blocker.reset()}>
                  {messages.stay}
                </Button>
              </SpaceBetween>
            </Box>
          }
        >
          {messages.leaveText}
        </Modal>
      )}
    </SpaceBetween>
  )
}
