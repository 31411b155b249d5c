import type { AwsRow } from '../operation.ts'
import { at } from '../output.ts'

export const OUTBOUND_FEDERATION: readonly AwsRow[] = [
  {
    name: 'EnableOutboundWebIdentityFederation',
    selects: 'issuerIdentifier',
    result: { IssuerIdentifier: at('issuerIdentifier') },
  },
  {
    name: 'GetOutboundWebIdentityFederationInfo',
    document: 'query { outboundWebIdentityFederation { issuerIdentifier jwtVendingEnabled } }',
    result: { IssuerIdentifier: at('issuerIdentifier'), JwtVendingEnabled: at('jwtVendingEnabled') },
  },
]
