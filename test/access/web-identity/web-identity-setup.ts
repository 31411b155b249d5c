import type { Account, Ask } from '../../support/installation.ts'
import { attempt, must } from '../roles/role-setup.ts'

/** A trust policy for the tokens of a provider. */
export function trustInProvider(
  provider: string,
  when?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>,
): object {
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: 'sts:AssumeRoleWithWebIdentity',
      ...(when && { Condition: when }),
    },
  }
}

/** Registers a provider as the account's root; answers its ARN. */
export async function register(account: Account, url: string, clientIdList: readonly string[] = ['portal']) {
  await must(account.root, 'createOpenIdConnectProvider', { url, clientIdList })
  return account.arn(`oidc-provider/${url.slice('https://'.length)}`)
}

const CREDENTIALS = `accessKeyId secretAccessKey sessionToken accessToken expiresAt packedPolicySize provider audience
  sourceIdentity subjectFromWebIdentityToken assumedRoleUser { arn assumedRoleId }`

export function assumeWithToken(
  ask: Ask,
  input: { readonly roleArn: string; readonly webIdentityToken: string; readonly [more: string]: unknown },
) {
  return attempt(ask, 'assumeRoleWithWebIdentity', { roleSessionName: 'session', ...input }, CREDENTIALS)
}
