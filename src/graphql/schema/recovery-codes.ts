import { builder } from '../builder.ts'

builder.prismaObject('RecoveryCodes', {
  description: 'That a user has recovery codes, in place of an MFA device that is lost. Never which.',
  // Explicit: the key of the hashes is never read here.
  select: { accountId: true, userId: true },
  fields: (t) => ({
    left: t.int({
      description: 'How many were not used yet, of ten.',
      select: { hashes: true },
      resolve: ({ hashes }) => hashes.length,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When one was last used; null when none was.',
    }),
  }),
})
