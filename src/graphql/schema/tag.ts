import { builder } from '../builder.ts'

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
