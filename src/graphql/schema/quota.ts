import { builder } from '../builder.ts'

export const Quota = builder.objectRef<{ used: number; limit: number }>('Quota').implement({
  fields: (t) => ({
    used: t.exposeInt('used'),
    limit: t.exposeInt('limit'),
  }),
})
