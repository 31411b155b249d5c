import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { useNavigate } from 'react-router'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface RotationSectionProps {
  /** Address of the guide. */
  readonly href: string
}

/** The way to the guide, beside the keys. */
export function RotationSection({ href }: RotationSectionProps) {
  const messages = useMessages({ en, ko })
  const navigate = useNavigate()
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={messages.sectionDescription}
          actions={<Button onClick={() => void navigate(href)}>{messages.title}</Button>}
        >
          {messages.section}
        </Header>
      }
    />
  )
}
