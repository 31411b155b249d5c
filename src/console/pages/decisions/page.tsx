import { useParams } from 'react-router'
import { useMessages } from '../../language/language.ts'
import { PageFrame } from '../../page-frame/page-frame.tsx'
import { DecisionExplanation } from './decision-explanation.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

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
