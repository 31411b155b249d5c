import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useMessages } from '../../language/language.ts'
import { PolicyDiff } from '../../policy-document/policy-diff.tsx'
import { PolicyText } from '../../policy-document/policy-text.tsx'
import { readable } from '../../policy-document/readable.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { PolicyVersion } from './use-policy.ts'

interface VersionComparisonProps {
  readonly versions: readonly PolicyVersion[]
  /** The version to show first; the default one when nothing is chosen. */
  readonly chosenId: string | null
}

/** The text of a version, or what another one has changed of it. */
export function VersionComparison({ versions, chosenId }: VersionComparisonProps) {
  const messages = useMessages({ en, ko })
  const [otherId, setOther] = useState<string | null>(null)
  const shown = versions.find((version) =>
    chosenId === null ? version.isDefaultVersion : version.versionId === chosenId,
  )
  const other = versions.find(({ versionId }) => versionId === otherId)
  const text = shown?.policyText
  if (!shown || text === undefined || text === null) return null
  const options = [
    { value: '', label: messages.noComparison },
    ...versions
      .filter(({ versionId }) => versionId !== shown.versionId)
      .map(({ versionId }) => ({ value: versionId, label: versionId })),
  ]
  const before = other?.policyText
  return (
    <Container header={<Header variant="h2">{messages.versionText(shown.versionId)}</Header>}>
      <SpaceBetween size="m">
        <ColumnLayout columns={2}>
          <FormField label={messages.compareWith}>
            <Select
              selectedOption={options.find(({ value }) => value === (otherId ?? '')) ?? null}
              options={options}
              onChange={({ detail }) => setOther(detail.selectedOption.value || null)}
            />
          </FormField>
        </ColumnLayout>
        {before !== undefined && before !== null && other !== shown ? (
          <PolicyDiff
            label={messages.changes(other?.versionId ?? '', shown.versionId)}
            before={readable(before)}
            after={readable(text)}
          />
        ) : (
          <PolicyText label={messages.versionText(shown.versionId)} text={text} />
        )}
      </SpaceBetween>
    </Container>
  )
}
