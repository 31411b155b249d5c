import Button from '@cloudscape-design/components/button'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useMessages } from '../../language/language.ts'
import { later } from '../../later/later.tsx'
import { RESULTS, TEXT_FILTERS } from './filter-params.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

const TimeField = later(async () => (await import('./time-field.tsx')).TimeField, <Input disabled value="" />)

interface FiltersProps {
  readonly params: URLSearchParams
  readonly onApply: (params: URLSearchParams) => void
}

/** What the events must be like. Nothing is asked before "Apply": each question is itself in the trail. */
export function Filters({ params, onApply }: FiltersProps) {
  const messages = useMessages({ en, ko })
  const [draft, setDraft] = useState<Readonly<Record<string, string>>>(Object.fromEntries(params))
  const set = (changes: Readonly<Record<string, string>>) => setDraft({ ...draft, ...changes })
  const results = [
    { value: '', label: messages.anyResult },
    ...RESULTS.map((value) => ({ value, label: messages[value] })),
  ]
  const apply = () => {
    const given = Object.entries(draft).map(([name, value]) => [name, value.trim()])
    onApply(new URLSearchParams(given.filter(([, value]) => value !== '')))
  }
  return (
    <Container
      header={
        <Header variant="h2" description={messages.toTheLetter}>
          {messages.filters}
        </Header>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          apply()
        }}
      >
        <SpaceBetween size="m">
          <ColumnLayout columns={3}>
            {TEXT_FILTERS.map((name) => (
              <FormField key={name} label={messages[name]}>
                <Input
                  name={name}
                  autoComplete="off"
                  value={draft[name] ?? ''}
                  onChange={({ detail }) => set({ [name]: detail.value })}
                />
              </FormField>
            ))}
            <FormField label={messages.result}>
              <Select
                options={results}
                selectedOption={results.find(({ value }) => value === (draft.result ?? '')) ?? null}
                onChange={({ detail }) => set({ result: detail.selectedOption.value ?? '' })}
              />
            </FormField>
            <FormField label={messages.time}>
              <TimeField draft={draft} onChange={set} />
            </FormField>
          </ColumnLayout>
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="primary" formAction="submit">
              {messages.apply}
            </Button>
            <Button
              formAction="none"
              onClick={() => {
                setDraft({})
                onApply(new URLSearchParams())
              }}
            >
              {messages.clear}
            </Button>
          </SpaceBetween>
        </SpaceBetween>
      </form>
    </Container>
  )
}
