import Box from '@cloudscape-design/components/box'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { PageFrame } from './page-frame.tsx'

export function NotFound() {
  const messages = useMessages({ en, ko })
  return (
    <PageFrame title={messages.notFoundTitle}>
      <Box>{messages.notFound}</Box>
    </PageFrame>
  )
}
