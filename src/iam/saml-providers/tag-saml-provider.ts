import { tagging } from '../tags/tagging.ts'
import { findSamlProvider } from './find-saml-provider.ts'

/** Tags of an identity provider of SAML, by ARN: keys that differ in case are two. */
export const [tagSamlProvider, untagSamlProvider] = tagging({
  kind: 'saml-provider',
  parameter: 'samlProviderArn',
  named: (samlProviderArn) => ({ samlProviderArn }),
  find: findSamlProvider,
  keyOf: ({ name }) => name,
})
