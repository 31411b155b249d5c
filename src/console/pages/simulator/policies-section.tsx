import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import RadioGroup from '@cloudscape-design/components/radio-group'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { EntityField } from '../../entities/entity-field.tsx'
import { useMessages } from '../../language/language.ts'
import { NEW_POLICY } from '../../policy-document/new-policy.ts'
import { PolicyEditor } from '../../policy-document/policy-editor.tsx'
import { type Draft, SOURCES } from './draft.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

export interface DraftProps {
  readonly draft: Draft
  readonly onChange: (part: Partial<Draft>) => void
}

/** Which policies are tried. */
export function PoliciesSection({ draft, onChange }: DraftProps) {
  const messages = useMessages({ en, ko })
  const { source, name, custom, more, boundary, callerArn } = draft
  const ofSomebody = source !== 'CUSTOM'
  const documents = ofSomebody ? more : custom
  const setDocuments = (next: readonly string[]) =>
    onChange(ofSomebody ? { more: next } : { custom: next, policyArn: null })
  const nameOf = (index: number) => (ofSomebody ? messages.extraDocument : messages.document)(String(index + 1))
  return (
    <Container header={<Header variant="h2">{messages.policies}</Header>}>
      <SpaceBetween size="l">
        <FormField label={messages.whose} stretch>
          <RadioGroup
            name="source"
            value={source}
            items={SOURCES.map((value) => ({
              value,
              label: messages[value],
              description: messages[`${value}Text`],
            }))}
            onChange={({ detail }) => {
              const chosen = SOURCES.find((known) => known === detail.value)
              if (chosen) onChange({ source: chosen, name: '', arn: undefined })
            }}
          />
        </FormField>
        {ofSomebody && (
          <EntityField
            key={source}
            type={source}
            description={messages.nameText}
            value={name}
            onChange={(chosen) => onChange({ name: chosen.name, arn: chosen.arn })}
          />
        )}
        {documents.map((document, index) => (
          <SpaceBetween key={index} size="xs">
            <PolicyEditor
              label={nameOf(index)}
              value={document}
              onChange={(text) => setDocuments(documents.with(index, text))}
            />
            {(ofSomebody || documents.length > 1) && (
              <Button formAction="none" onClick={() => setDocuments(documents.toSpliced(index, 1))}>
                {messages.removeDocument(nameOf(index))}
              </Button>
            )}
          </SpaceBetween>
        ))}
        {boundary !== null && (
          <SpaceBetween size="xs">
            <PolicyEditor
              label={messages.boundary}
              description={messages.boundaryText}
              value={boundary}
              onChange={(text) => onChange({ boundary: text })}
            />
            <Button formAction="none" onClick={() => onChange({ boundary: null })}>
              {messages.removeDocument(messages.boundary)}
            </Button>
          </SpaceBetween>
        )}
        <SpaceBetween direction="horizontal" size="xs">
          <Button formAction="none" iconName="add-plus" onClick={() => setDocuments([...documents, NEW_POLICY])}>
            {messages.addDocument}
          </Button>
          {boundary === null && (
            <Button formAction="none" iconName="add-plus" onClick={() => onChange({ boundary: NEW_POLICY })}>
              {messages.addBoundary}
            </Button>
          )}
        </SpaceBetween>
        {!ofSomebody && (
          <FormField label={messages.callerArn} description={messages.callerText}>
            <Input
              name="callerArn"
              spellcheck={false}
              autoComplete={false}
              placeholder="arn:aws:iam::…:user/…"
              value={callerArn}
              onChange={({ detail }) => onChange({ callerArn: detail.value })}
            />
          </FormField>
        )}
      </SpaceBetween>
    </Container>
  )
}
