import { tryNow, useOutage } from '../api/outage.ts'
import { useMessages } from '../language/language.ts'
import { Button } from '../plain/button.tsx'
import { Notice } from '../plain/notice.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** That something on the page waits for the server; gone when it was answered. */
export function OutageNotice() {
  const messages = useMessages({ en, ko })
  const outage = useOutage()
  return (
    <div role="status">
      {outage && (
        <Notice
          type="warning"
          header={outage.of === 'database' ? messages.noDatabase : messages.noServer}
          action={
            <Button loading={outage.trying} onClick={() => tryNow()}>
              {messages.tryNow}
            </Button>
          }
        >
          {messages.waiting}
        </Notice>
      )}
    </div>
  )
}
