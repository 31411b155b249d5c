import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import TagEditor from '@cloudscape-design/components/tag-editor'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { MOST_TAGS, type Tag } from './tag-holder.ts'

interface TagsFieldProps {
  readonly tags: readonly Tag[]
  readonly onChange: (tags: readonly Tag[]) => void
}

/** The tags of something that is being made. */
export function TagsField({ tags, onChange }: TagsFieldProps) {
  const messages = useMessages({ en, ko })
  return (
    <Container header={<Header variant="h2">{messages.optional}</Header>}>
      <TagEditor
        tags={tags.map((tag) => ({ ...tag, existing: false }))}
        tagLimit={MOST_TAGS}
        onChange={({ detail }) => onChange(detail.tags.map(({ key, value }) => ({ key, value })))}
      />
    </Container>
  )
}
