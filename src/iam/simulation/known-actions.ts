import { type AccessLevel, ACTIONS, type ActionFacts } from '../../access/actions.ts'
import { factsOf } from '../../access/entities.ts'
import type { ActionCatalogue } from '../../policy/index.ts'

/**
 * Actions of IAM and STS that this server does not offer, or not on everything (AWS service authorization reference). A policy may name them all the
 * same: for other software that asks for them, or because it was written for AWS.
 */
const NOT_OFFERED: Readonly<Record<'iam' | 'sts', readonly string[]>> = {
  iam: words(`
    AcceptDelegationRequest AddRoleToInstanceProfile AssociateDelegationRequest CreateDelegationRequest
    CreateInstanceProfile CreateSAMLProvider CreateServiceLinkedRole CreateServiceSpecificCredential
    DeleteCloudFrontPublicKey DeleteInstanceProfile DeleteSAMLProvider DeleteServerCertificate
    DeleteServiceLinkedRole DeleteServiceSpecificCredential DeleteSigningCertificate DeleteSSHPublicKey
    DisableOrganizationsRootCredentialsManagement DisableOrganizationsRootSessions
    DisableOutboundWebIdentityFederation EnableOrganizationsRootCredentialsManagement
    EnableOrganizationsRootSessions EnableOutboundWebIdentityFederation FIDOListAttestations
    GenerateOrganizationsAccessReport GenerateServiceLastAccessedDetails GetAccountEmailAddress GetAccountName
    GetCloudFrontPublicKey GetDelegationRequest GetHumanReadableSummary GetInstanceProfile
    GetOrganizationsAccessReport GetOutboundWebIdentityFederationInfo GetSAMLProvider GetServerCertificate
    GetServiceLastAccessedDetails GetServiceLastAccessedDetailsWithEntities GetServiceLinkedRoleDeletionStatus
    GetSSHPublicKey ListCloudFrontPublicKeys ListDelegationRequests ListInstanceProfiles
    ListInstanceProfilesForRole ListInstanceProfileTags ListOrganizationsFeatures
    ListPoliciesGrantingServiceAccess ListSAMLProviders ListSAMLProviderTags ListServerCertificates
    ListServerCertificateTags ListServiceSpecificCredentials ListSigningCertificates ListSSHPublicKeys
    ListSTSRegionalEndpointsStatus PassRole PutAccountProperties RejectDelegationRequest RemoveRoleFromInstanceProfile
    ResetServiceSpecificCredential SendDelegationToken SetSecurityTokenServicePreferences
    SetSTSRegionalEndpointStatus TagInstanceProfile TagSAMLProvider
    TagServerCertificate UntagInstanceProfile UntagSAMLProvider
    UntagServerCertificate UpdateAccountEmailAddress UpdateAccountName UpdateCloudFrontPublicKey
    UpdateDelegationRequest UpdateSAMLProvider UpdateServerCertificate
    UpdateServiceSpecificCredential UpdateSigningCertificate UpdateSSHPublicKey UploadCloudFrontPublicKey
    UploadServerCertificate UploadSigningCertificate UploadSSHPublicKey
  `),
  sts: words(`
    AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot GetCallerIdentity GetDelegatedAccessToken
    GetFederationToken GetServiceBearerToken GetSessionToken GetWebIdentityToken SetContext SetSourceIdentity
    TagGetWebIdentityToken TagSession
  `),
}

/** All actions of IAM and STS; nothing is known of the actions of other services. */
export const KNOWN_ACTIONS: ActionCatalogue = new Map([
  ...Object.entries(ACTIONS)
    .filter(([name]) => /^(?:iam|sts):/.test(name))
    .map(([name, facts]): [string, readonly string[] | null] => [name, resourcesOf(facts)]),
  // These come last: of what is offered in part, such as sts:TagSession, not all resources are known.
  ...Object.entries(NOT_OFFERED).flatMap(([service, names]) =>
    names.map((name): [string, null] => [`${service}:${name}`, null]),
  ),
])

/** An action that can be named to a person who chooses one. */
export interface KnownAction {
  readonly name: string
  /** Null where it is not known: for actions that no field of this server needs. */
  readonly accessLevel: AccessLevel | null
  /** Patterns of the ARNs that it is judged on, `?` for each digit of the account; null where they are not known. */
  readonly resourceArns: readonly string[] | null
}

/** The actions that this server asks for, and those of IAM and STS that policies may name all the same, by name. */
export function knownActions(): KnownAction[] {
  const offered = Object.entries(ACTIONS).map(
    ([name, facts]): KnownAction => ({ name, accessLevel: facts.level, resourceArns: resourcesOf(facts) }),
  )
  const others = [...KNOWN_ACTIONS.keys()]
    .filter((name) => !Object.hasOwn(ACTIONS, name))
    .map((name): KnownAction => ({ name, accessLevel: null, resourceArns: null }))
  return [...offered, ...others].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function resourcesOf({ resource, listed }: ActionFacts): readonly string[] {
  return listed === undefined ? factsOf(resource).arns : [`arn:aws:iam::????????????:${listed}/*`]
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}
