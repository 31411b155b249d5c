import type { World } from '../support/world.ts'
import type { FieldCase, Need } from './guarded-fields.ts'

/** Of nobody who asks. */
const JOB = '019bc186-de00-72f7-9f78-34106ccb8a5f'

const everywhere = (action: string): Need => ({ action, on: '*', display: '*', shown: '*' })

/** On what a request names by its whole ARN. */
function onArn(action: string, arn: string, display = arn): Need {
  return { action, on: arn, display, shown: arn }
}

const generate = (arn: string) => ({
  query: `mutation ($input: GenerateServiceLastAccessedDetailsInput!) {
    generateServiceLastAccessedDetails(input: $input) { jobId }
  }`,
  variables: { input: { arn } },
  finds: 'generateServiceLastAccessedDetails.jobId',
})

function generating(way: string, display: string | undefined, arnOf: (world: World) => string): FieldCase {
  const action = 'iam:GenerateServiceLastAccessedDetails'
  return {
    field: 'Mutation.generateServiceLastAccessedDetails',
    way,
    ask: (world) => ({ ...generate(arnOf(world)), needs: [onArn(action, arnOf(world), display)] }),
  }
}

const granting = (arn: string) => ({
  query: `query ($arn: ARN!) {
    policiesGrantingServiceAccess(arn: $arn, serviceNamespaces: ["s3"]) { serviceNamespace }
  }`,
  variables: { arn },
  finds: 'policiesGrantingServiceAccess.0.serviceNamespace',
})

/** When services were last used. */
export const SERVICE_ACCESS_FIELDS: readonly FieldCase[] = [
  {
    ...generating('of a user', 'user Target', ({ target }) => target.arn),
    askAboutNothing: (world) => ({
      ...generate(world.arn('user/Missing')),
      needs: [onArn('iam:GenerateServiceLastAccessedDetails', world.arn('user/Missing'), 'user Missing')],
    }),
  },
  generating('of a group', 'group Crew', ({ arn }) => arn('group/ships/Crew')),
  generating('of a role', 'role Engine', ({ engine }) => engine.arn),
  {
    ...generating('of a policy', undefined, ({ managed }) => managed.arn),
    askAboutNothing: (world) => ({
      ...generate(world.arn('policy/Missing')),
      needs: [onArn('iam:GenerateServiceLastAccessedDetails', world.arn('policy/Missing'))],
    }),
  },
  // A report is read by its maker alone.
  {
    field: 'Query.serviceLastAccessedDetails',
    ask: () => ({
      query: `{ serviceLastAccessedDetails(jobId: "${JOB}") { jobStatus } }`,
      needs: [everywhere('iam:GetServiceLastAccessedDetails')],
      finds: 'serviceLastAccessedDetails.jobStatus',
      refusesUsers: 'NoSuchEntity',
    }),
  },
  {
    field: 'Query.serviceLastAccessedDetailsWithEntities',
    ask: () => ({
      query: `{ serviceLastAccessedDetailsWithEntities(jobId: "${JOB}", serviceNamespace: "iam") { jobStatus } }`,
      needs: [everywhere('iam:GetServiceLastAccessedDetailsWithEntities')],
      finds: 'serviceLastAccessedDetailsWithEntities.jobStatus',
      refusesUsers: 'NoSuchEntity',
    }),
  },
  {
    field: 'Query.policiesGrantingServiceAccess',
    ask: (world) => ({
      ...granting(world.target.arn),
      needs: [onArn('iam:ListPoliciesGrantingServiceAccess', world.target.arn, 'user Target')],
    }),
    askAboutNothing: (world) => ({
      ...granting(world.arn('user/Missing')),
      needs: [onArn('iam:ListPoliciesGrantingServiceAccess', world.arn('user/Missing'), 'user Missing')],
    }),
  },
]
