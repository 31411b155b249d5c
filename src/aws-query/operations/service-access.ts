import type { AwsRow } from '../operation.ts'
import { at, list, type Members, page, structure, timestamp } from '../output.ts'
import { choice, list as listOf, refused, required, text } from '../parameters.ts'
import { connection } from './common.ts'

const JOB_FIELDS = 'jobStatus jobType createdAt'

/** A report is made as soon as it is asked for. */
const TIMES: Members = { JobCreationDate: at('createdAt', timestamp), JobCompletionDate: at('createdAt', timestamp) }

const SERVICE = structure({
  ServiceName: at('serviceName'),
  LastAuthenticated: at('lastAuthenticated', timestamp),
  ServiceNamespace: at('serviceNamespace'),
  LastAuthenticatedEntity: at('lastAuthenticatedEntity'),
  TotalAuthenticatedEntities: at('totalAuthenticatedEntities'),
  TrackedActionsLastAccessed: at(
    'trackedActions',
    list(
      structure({
        ActionName: at('actionName'),
        LastAccessedEntity: at('lastAccessedEntity'),
        LastAccessedTime: at('lastAccessedTime', timestamp),
      }),
    ),
  ),
})

const ENTITY = structure({
  EntityInfo: structure({
    Arn: at('arn'),
    Name: at('name'),
    Type: at('type'),
    Id: at('id'),
    Path: at('path'),
  }),
  LastAuthenticated: at('lastAuthenticated', timestamp),
})

const GRANTING_POLICY = structure({
  PolicyName: at('policyName'),
  PolicyType: at('policyType'),
  PolicyArn: at('policyArn'),
  EntityType: at('entityType'),
  EntityName: at('entityName'),
})

const JOB_ID = { JobId: required(text('jobId')) }

export const SERVICE_ACCESS: readonly AwsRow[] = [
  {
    name: 'GenerateServiceLastAccessedDetails',
    selects: 'jobId',
    parameters: { Granularity: choice({ SERVICE_LEVEL: 'SERVICE_LEVEL', ACTION_LEVEL: 'ACTION_LEVEL' }) },
    result: { JobId: at('jobId') },
  },
  {
    name: 'GetServiceLastAccessedDetails',
    document: `query ($jobId: String!, $first: Int, $after: String) {
      serviceLastAccessedDetails(jobId: $jobId) {
        ${JOB_FIELDS}
        services(first: $first, after: $after) { ${connection(`serviceName serviceNamespace lastAuthenticated
          lastAuthenticatedEntity totalAuthenticatedEntities
          trackedActions { actionName lastAccessedEntity lastAccessedTime }`)} }
      }
    }`,
    parameters: JOB_ID,
    paged: true,
    result: {
      JobStatus: at('jobStatus'),
      JobType: at('jobType'),
      ...TIMES,
      ...page('ServicesLastAccessed', 'services', SERVICE),
    },
  },
  {
    name: 'GetServiceLastAccessedDetailsWithEntities',
    document: `query ($jobId: String!, $serviceNamespace: String!, $first: Int, $after: String) {
      serviceLastAccessedDetailsWithEntities(jobId: $jobId, serviceNamespace: $serviceNamespace) {
        ${JOB_FIELDS}
        entities(first: $first, after: $after) { ${connection('arn name type id path lastAuthenticated')} }
      }
    }`,
    parameters: { ...JOB_ID, ServiceNamespace: required(text('serviceNamespace')) },
    paged: true,
    result: { JobStatus: at('jobStatus'), ...TIMES, ...page('EntityDetailsList', 'entities', ENTITY) },
  },
  {
    name: 'ListPoliciesGrantingServiceAccess',
    document: `query ($arn: ARN!, $serviceNamespaces: [String!]!) {
      policiesGrantingServiceAccess(arn: $arn, serviceNamespaces: $serviceNamespaces) {
        serviceNamespace policies { policyName policyType policyArn entityType entityName }
      }
    }`,
    // AWS's model has no MaxItems here: the answer is whole, so that there is never a marker to go on from.
    parameters: { Arn: required(text('arn')), ServiceNamespaces: required(listOf(text())), Marker: refused },
    result: {
      PoliciesGrantingServiceAccess: list(
        structure({ ServiceNamespace: at('serviceNamespace'), Policies: at('policies', list(GRANTING_POLICY)) }),
      ),
      IsTruncated: () => false,
    },
  },
]
