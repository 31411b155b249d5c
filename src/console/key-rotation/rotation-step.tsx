import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ReactNode } from 'react'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface RotationStepProps {
  readonly number: number
  readonly state: 'done' | 'current' | 'later'
  readonly title: string
  readonly text: string
  readonly children: ReactNode
}

/** One step: what to do, why, and whether it is its turn. */
export function RotationStep({ number, state, title, text, children }: RotationStepProps) {
  const messages = useMessages({ en, ko })
  const types = { done: 'success', current: 'in-progress', later: 'pending' } as const
  return (
    <section aria-label={messages.stepTitle(String(number), title)} data-step={number} data-step-state={state}>
      <Container
        header={
          <Header
            variant="h2"
            description={text}
            info={<StatusIndicator type={types[state]}>{messages[state]}</StatusIndicator>}
          >
            {messages.stepTitle(String(number), title)}
          </Header>
        }
      >
        <SpaceBetween size="s">{children}</SpaceBetween>
      </Container>
    </section>
  )
}
