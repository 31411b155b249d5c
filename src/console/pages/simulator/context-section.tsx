import AttributeEditor from '@cloudscape-design/components/attribute-editor'
import Autosuggest from '@cloudscape-design/components/autosuggest'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { RefObject } from 'react'
import { useMessages } from '../../language/language.ts'
import { CONTEXT_TYPES, type ContextRow, GLOBAL_KEYS, MFA_ANSWERS, typeOfKey } from './context-rows.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { DraftProps } from './policies-section.tsx'

interface ContextSectionProps extends DraftProps {
  /** Where the keyboard goes when keys were added from elsewhere. */
  readonly heading: RefObject<HTMLDivElement | null>
}

/** What the simulated request carries. */
export function ContextSection({ heading, draft, onChange }: ContextSectionProps) {
  const messages = useMessages({ en, ko })
  const { mfa, mfaAge, context } = draft
  const answers = MFA_ANSWERS.map((value) => ({ value, label: messages[value] }))
  return (
    <Container
      header={
        <div ref={heading} tabIndex={-1} className="page-heading">
          <Header variant="h2" description={messages.contextText}>
            {messages.context}
          </Header>
        </div>
      }
    >
      <SpaceBetween size="l">
        <FormField label={messages.mfa}>
          <Select
            options={answers}
            selectedOption={answers.find(({ value }) => value === mfa) ?? null}
            onChange={({ detail }) =>
              onChange({ mfa: MFA_ANSWERS.find((known) => known === detail.selectedOption.value) ?? 'UNSAID' })
            }
          />
        </FormField>
        {mfa === 'WITH' && (
          <FormField label={messages.mfaAge}>
            <Input
              name="mfaAge"
              inputMode="numeric"
              value={mfaAge}
              onChange={({ detail }) => onChange({ mfaAge: detail.value })}
            />
          </FormField>
        )}
        <Rows rows={context} onChange={(rows) => onChange({ context: rows })} />
      </SpaceBetween>
    </Container>
  )
}

interface RowsProps {
  readonly rows: readonly ContextRow[]
  readonly onChange: (rows: readonly ContextRow[]) => void
}

function Rows({ rows, onChange }: RowsProps) {
  const messages = useMessages({ en, ko })
  const types = CONTEXT_TYPES.map((value) => ({ value, label: messages[value] }))
  const set = (index: number, part: Partial<ContextRow>) => {
    const row = rows[index]
    if (row) onChange(rows.with(index, { ...row, ...part }))
  }
  return (
    <AttributeEditor
      items={rows}
      empty={messages.noContext}
      addButtonText={messages.addKey}
      removeButtonText={messages.remove}
      removeButtonAriaLabel={({ key }) => messages.removeKey(key)}
      onAddButtonClick={() => onChange([...rows, { key: '', type: 'STRING', values: '' }])}
      onRemoveButtonClick={({ detail }) => onChange(rows.toSpliced(detail.itemIndex, 1))}
      definition={[
        {
          label: messages.key,
          control: ({ key }, index) => (
            <Autosuggest
              value={key}
              options={Object.keys(GLOBAL_KEYS).map((value) => ({ value }))}
              enteredTextLabel={messages.useKey}
              placeholder="aws:SourceIp"
              onChange={({ detail }) => set(index, { key: detail.value, type: typeOfKey(detail.value) })}
            />
          ),
        },
        {
          label: messages.type,
          control: ({ type }, index) => (
            <Select
              options={types}
              selectedOption={types.find(({ value }) => value === type) ?? null}
              onChange={({ detail }) =>
                set(index, { type: CONTEXT_TYPES.find((known) => known === detail.selectedOption.value) ?? 'STRING' })
              }
            />
          ),
        },
        {
          label: messages.values,
          constraintText: ({ type }) => (type.endsWith('_LIST') ? messages.valuesText : undefined),
          control: ({ values }, index) => (
            <Input
              name={`contextValue${index}`}
              value={values}
              spellcheck={false}
              onChange={({ detail }) => set(index, { values: detail.value })}
            />
          ),
        },
      ]}
    />
  )
}
