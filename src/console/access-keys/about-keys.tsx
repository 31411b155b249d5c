import Box from '@cloudscape-design/components/box'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** What somebody should know before making a key: what it is, how long it lasts, and what to use instead. */
export function AboutKeys() {
  const messages = useMessages({ en, ko })
  const columns = [
    [messages.aboutKey, [messages.aboutParts, messages.aboutTwo, messages.aboutSecret]],
    [messages.aboutLife, [messages.aboutLongTerm, messages.aboutTemporary]],
    [
      messages.aboutInstead,
      [
        messages.insteadCompute,
        messages.insteadAccount,
        messages.insteadMobile,
        messages.insteadSaml,
        messages.insteadBroker,
      ],
    ],
  ] as const
  return (
    <ExpandableSection variant="container" headerText={messages.about} headingTagOverride="h2" defaultExpanded>
      <ColumnLayout columns={3} variant="text-grid">
        {columns.map(([title, items]) => (
          <section key={title} aria-label={title}>
            <Box variant="h3">{title}</Box>
            <ul className="plan">
              {items.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          </section>
        ))}
      </ColumnLayout>
    </ExpandableSection>
  )
}
