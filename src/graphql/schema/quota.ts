import { builder } from '../builder.ts'

export const Quota = builder.objectRef<{ used: number; limit: number }>('Quota').implement({
  description: 'How many of something there are, and how many there can be.',
  fields: (t) => ({
    used: t.exposeInt('used'),
    limit: t.exposeInt('limit'),
  }),
})
