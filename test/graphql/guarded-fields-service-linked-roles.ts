import type { FieldCase, Need } from './guarded-fields.ts'
import type { World } from '../support/world.ts'

const PATH = '/aws-service-role/billing.example.com/'

/** On a role that is about to exist, or of which only the ARN is known. */
function onName(world: World, action: string, name: string): Need {
  const arn = world.arn(`role${PATH}${name}`)
  return { action, on: arn, display: arn, shown: arn }
}

/** On a role that exists, which a denial calls by name. */
function onRole(world: World, action: string, name: string, path = '/'): Need {
  const shown = world.arn(`role/${name}`)
  return { action, on: world.arn(`role${path}${name}`), display: `role ${name}`, shown }
}

function mutation(name: string, input: Readonly<Record<string, unknown>>) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  return {
    query: `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`,
    variables: { input },
    finds: `${name}.__typename`,
  }
}

const deletion = (deletionTaskId: string) => ({
  query: 'query ($id: String!) { serviceLinkedRoleDeletion(deletionTaskId: $id) { status } }',
  variables: { id: deletionTaskId },
  finds: 'serviceLinkedRoleDeletion.status',
})

export const SERVICE_LINKED_ROLE_FIELDS: readonly FieldCase[] = [
  {
    field: 'Mutation.createServiceLinkedRole',
    ask: (world) => ({
      ...mutation('createServiceLinkedRole', { awsServiceName: 'billing.example.com', customSuffix: 'two' }),
      needs: [onName(world, 'iam:CreateServiceLinkedRole', 'AWSServiceRoleForBilling_two')],
    }),
  },
  {
    field: 'Mutation.deleteServiceLinkedRole',
    ask: (world) => ({
      ...mutation('deleteServiceLinkedRole', { roleName: world.linked.name }),
      needs: [onRole(world, 'iam:DeleteServiceLinkedRole', world.linked.name, PATH)],
    }),
    askAboutNothing: (world) => ({
      ...mutation('deleteServiceLinkedRole', { roleName: 'Missing' }),
      needs: [onRole(world, 'iam:DeleteServiceLinkedRole', 'Missing')],
    }),
  },
  {
    field: 'Query.serviceLinkedRoleDeletion',
    ask: (world) => ({
      ...deletion(world.linked.deletionTaskId),
      needs: [onName(world, 'iam:GetServiceLinkedRoleDeletionStatus', world.linked.name)],
    }),
    askAboutNothing: (world) => ({
      ...deletion(`task${PATH}Missing/018f0000-0000-7000-8000-000000000000`),
      needs: [onName(world, 'iam:GetServiceLinkedRoleDeletionStatus', 'Missing')],
    }),
  },
]
