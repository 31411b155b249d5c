import type { FieldCase, Need } from './guarded-fields.ts'
import type { World } from '../support/world.ts'

type Input = Readonly<Record<string, unknown>>

function onUser(world: World, action: string, name: string, path = '/'): Need {
  const shown = world.arn(`user/${name}`)
  return { action, on: world.arn(`user${path}${name}`), display: `user ${name}`, shown }
}

/** A mutation about a credential of a user that needs one action on that user. */
function aboutCredential(name: string, action: string, inputOf: (world: World) => Input): FieldCase {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const about = (world: World, userName: string) => ({
    query: `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`,
    variables: { input: { userName, ...inputOf(world) } },
    finds: `${name}.__typename`,
  })
  return {
    field: `Mutation.${name}`,
    ask: (world) => ({ ...about(world, 'Target'), needs: [onUser(world, action, 'Target', '/staff/')] }),
    askAboutNothing: (world) => ({ ...about(world, 'Missing'), needs: [onUser(world, action, 'Missing')] }),
  }
}

const named = ({ serviceCredential }: World) => ({ serviceSpecificCredentialId: serviceCredential.id })
const FINDS = 'serviceSpecificCredentials.edges.0.node.serviceName'
const list = (args: string) => `{ serviceSpecificCredentials(${args}) { edges { node { serviceName status } } } }`
const LIST = 'iam:ListServiceSpecificCredentials'

export const SERVICE_CREDENTIAL_FIELDS: readonly FieldCase[] = [
  {
    field: 'Query.serviceSpecificCredentials',
    ask: (world) => ({
      query: list('userName: "Target"'),
      needs: [onUser(world, LIST, 'Target', '/staff/')],
      finds: FINDS,
    }),
    askAboutNothing: (world) => ({
      query: list('userName: "Missing"'),
      needs: [onUser(world, LIST, 'Missing')],
      finds: FINDS,
    }),
  },
  {
    field: 'Query.serviceSpecificCredentials',
    way: 'of all users',
    ask: (world) => {
      const on = world.arn('user/')
      return { query: list('allUsers: true'), needs: [{ action: LIST, on, display: on, shown: on }], finds: FINDS }
    },
  },
  aboutCredential('createServiceSpecificCredential', 'iam:CreateServiceSpecificCredential', () => ({
    serviceName: 'git.example.com',
  })),
  aboutCredential('resetServiceSpecificCredential', 'iam:ResetServiceSpecificCredential', named),
  aboutCredential('updateServiceSpecificCredential', 'iam:UpdateServiceSpecificCredential', (world) => ({
    ...named(world),
    status: 'INACTIVE',
  })),
  aboutCredential('deleteServiceSpecificCredential', 'iam:DeleteServiceSpecificCredential', named),
]
