import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import FormField from '@cloudscape-design/components/form-field'
import Modal from '@cloudscape-design/components/modal'
import RadioGroup from '@cloudscape-design/components/radio-group'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMessages } from '../../../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { COLUMNS, PAGE_SIZES, type Preferences } from './preferences.ts'

interface PreferencesModalProps {
  readonly preferences: Preferences
  readonly onChange: (next: Preferences) => void
  readonly onClose: () => void
}

/** What is chosen is seen in the table at once. */
export function PreferencesModal({ preferences, onChange, onClose }: PreferencesModalProps) {
  const messages = useMessages({ en, ko })
  const { pageSize, columns } = preferences
  return (
    <Modal
      visible
      header={messages.preferences}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose}>
            {messages.close}
          </Button>
        </Box>
      }
    >
      <ColumnLayout columns={2}>
        <FormField label={messages.pageSize}>
          <RadioGroup
            value={String(pageSize)}
            items={PAGE_SIZES.map((size) => ({ value: String(size), label: messages.usersPerPage(String(size)) }))}
            onChange={({ detail }) => onChange({ ...preferences, pageSize: Number(detail.value) })}
          />
        </FormField>
        <div role="group" aria-label={messages.manageColumns}>
          <SpaceBetween size="xs">
            <Box variant="awsui-key-label">{messages.manageColumns}</Box>
            {COLUMNS.map((column) => (
              <Checkbox
                key={column}
                checked={columns.includes(column)}
                onChange={({ detail }) =>
                  onChange({
                    ...preferences,
                    columns: COLUMNS.filter((other) => (other === column ? detail.checked : columns.includes(other))),
                  })
                }
              >
                {messages[column]}
              </Checkbox>
            ))}
          </SpaceBetween>
        </div>
      </ColumnLayout>
    </Modal>
  )
}
