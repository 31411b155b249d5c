/** A service of AWS that this server speaks for. */
export type AwsService = 'iam' | 'sts'

/** Policies can name it; a caller cannot call it. */
export const PERMISSION_ONLY = 'permission only: no operation is called like it'

/** Why an operation or a permission of AWS is not offered. */
export type NotOffered =
  | 'account settings: an installation has its own'
  | 'credentials for other protocols: SSH, SOAP, CodeCommit, CloudFront'
  | 'delegation requests: there are no partners to ask for access'
  | 'new at AWS: no permission is known under its name'
  | 'organizations: accounts here have none'
  | typeof PERMISSION_ONLY

/** One name of AWS's: an operation, or a permission that policies can name and no operation is called like. */
export interface AwsName {
  readonly service: AwsService
  /** Without the service, as the parameter `Action` has it. */
  readonly name: string
  /** Null when it is offered: through a field of the schema and through the door of the AWS protocol. */
  readonly notOffered: NotOffered | null
}

/**
 * All operations of IAM and STS (AWS API reference) and all permissions beside them (AWS service authorization reference), each
 * exactly once. An operation that begins to be offered moves into the list of its service that is offered.
 */
export const AWS_NAMES: readonly AwsName[] = [
  ...listed(
    'iam',
    null,
    `
    AddClientIDToOpenIDConnectProvider AddRoleToInstanceProfile AddUserToGroup AttachGroupPolicy AttachRolePolicy
    AttachUserPolicy ChangePassword CreateAccessKey CreateAccountAlias CreateGroup CreateInstanceProfile
    CreateLoginProfile CreateOpenIDConnectProvider CreatePolicy CreatePolicyVersion CreateRole CreateSAMLProvider
    CreateServiceLinkedRole CreateServiceSpecificCredential CreateUser CreateVirtualMFADevice DeactivateMFADevice
    DeleteAccessKey DeleteAccountAlias DeleteAccountPasswordPolicy DeleteGroup DeleteGroupPolicy DeleteInstanceProfile
    DeleteLoginProfile DeleteOpenIDConnectProvider DeletePolicy DeletePolicyVersion DeleteRole
    DeleteRolePermissionsBoundary DeleteRolePolicy DeleteSAMLProvider DeleteSSHPublicKey DeleteServerCertificate
    DeleteServiceLinkedRole DeleteServiceSpecificCredential DeleteSigningCertificate DeleteUser
    DeleteUserPermissionsBoundary DeleteUserPolicy DeleteVirtualMFADevice DetachGroupPolicy DetachRolePolicy
    DetachUserPolicy DisableOutboundWebIdentityFederation EnableMFADevice EnableOutboundWebIdentityFederation
    GenerateCredentialReport GenerateServiceLastAccessedDetails GetAccessKeyLastUsed GetAccountAuthorizationDetails
    GetAccountPasswordPolicy GetAccountSummary GetContextKeysForCustomPolicy GetContextKeysForPrincipalPolicy
    GetCredentialReport GetGroup GetGroupPolicy GetInstanceProfile GetLoginProfile GetMFADevice
    GetOpenIDConnectProvider GetOutboundWebIdentityFederationInfo GetPolicy GetPolicyVersion GetRole GetRolePolicy
    GetSAMLProvider GetSSHPublicKey GetServerCertificate GetServiceLastAccessedDetails
    GetServiceLastAccessedDetailsWithEntities GetServiceLinkedRoleDeletionStatus GetUser GetUserPolicy ListAccessKeys
    ListAccountAliases ListAttachedGroupPolicies ListAttachedRolePolicies ListAttachedUserPolicies
    ListEntitiesForPolicy ListGroupPolicies ListGroups ListGroupsForUser ListInstanceProfileTags ListInstanceProfiles
    ListInstanceProfilesForRole ListMFADeviceTags ListMFADevices ListOpenIDConnectProviderTags
    ListOpenIDConnectProviders ListPolicies ListPoliciesGrantingServiceAccess ListPolicyTags ListPolicyVersions
    ListRolePolicies ListRoleTags ListRoles ListSAMLProviderTags ListSAMLProviders ListSSHPublicKeys
    ListServerCertificateTags ListServerCertificates ListServiceSpecificCredentials ListSigningCertificates
    ListUserPolicies ListUserTags ListUsers ListVirtualMFADevices PutGroupPolicy PutRolePermissionsBoundary
    PutRolePolicy PutUserPermissionsBoundary PutUserPolicy RemoveClientIDFromOpenIDConnectProvider
    RemoveRoleFromInstanceProfile RemoveUserFromGroup ResetServiceSpecificCredential ResyncMFADevice
    SetDefaultPolicyVersion SetSecurityTokenServicePreferences SimulateCustomPolicy SimulatePrincipalPolicy
    TagInstanceProfile TagMFADevice TagOpenIDConnectProvider TagPolicy TagRole TagSAMLProvider TagServerCertificate
    TagUser UntagInstanceProfile UntagMFADevice UntagOpenIDConnectProvider UntagPolicy UntagRole UntagSAMLProvider
    UntagServerCertificate UntagUser UpdateAccessKey UpdateAccountPasswordPolicy UpdateAssumeRolePolicy UpdateGroup
    UpdateLoginProfile UpdateOpenIDConnectProviderThumbprint UpdateRole UpdateRoleDescription UpdateSAMLProvider
    UpdateSSHPublicKey UpdateServerCertificate UpdateServiceSpecificCredential UpdateSigningCertificate UpdateUser
    UploadSSHPublicKey UploadServerCertificate UploadSigningCertificate
  `,
  ),
  ...listed(
    'iam',
    'account settings: an installation has its own',
    `
    PutAccountProperties
  `,
  ),
  ...listed(
    'iam',
    'delegation requests: there are no partners to ask for access',
    `
    AcceptDelegationRequest AssociateDelegationRequest CreateDelegationRequest GetDelegationRequest
    GetHumanReadableSummary ListDelegationRequests RejectDelegationRequest SendDelegationToken UpdateDelegationRequest
  `,
  ),
  ...listed(
    'iam',
    'new at AWS: no permission is known under its name',
    `
    AcquireRole GetAccountProperties GetRoleTemplateVersion
  `,
  ),
  ...listed(
    'iam',
    'organizations: accounts here have none',
    `
    DisableOrganizationsRootCredentialsManagement DisableOrganizationsRootSessions
    EnableOrganizationsRootCredentialsManagement EnableOrganizationsRootSessions GenerateOrganizationsAccessReport
    GetOrganizationsAccessReport ListOrganizationsFeatures
  `,
  ),
  ...listed(
    'iam',
    PERMISSION_ONLY,
    `
    DeleteCloudFrontPublicKey FIDOListAttestations GetAccountEmailAddress GetAccountName GetCloudFrontPublicKey
    ListCloudFrontPublicKeys ListSTSRegionalEndpointsStatus PassRole SetSTSRegionalEndpointStatus
    UpdateAccountEmailAddress UpdateAccountName UpdateCloudFrontPublicKey UploadCloudFrontPublicKey
  `,
  ),
  ...listed(
    'sts',
    null,
    `
    AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity DecodeAuthorizationMessage GetAccessKeyInfo
    GetCallerIdentity GetFederationToken GetSessionToken GetWebIdentityToken
  `,
  ),
  ...listed('sts', 'delegation requests: there are no partners to ask for access', 'GetDelegatedAccessToken'),
  ...listed('sts', 'new at AWS: no permission is known under its name', 'GetScopedCredentials'),
  ...listed('sts', 'organizations: accounts here have none', 'AssumeRoot'),
  ...listed(
    'sts',
    PERMISSION_ONLY,
    `
    GetServiceBearerToken SetContext SetSourceIdentity TagGetWebIdentityToken TagSession
  `,
  ),
]

function listed(service: AwsService, notOffered: NotOffered | null, names: string): AwsName[] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => ({ service, name, notOffered }))
}
