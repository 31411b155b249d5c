import { builder } from '../builder.ts'

builder.prismaObject('RecoveryCodes', {
  description:
    'The recovery codes of a user, which are accepted in place of the code of a lost MFA device: how many are left, never the codes.',
  // Explicit: the key of the hashes is never read here.
  select: { accountId: true, userId: true },
  fields: (t) => ({
    left: t.int({
      description: 'How many of the ten codes have not been used.',
      select: { hashes: true },
      resolve: ({ hashes }) => hashes.length,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the codes were created.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When one of the codes was last used; null when none was.',
    }),
  }),
})
