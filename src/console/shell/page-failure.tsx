import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** In the place of a page that failed; what is around it goes on working. */
export function PageFailure() {
  const messages = useMessages({ en, ko })
  return (
    <Alert
      type="error"
      header={messages.failedTitle}
      action={<Button onClick={() => location.reload()}>{messages.reload}</Button>}
    >
      {messages.failed}
    </Alert>
  )
}
