import DateRangePicker, { type DateRangePickerProps } from '@cloudscape-design/components/date-range-picker'
import { useMessages } from '../../language/language.ts'
import { SPANS } from './filter-params.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

type Draft = Readonly<Record<string, string>>

interface TimeFieldProps {
  readonly draft: Draft
  readonly onChange: (changes: Draft) => void
}

/** The span of time of the filters. */
export function TimeField({ draft, onChange }: TimeFieldProps) {
  const messages = useMessages({ en, ko })
  return (
    <DateRangePicker
      placeholder={messages.anyTime}
      value={readTime(draft)}
      onChange={({ detail }) => onChange(writeTime(detail.value))}
      relativeOptions={Object.values(SPANS).map((amount) => ({
        key: String(amount),
        amount,
        unit: 'second',
        type: 'relative',
      }))}
      isValidRange={() => ({ valid: true })}
      i18nStrings={{
        formatRelativeRange: ({ amount }) => {
          const name = (['lastHour', 'lastDay', 'lastWeek', 'lastMonth'] as const).find(
            (span) => SPANS[span] === amount,
          )
          return name ? messages[name] : `${amount} s`
        },
      }}
      customRelativeRangeUnits={['second', 'minute', 'hour', 'day']}
    />
  )
}

const SECONDS = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800, month: 2_592_000, year: 31_536_000 }

function readTime({ last = '', since = '', until = '' }: Draft): DateRangePickerProps.Value | null {
  if (last !== '') return { type: 'relative', key: last, amount: Number(last), unit: 'second' }
  return since === '' ? null : { type: 'absolute', startDate: since, endDate: until }
}

function writeTime(value: DateRangePickerProps.Value | null): Draft {
  if (value === null) return { last: '', since: '', until: '' }
  if (value.type === 'relative') return { last: String(value.amount * SECONDS[value.unit]), since: '', until: '' }
  return { last: '', since: new Date(value.startDate).toISOString(), until: new Date(value.endDate).toISOString() }
}
