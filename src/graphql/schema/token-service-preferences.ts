import { everything } from '../../access/declaration.ts'
import { setSecurityTokenServicePreferences, TOKEN_VERSIONS } from '../../iam/account/token-service-preferences.ts'
import { builder } from '../builder.ts'
import { mutation } from '../operation.ts'

const GlobalEndpointTokenVersion = builder.enumType('GlobalEndpointTokenVersion', {
  description: 'A version of session tokens of STS, as IAM tells them apart.',
  values: TOKEN_VERSIONS,
})

mutation('setSecurityTokenServicePreferences', {
  description:
    'Sets the version of session tokens that `AccountSummary` shows. It is kept for tools that set it and has no effect: this server has one kind of session tokens.',
  input: (t) => ({
    globalEndpointTokenVersion: t.field({
      type: GlobalEndpointTokenVersion,
      required: true,
      description: 'The version: `V1_TOKEN`, which accounts begin with, or `V2_TOKEN`.',
    }),
  }),
  needs: { action: 'iam:SetSecurityTokenServicePreferences', on: () => everything() },
  run: async (call, input) => ({ globalEndpointTokenVersion: await setSecurityTokenServicePreferences(call, input) }),
  answer: (t) => ({
    globalEndpointTokenVersion: t.exposeInt('globalEndpointTokenVersion', { description: 'The version: 1 or 2.' }),
  }),
})
