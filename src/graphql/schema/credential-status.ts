import { builder } from '../builder.ts'

export const CredentialStatus = builder.enumType('CredentialStatus', {
  description: 'Whether a credential of a user may be used by the systems that it is meant for.',
  values: {
    ACTIVE: { description: 'The credential may be used.' },
    INACTIVE: { description: 'The credential must not be used. It still counts towards the quota.' },
  } as const,
})
