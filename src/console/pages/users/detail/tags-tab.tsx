import { request } from '../../../api/request.ts'
import { TagsSection } from '../../../tags/tags-section.tsx'
import { TagUserDocument, UntagUserDocument } from './documents.generated.ts'
import type { UserProps } from './user.ts'

interface TagsTabProps extends UserProps {
  readonly onChanged: () => void
}

export function TagsTab({ user: { name: userName, arn, tags }, onChanged }: TagsTabProps) {
  return (
    <TagsSection
      tags={tags ?? []}
      canTag={{ action: 'iam:TagUser', resource: arn }}
      canUntag={{ action: 'iam:UntagUser', resource: arn }}
      tag={(given) => request(TagUserDocument, { input: { userName, tags: [...given] } })}
      untag={(tagKeys) => request(UntagUserDocument, { input: { userName, tagKeys: [...tagKeys] } })}
      onChanged={onChanged}
    />
  )
}
