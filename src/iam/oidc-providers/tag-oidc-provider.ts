import { tagging } from '../tags/tagging.ts'
import { findOidcProvider } from './find-oidc-provider.ts'

/** Tags of an identity provider, by ARN: keys that differ in case are two. */
export const [tagOpenIdConnectProvider, untagOpenIdConnectProvider] = tagging({
  kind: 'oidc-provider',
  parameter: 'openIdConnectProviderArn',
  named: (openIdConnectProviderArn) => ({ openIdConnectProviderArn }),
  find: findOidcProvider,
  keyOf: ({ url }) => url,
})
