import { useParams } from 'react-router'
import { DecisionExplanation } from '../../decisions/decision-explanation.tsx'
import { en } from '../../decisions/messages.en.ts'
import { ko } from '../../decisions/messages.ko.ts'
import { useMessages } from '../../language/language.ts'
import { PageFrame } from '../../shell/page-frame.tsx'

/** /decisions/<id>: what stood behind a denial, statement by statement. */
export function Component() {
  const messages = useMessages({ en, ko })
  const { '*': id = '' } = useParams()
  return (
    <PageFrame title={messages.title} description={id}>
      <DecisionExplanation id={id} />
    </PageFrame>
  )
}
