import type { Asked, FieldCase, Need, NestedCase } from './guarded-fields.ts'
import { policyOf } from '../support/installation.ts'
import type { World } from '../support/world.ts'

type Input = Readonly<Record<string, unknown>>

const tags = [{ key: 'cost', value: '7' }]

/** Policies and devices are named by their whole ARN, and denials show it. */
function onArn(action: string, arn: string, display = arn): Need {
  return { action, on: arn, display, shown: arn }
}

function mutation(name: string, input: Input): Pick<Asked, 'query' | 'variables' | 'finds'> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  return {
    query: `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`,
    variables: { input },
    finds: `${name}.__typename`,
  }
}

/** A mutation about the tags of what `parameter` names by its ARN. */
function aboutTags(
  name: string,
  action: string,
  { parameter, arnOf, missing }: { parameter: string; arnOf: (world: World) => string; missing: string },
  input: Input,
): FieldCase {
  const about = (arn: string): Asked => ({
    ...mutation(name, { [parameter]: arn, ...input }),
    needs: [onArn(action, arn)],
  })
  return {
    field: `Mutation.${name}`,
    ask: (world) => about(arnOf(world)),
    askAboutNothing: (world) => about(world.arn(missing)),
  }
}

const ofPolicy = { parameter: 'policyArn', arnOf: ({ managed }: World) => managed.arn, missing: 'policy/Missing' }
const ofDevice = { parameter: 'serialNumber', arnOf: ({ used }: World) => used.serialNumber, missing: 'mfa/Missing' }

const DEVICE =
  'query ($serialNumber: String!, $userName: String) { mfaDevice(serialNumber: $serialNumber, userName: $userName) { serialNumber } }'

/** `mfaDevice` is decided on the user, not on the device. */
function deviceOf(world: World, userName: string, path: string): Asked {
  return {
    query: DEVICE,
    variables: { serialNumber: world.used.serialNumber, userName },
    needs: [
      {
        action: 'iam:GetMFADevice',
        on: world.arn(`user${path}${userName}`),
        display: `user ${userName}`,
        shown: world.arn(`user/${userName}`),
      },
    ],
    finds: 'mfaDevice.serialNumber',
  }
}

export const TAG_FIELDS: readonly FieldCase[] = [
  {
    field: 'Query.mfaDevice',
    ask: (world) => deviceOf(world, 'Target', '/staff/'),
    askAboutNothing: (world) => deviceOf(world, 'Missing', '/'),
  },
  aboutTags('tagPolicy', 'iam:TagPolicy', ofPolicy, { tags }),
  aboutTags('untagPolicy', 'iam:UntagPolicy', ofPolicy, { tagKeys: ['team'] }),
  aboutTags('tagMfaDevice', 'iam:TagMFADevice', ofDevice, { tags }),
  aboutTags('untagMfaDevice', 'iam:UntagMFADevice', ofDevice, { tagKeys: ['team'] }),
  {
    field: 'Mutation.createPolicy',
    way: 'with tags',
    ask: (world) => ({
      ...mutation('createPolicy', {
        policyName: 'New',
        path: '/shared/',
        policyDocument: policyOf([{ action: 's3:GetObject' }]),
        tags,
      }),
      needs: ['iam:CreatePolicy', 'iam:TagPolicy'].map((action) =>
        onArn(action, world.arn('policy/shared/New'), 'policy New'),
      ),
    }),
  },
  {
    field: 'Mutation.createVirtualMfaDevice',
    way: 'with tags',
    ask: (world) => ({
      ...mutation('createVirtualMfaDevice', { virtualMfaDeviceName: 'New', path: '/phones/', tags }),
      needs: ['iam:CreateVirtualMFADevice', 'iam:TagMFADevice'].map((action) =>
        onArn(action, world.arn('mfa/phones/New')),
      ),
    }),
  },
]

function tagsOfPolicy(action: string, way: string): NestedCase {
  return {
    field: 'Policy.tags',
    way,
    reads: '"policy_tag"',
    ask: (world) => ({
      query: '{ policies(pathPrefix: "/shared/") { edges { node { arn tags { key } } } } }',
      parents: [onArn('iam:ListPolicies', world.arn('policy/shared/'))],
      need: onArn(action, world.managed.arn),
      path: 'policies.edges.0.node.tags',
      sibling: 'policies.edges.0.node.arn',
    }),
  }
}

export const TAG_NESTED: readonly NestedCase[] = [
  tagsOfPolicy('iam:ListPolicyTags', 'by ListPolicyTags'),
  { ...tagsOfPolicy('iam:GetPolicy', 'by GetPolicy'), blames: 'iam:ListPolicyTags' },
  {
    field: 'MfaDevice.tags',
    reads: '"mfa_device_tag"',
    ask: (world) => ({
      query: '{ virtualMfaDevices(assignmentStatus: ASSIGNED) { edges { node { serialNumber tags { key } } } } }',
      parents: [onArn('iam:ListVirtualMFADevices', world.arn('mfa/'))],
      need: onArn('iam:ListMFADeviceTags', world.used.serialNumber),
      path: 'virtualMfaDevices.edges.0.node.tags',
      sibling: 'virtualMfaDevices.edges.0.node.serialNumber',
    }),
  },
]
