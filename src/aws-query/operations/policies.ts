import type { AwsRow } from '../operation.ts'
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
import { choice, flag, required, text } from '../parameters.ts'
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
const VERSION_ID = { VersionId: required(text('versionId')) }

/** The newest first. */
const NEWNESS: Place = (version, index) => String(1e15 - Number(placeBy('versionId')(version, index).slice(1)))

const USAGE = choice({ PermissionsPolicy: 'PERMISSIONS_POLICY', PermissionsBoundary: 'PERMISSIONS_BOUNDARY' })

export const POLICIES: readonly AwsRow[] = [
  {
    name: 'CreatePolicy',
    selects: `policy { ${POLICY_FIELDS} }`,
    parameters: { Path: text('policyPath'), Description: text('policyDescription') },
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
    name: 'CreatePolicyVersion',
    selects: 'versionId createdAt',
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
    name: 'ListPolicyTags',
    document: 'query ($policyArn: ARN!) { policyTags(policyArn: $policyArn) { key value } }',
    parameters: POLICY_ARN,
    paged: true,
    result: wholeList('Tags', '', placeBy('key'), TAG),
  },
]
