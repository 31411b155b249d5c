import type { Operation } from '../operation.ts'
import {
  at,
  given,
  kindsOfPage,
  list,
  type Members,
  type Place,
  page,
  placeBy,
  policyText,
  structure,
  timestamp,
  wholeList,
} from '../output.ts'
import { choice, flag, list as listOf, required, TAGS, text } from '../parameters.ts'
import { connection, GIVEN_TAGS, TAG } from './common.ts'

export const POLICY: Members = {
  PolicyName: at('policyName'),
  PolicyId: at('policyId'),
  Arn: at('arn'),
  Path: at('path'),
  DefaultVersionId: at('defaultVersionId'),
  AttachmentCount: at('attachmentCount'),
  PermissionsBoundaryUsageCount: at('permissionsBoundaryUsageCount'),
  IsAttachable: at('isAttachable'),
  Description: at('description'),
  CreateDate: at('createdAt', timestamp),
  UpdateDate: at('updatedAt', timestamp),
}
export const POLICY_FIELDS = `policyName policyId arn path defaultVersionId attachmentCount permissionsBoundaryUsageCount
  isAttachable createdAt updatedAt`

export const VERSION: Members = {
  Document: at('policyText', policyText),
  VersionId: at('versionId'),
  IsDefaultVersion: at('isDefaultVersion'),
  CreateDate: at('createdAt', timestamp),
}

const POLICY_ARN = { PolicyArn: required(text('policyArn')) }
const DOCUMENT = { PolicyDocument: required(text('policyDocument')) }
const VERSION_ID = { VersionId: required(text('versionId')) }

/** The newest first. */
const NEWNESS: Place = (version, index) => String(1e15 - Number(placeBy('versionId')(version, index).slice(1)))

const USAGE = choice({ PermissionsPolicy: 'PERMISSIONS_POLICY', PermissionsBoundary: 'PERMISSIONS_BOUNDARY' })

export const POLICIES: readonly Operation[] = [
  {
    name: 'CreatePolicy',
    document: `mutation ($input: CreatePolicyInput!) { createPolicy(input: $input) { policy { ${POLICY_FIELDS} } } }`,
    parameters: {
      PolicyName: required(text('policyName')),
      Path: text('policyPath'),
      ...DOCUMENT,
      Description: text('policyDescription'),
      Tags: TAGS,
    },
    result: { Policy: at('policy', structure({ ...POLICY, Tags: GIVEN_TAGS })) },
  },
  {
    name: 'GetPolicy',
    document: `query ($policyArn: ARN!) { policy(arn: $policyArn) { ${POLICY_FIELDS} description tags { key value } } }`,
    parameters: POLICY_ARN,
    result: { Policy: structure({ ...POLICY, Tags: at('tags', list(TAG)) }) },
  },
  {
    name: 'ListPolicies',
    document: `query ($scope: PolicyScope, $onlyAttached: Boolean, $pathPrefix: String, $policyUsageFilter: PolicyUsageFilter, $first: Int, $after: String) {
      policies(
        scope: $scope, onlyAttached: $onlyAttached, pathPrefix: $pathPrefix, policyUsageFilter: $policyUsageFilter
        first: $first, after: $after
      ) { ${connection(POLICY_FIELDS)} }
    }`,
    parameters: {
      Scope: choice({ All: 'ALL', AWS: 'AWS', Local: 'LOCAL' }),
      OnlyAttached: flag,
      PathPrefix: text('pathPrefix'),
      PolicyUsageFilter: USAGE,
    },
    paged: true,
    result: page('Policies', '', structure(POLICY)),
  },
  {
    name: 'DeletePolicy',
    document: 'mutation ($input: DeletePolicyInput!) { deletePolicy(input: $input) { __typename } }',
    parameters: POLICY_ARN,
  },
  {
    name: 'CreatePolicyVersion',
    document: `mutation ($input: CreatePolicyVersionInput!) {
      createPolicyVersion(input: $input) { versionId createdAt }
    }`,
    parameters: { ...POLICY_ARN, ...DOCUMENT, SetAsDefault: flag },
    result: {
      PolicyVersion: structure({
        ...VERSION,
        IsDefaultVersion: (value, asked) => given('SetAsDefault')(value, asked) ?? false,
      }),
    },
  },
  {
    name: 'GetPolicyVersion',
    document: `query ($policyArn: ARN!, $versionId: String!) {
      policyVersion(policyArn: $policyArn, versionId: $versionId) { policyText versionId isDefaultVersion createdAt }
    }`,
    parameters: { ...POLICY_ARN, ...VERSION_ID },
    result: { PolicyVersion: structure(VERSION) },
  },
  {
    name: 'ListPolicyVersions',
    document:
      'query ($policyArn: ARN!) { policyVersions(policyArn: $policyArn) { versionId isDefaultVersion createdAt } }',
    parameters: POLICY_ARN,
    paged: true,
    result: wholeList('Versions', '', NEWNESS, structure(VERSION)),
  },
  {
    name: 'SetDefaultPolicyVersion',
    document:
      'mutation ($input: SetDefaultPolicyVersionInput!) { setDefaultPolicyVersion(input: $input) { __typename } }',
    parameters: { ...POLICY_ARN, ...VERSION_ID },
  },
  {
    name: 'ListEntitiesForPolicy',
    document: `query (
      $policyArn: ARN!, $entityFilter: EntityFilter, $pathPrefix: String, $policyUsageFilter: PolicyUsageFilter
      $first: Int, $after: String
    ) {
      entitiesForPolicy(
        policyArn: $policyArn, entityFilter: $entityFilter, pathPrefix: $pathPrefix
        policyUsageFilter: $policyUsageFilter, first: $first, after: $after
      ) { ${connection('type name id')} }
    }`,
    parameters: {
      ...POLICY_ARN,
      EntityFilter: choice({
        User: 'USER',
        Role: 'ROLE',
        Group: 'GROUP',
        LocalManagedPolicy: 'LOCAL_MANAGED_POLICY',
        AWSManagedPolicy: 'AWS_MANAGED_POLICY',
      }),
      PathPrefix: text('pathPrefix'),
      PolicyUsageFilter: USAGE,
    },
    paged: true,
    result: kindsOfPage('', 'type', {
      PolicyGroups: ['GROUP', structure({ GroupName: at('name'), GroupId: at('id') })],
      PolicyUsers: ['USER', structure({ UserName: at('name'), UserId: at('id') })],
      PolicyRoles: ['ROLE', structure({ RoleName: at('name'), RoleId: at('id') })],
    }),
  },
  {
    name: 'TagPolicy',
    document: 'mutation ($input: TagPolicyInput!) { tagPolicy(input: $input) { __typename } }',
    parameters: { ...POLICY_ARN, Tags: required(TAGS) },
  },
  {
    name: 'UntagPolicy',
    document: 'mutation ($input: UntagPolicyInput!) { untagPolicy(input: $input) { __typename } }',
    parameters: { ...POLICY_ARN, TagKeys: required(listOf(text())) },
  },
  {
    name: 'ListPolicyTags',
    document: 'query ($policyArn: ARN!) { policyTags(policyArn: $policyArn) { key value } }',
    parameters: POLICY_ARN,
    paged: true,
    result: wholeList('Tags', '', placeBy('key'), TAG),
  },
  {
    name: 'DeletePolicyVersion',
    document: 'mutation ($input: DeletePolicyVersionInput!) { deletePolicyVersion(input: $input) { __typename } }',
    parameters: { ...POLICY_ARN, ...VERSION_ID },
  },
]
