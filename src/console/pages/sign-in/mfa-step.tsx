import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Form from '@cloudscape-design/components/form'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useMessages } from '../../language/language.ts'
import { MfaCodeField } from '../../step-up/mfa-code-field.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { SignInFrame } from './sign-in-frame.tsx'
import type { SignInAttempt } from './use-sign-in.ts'

/** The second step of signing in. */
export function MfaStep({ attempt }: { readonly attempt: SignInAttempt }) {
  const messages = useMessages({ en, ko })
  const [code, setCode] = useState('')
  const { running, error } = attempt
  return (
    <SignInFrame title={messages.mfaTitle} description={messages.mfaDescription}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void attempt.submitCode(code.trim()).then((outcome) => outcome !== 'unanswered' && setCode(''))
        }}
      >
        <Form
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button formAction="none" variant="link" onClick={attempt.startOver}>
                {messages.cancel}
              </Button>
              <Button variant="primary" formAction="submit" loading={running} disabled={code.trim() === ''}>
                {messages.signIn}
              </Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="m">
            {error !== null && <Alert type="error">{error}</Alert>}
            <MfaCodeField value={code} onChange={setCode} />
          </SpaceBetween>
        </Form>
      </form>
    </SignInFrame>
  )
}
