import type { Account, Ask } from '../../support/installation.ts'
import type { SamlProvider } from '../../support/saml-provider.ts'
import { attempt, must } from '../roles/role-setup.ts'

/** A trust policy for the assertions of a provider. */
export function trustInSaml(
  provider: string,
  when?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>,
  action: string | readonly string[] = 'sts:AssumeRoleWithSAML',
): object {
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: action,
      ...(when && { Condition: when }),
    },
  }
}

/** Registers a provider as the account's root; answers its ARN. */
export async function registerSaml(account: Account, provider: SamlProvider, name = 'Staff'): Promise<string> {
  await must(account.root, 'createSamlProvider', { name, samlMetadataDocument: provider.metadata() })
  return account.arn(`saml-provider/${name}`)
}

const CREDENTIALS = `accessKeyId secretAccessKey sessionToken accessToken expiresAt packedPolicySize audience issuer
  nameQualifier sourceIdentity subject subjectType assumedRoleUser { arn assumedRoleId }`

export function assumeWithAssertion(
  ask: Ask,
  input: {
    readonly roleArn: string
    readonly principalArn: string
    readonly samlAssertion: string
    readonly [more: string]: unknown
  },
) {
  return attempt(ask, 'assumeRoleWithSaml', input, CREDENTIALS)
}
