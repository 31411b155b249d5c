import { requestTags } from '../../access/context.ts'
import { builder } from '../builder.ts'
import type { InputFields } from '../operation.ts'

export const Tag = builder.objectRef<{ key: string; value: string }>('Tag').implement({
  description: 'A label of an entity: a key and a value. Conditions of policies can ask for tags.',
  fields: (t) => ({
    key: t.exposeString('key'),
    value: t.exposeString('value'),
  }),
})

export const TagInput = builder.inputType('TagInput', {
  description:
    'A tag to set. Keys and values consist of letters, digits, blanks and `_.:/=+-@`, and do not begin with `aws:`.',
  fields: (t) => ({
    key: t.string({ required: true, description: '1 to 128 characters.' }),
    value: t.string({ required: true, description: '0 to 256 characters.' }),
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
