import { requestTags } from '../../access/context.ts'
import { builder } from '../builder.ts'
import type { InputFields } from '../operation.ts'

export const Tag = builder.objectRef<{ key: string; value: string }>('Tag').implement({
  fields: (t) => ({
    key: t.exposeString('key'),
    value: t.exposeString('value'),
  }),
})

export const TagInput = builder.inputType('TagInput', {
  fields: (t) => ({
    key: t.string({ required: true }),
    value: t.string({ required: true }),
  }),
})

interface MaybeTagged {
  readonly tags?: readonly { readonly key: string; readonly value: string }[] | null
}

/** Tags that something is made with. */
export const tagsIfAny = (t: InputFields) => t.field({ type: [TagInput] })

/** Tags that something gets. */
export const tags = (t: InputFields) => t.field({ type: [TagInput], required: true })

/** What is made with tags needs the permission to tag as well. */
export const hasTags = ({ tags }: MaybeTagged) => (tags?.length ?? 0) > 0

/** The condition keys of the tags in an input. */
export const tagsAsked = ({ tags }: MaybeTagged) => requestTags(tags)
