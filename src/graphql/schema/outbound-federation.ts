import { requestTags } from '../../access/context.ts'
import { everything } from '../../access/declaration.ts'
import {
  disableOutboundFederation,
  enableOutboundFederation,
  getOutboundFederationInfo,
} from '../../iam/outbound-federation/enable-outbound-federation.ts'
import type { FederationInfo } from '../../iam/outbound-federation/token-issuer.ts'
import {
  DEFAULT_SECONDS,
  getWebIdentityToken,
  type GetWebIdentityTokenInput,
} from '../../iam/sts/get-web-identity-token.ts'
import { builder } from '../builder.ts'
import { mutation, type PayloadFields } from '../operation.ts'
import { hasTags, TagInput } from './tag.ts'

const ISSUER =
  'Address of the issuer of the account, `iss` of its tokens. Below it are `/.well-known/openid-configuration` and `/.well-known/jwks.json`, which need no credentials.'

const OutboundWebIdentityFederation = builder.objectRef<FederationInfo>('OutboundWebIdentityFederation').implement({
  description: 'That callers of the account can get tokens by which others know them.',
  fields: (t) => ({
    issuerIdentifier: t.exposeString('issuerIdentifier', { description: ISSUER }),
    jwtVendingEnabled: t.exposeBoolean('jwtVendingEnabled', { description: 'True: otherwise there is an error.' }),
  }),
})

builder.queryField('outboundWebIdentityFederation', (t) =>
  t.field({
    type: OutboundWebIdentityFederation,
    nullable: true,
    description: 'The issuer of the tokens of the account. FeatureDisabled while it is not enabled.',
    access: { action: 'iam:GetOutboundWebIdentityFederationInfo', resource: () => everything() },
    resolve: (_parent, _args, context) => getOutboundFederationInfo(context),
  }),
)

const issuer = (t: PayloadFields<FederationInfo>) => ({
  issuerIdentifier: t.exposeString('issuerIdentifier', { description: ISSUER }),
})

mutation('enableOutboundWebIdentityFederation', {
  description:
    'Lets callers of the account get tokens by which others know them, with `getWebIdentityToken`. The issuer stays the same when it is disabled and enabled again; its keys are new ones, unless those before are younger than a day.',
  needs: { action: 'iam:EnableOutboundWebIdentityFederation', on: () => everything() },
  run: (call) => enableOutboundFederation(call),
  answer: issuer,
})

mutation('disableOutboundWebIdentityFederation', {
  description:
    'Ends `getWebIdentityToken` for the account. Tokens that were given out stay valid until they expire, an hour at most.',
  needs: { action: 'iam:DisableOutboundWebIdentityFederation', on: () => everything() },
  run: (call) => disableOutboundFederation(call),
  answer: issuer,
})

const SigningAlgorithm = builder.enumType('IdentityTokenAlgorithm', {
  description: 'What a token is signed with.',
  values: {
    RS256: { description: 'RSA with SHA-256, which every library knows.' },
    ES384: { description: 'ECDSA on the curve P-384 with SHA-384, which is shorter.' },
  } as const,
})

/** What policies can ask of a token: also the duration that nobody named. */
function tokenKeys({ audience, durationSeconds, signingAlgorithm, tags }: GetWebIdentityTokenInput) {
  return [
    ['sts:IdentityTokenAudience', audience] as const,
    ['sts:DurationSeconds', String(durationSeconds ?? DEFAULT_SECONDS)] as const,
    ['sts:SigningAlgorithm', signingAlgorithm] as const,
    ['sts:SubjectMode', 'AWSIdentity'] as const,
    ...requestTags(tags),
  ]
}

mutation('getWebIdentityToken', {
  description:
    'Returns a signed token (JWT) that says who the caller is, for a service that verifies it with the keys of `issuerIdentifier`. Users and sessions of roles can ask for one; root cannot.',
  input: (t) => ({
    audience: t.stringList({
      required: true,
      description: 'Who the token is for, its claim `aud`: 1 to 10 texts of 1 to 1000 characters.',
    }),
    durationSeconds: t.int({
      description:
        'How long the token is valid, in seconds: 60 to 3600, and no longer than the session of the caller. Left out or null: 300.',
    }),
    signingAlgorithm: t.field({
      type: SigningAlgorithm,
      required: true,
      description: 'What the token is signed with.',
    }),
    tags: t.field({
      type: [TagInput],
      description:
        'What the caller states in the token, its claim `request_tags`: at most 50. Left out or null: nothing.',
    }),
  }),
  needs: [
    { action: 'sts:GetWebIdentityToken', on: () => everything(), keys: tokenKeys },
    { action: 'sts:TagGetWebIdentityToken', on: () => everything(), when: hasTags, keys: tokenKeys },
  ],
  run: getWebIdentityToken,
  answer: (t) => ({
    webIdentityToken: t.exposeString('webIdentityToken', { description: 'The token. It is shown only this once.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the token expires.' }),
  }),
})
