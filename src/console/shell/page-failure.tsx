import { useOutage } from '../api/outage.ts'
import { useMessages } from '../language/language.ts'
import { Button } from '../plain/button.tsx'
import { Notice } from '../plain/notice.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** In the place of a page that failed; what is around it goes on working. */
export function PageFailure() {
  const messages = useMessages({ en, ko })
  // What a page consists of is missing as well: it starts anew when there is an answer.
  if (useOutage() !== null) return null
  return (
    <Notice
      type="error"
      header={messages.failedTitle}
      action={<Button onClick={() => location.reload()}>{messages.reload}</Button>}
    >
      {messages.failed}
    </Notice>
  )
}
