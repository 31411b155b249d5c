import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import Container from '@cloudscape-design/components/container'
import Form from '@cloudscape-design/components/form'
import FormField from '@cloudscape-design/components/form-field'
import RadioGroup from '@cloudscape-design/components/radio-group'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useMessages } from '../language/language.ts'
import { AboutKeys } from './about-keys.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface BestPracticesStepProps {
  readonly onNext: () => void
  readonly onCancel: () => void
}

/** What the key is for, and what would be better. All but the last have an alternative, which has to be understood first. */
export function BestPracticesStep({ onNext, onCancel }: BestPracticesStepProps) {
  const messages = useMessages({ en, ko })
  const [chosen, setChosen] = useState<string | null>(null)
  const [understood, setUnderstood] = useState(false)
  const [tried, setTried] = useState(false)
  const useCases = [
    ['cli', messages.cli, messages.cliHint, messages.cliAlternative],
    ['local', messages.local, messages.localHint, messages.localAlternative],
    ['compute', messages.compute, messages.computeHint, messages.computeAlternative],
    ['third-party', messages.thirdParty, messages.thirdPartyHint, messages.thirdPartyAlternative],
    ['outside', messages.outside, messages.outsideHint, messages.outsideAlternative],
    ['other', messages.other, messages.otherHint, null],
  ] as const
  const alternative = useCases.find(([value]) => value === chosen)?.[3]
  const mayGoOn = chosen === 'other' || (chosen !== null && understood)
  const next = () => {
    setTried(true)
    if (mayGoOn) onNext()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        next()
      }}
    >
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" variant="link" onClick={onCancel}>
              {messages.cancel}
            </Button>
            <Button formAction="submit" variant="primary">
              {messages.next}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          <Alert type="info">
            <div>{messages.practicesAdvice}</div>
            <div>{messages.practicesThirdParties}</div>
          </Alert>
          <AboutKeys />
          <Container>
            <FormField
              label={messages.useCase}
              stretch
              errorText={tried && chosen === null ? messages.chooseUseCase : undefined}
            >
              <RadioGroup
                value={chosen}
                onChange={({ detail }) => {
                  setChosen(detail.value)
                  setUnderstood(false)
                  setTried(false)
                }}
                items={useCases.map(([value, label, description]) => ({ value, label, description }))}
              />
            </FormField>
          </Container>
          {chosen === 'other' && <Alert type="info">{messages.otherAdvice}</Alert>}
          {alternative && (
            <SpaceBetween size="m">
              <Alert type="warning" header={messages.recommended}>
                {alternative}
              </Alert>
              <FormField errorText={tried && !understood ? messages.tickToGoOn : undefined}>
                <Checkbox checked={understood} onChange={({ detail }) => setUnderstood(detail.checked)}>
                  {messages.understood}
                </Checkbox>
              </FormField>
            </SpaceBetween>
          )}
        </SpaceBetween>
      </Form>
    </form>
  )
}
