import type { AwsRow } from '../operation.ts'
import { at, type Members, plain, structure, timestamp } from '../output.ts'
import { choice, integer, list, only, type Parameters, refused, required, TAGS, text } from '../parameters.ts'

const CREDENTIALS: Members = {
  Credentials: structure({
    AccessKeyId: at('accessKeyId'),
    SecretAccessKey: at('secretAccessKey'),
    SessionToken: at('sessionToken'),
    Expiration: at('expiresAt', timestamp),
  }),
}
const ISSUED = 'accessKeyId secretAccessKey sessionToken expiresAt'

const ASSUMED: Members = {
  AssumedRoleUser: at('assumedRoleUser', structure({ AssumedRoleId: at('assumedRoleId'), Arn: at('arn') })),
  PackedPolicySize: at('packedPolicySize'),
}

/** Session policies: an inline one, and managed ones by ARN. */
const SESSION_POLICIES = { PolicyArns: list(only('arn')), Policy: text() }

/** What sealed tokens hold decides their size; nobody here vouches for a context that another service asserts. */
const TOKEN_SIZE: Parameters = { MinimumSessionTokenSize: refused }

export const STS: readonly AwsRow[] = [
  {
    name: 'GetCallerIdentity',
    document: 'query { viewer { userId accountId arn } }',
    result: { UserId: at('userId'), Account: at('accountId'), Arn: at('arn') },
  },
  {
    name: 'GetAccessKeyInfo',
    document: 'query ($accessKeyId: ID!) { accessKeyInfo(id: $accessKeyId) { accountId } }',
    parameters: { AccessKeyId: required(text('accessKeyId')) },
    result: { Account: at('accountId') },
  },
  {
    name: 'GetSessionToken',
    document: `mutation ($input: GetSessionTokenInput!) { getSessionToken(input: $input) { ${ISSUED} } }`,
    parameters: {
      DurationSeconds: integer('durationSeconds'),
      SerialNumber: text('serialNumber'),
      TokenCode: text('tokenCode'),
      ...TOKEN_SIZE,
    },
    result: CREDENTIALS,
  },
  {
    name: 'AssumeRole',
    document: `mutation ($input: AssumeRoleInput!) {
      assumeRole(input: $input) {
        ${ISSUED} assumedRoleUser { assumedRoleId arn } packedPolicySize sourceIdentity
      }
    }`,
    parameters: {
      RoleArn: required(text()),
      RoleSessionName: required(text()),
      ...SESSION_POLICIES,
      DurationSeconds: integer(),
      Tags: TAGS,
      TransitiveTagKeys: list(text()),
      ExternalId: text(),
      SerialNumber: text('serialNumber'),
      TokenCode: text('tokenCode'),
      SourceIdentity: text(),
      ProvidedContexts: refused,
      ...TOKEN_SIZE,
    },
    result: {
      ...CREDENTIALS,
      ...ASSUMED,
      SourceIdentity: at('sourceIdentity'),
    },
  },
  {
    name: 'AssumeRoleWithWebIdentity',
    unsigned: true,
    document: `mutation ($input: AssumeRoleWithWebIdentityInput!) {
      assumeRoleWithWebIdentity(input: $input) {
        ${ISSUED} subjectFromWebIdentityToken assumedRoleUser { assumedRoleId arn } packedPolicySize provider audience
        sourceIdentity
      }
    }`,
    parameters: {
      RoleArn: required(text()),
      RoleSessionName: required(text()),
      WebIdentityToken: required(text()),
      ProviderId: text(),
      ...SESSION_POLICIES,
      DurationSeconds: integer(),
      ...TOKEN_SIZE,
    },
    result: {
      ...CREDENTIALS,
      SubjectFromWebIdentityToken: at('subjectFromWebIdentityToken'),
      ...ASSUMED,
      Provider: at('provider'),
      Audience: at('audience'),
      SourceIdentity: at('sourceIdentity'),
    },
  },
  {
    name: 'AssumeRoleWithSAML',
    unsigned: true,
    document: `mutation ($input: AssumeRoleWithSamlInput!) {
      assumeRoleWithSaml(input: $input) {
        ${ISSUED} assumedRoleUser { assumedRoleId arn } packedPolicySize subject subjectType issuer audience
        nameQualifier sourceIdentity
      }
    }`,
    parameters: {
      RoleArn: required(text()),
      PrincipalArn: required(text()),
      SAMLAssertion: required(text()),
      ...SESSION_POLICIES,
      DurationSeconds: integer(),
      ...TOKEN_SIZE,
    },
    result: {
      ...CREDENTIALS,
      ...ASSUMED,
      Subject: at('subject'),
      SubjectType: at('subjectType'),
      Issuer: at('issuer'),
      Audience: at('audience'),
      NameQualifier: at('nameQualifier'),
      SourceIdentity: at('sourceIdentity'),
    },
  },
  {
    name: 'GetFederationToken',
    document: `mutation ($input: GetFederationTokenInput!) {
      getFederationToken(input: $input) { ${ISSUED} federatedUser { federatedUserId arn } packedPolicySize }
    }`,
    parameters: {
      Name: required(text()),
      ...SESSION_POLICIES,
      DurationSeconds: integer('durationSeconds'),
      Tags: TAGS,
      ...TOKEN_SIZE,
    },
    result: {
      ...CREDENTIALS,
      FederatedUser: at('federatedUser', structure({ FederatedUserId: at('federatedUserId'), Arn: at('arn') })),
      PackedPolicySize: at('packedPolicySize'),
    },
  },
  {
    name: 'DecodeAuthorizationMessage',
    document: 'query ($encodedMessage: String!) { decodeAuthorizationMessage(encodedMessage: $encodedMessage) }',
    parameters: { EncodedMessage: required(text()) },
    result: { DecodedMessage: plain },
  },
  {
    name: 'GetWebIdentityToken',
    selects: 'webIdentityToken expiresAt',
    parameters: {
      SigningAlgorithm: required(choice({ RS256: 'RS256', ES384: 'ES384' })),
      // No session here says on whose behalf it acts in AWS's way, which both are about.
      Scope: refused,
      SubjectMode: refused,
    },
    result: { WebIdentityToken: at('webIdentityToken'), Expiration: at('expiresAt', timestamp) },
  },
]
