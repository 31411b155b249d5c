import { useState } from 'react'
import { useMessages } from '../../language/language.ts'
import { Button } from '../../plain/button.tsx'
import { Form } from '../../plain/form.tsx'
import { Notice } from '../../plain/notice.tsx'
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
      <Form
        onSubmit={() => void attempt.submitCode(code.trim()).then((outcome) => outcome !== 'unanswered' && setCode(''))}
        actions={
          <>
            <Button variant="link" onClick={attempt.startOver}>
              {messages.cancel}
            </Button>
            <Button variant="primary" submits loading={running} disabled={code.trim() === ''}>
              {messages.signIn}
            </Button>
          </>
        }
      >
        {error !== null && <Notice type="error">{error}</Notice>}
        <MfaCodeField value={code} onChange={setCode} />
      </Form>
    </SignInFrame>
  )
}
