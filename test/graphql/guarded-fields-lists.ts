import type { FieldCase, Need } from './guarded-fields.ts'
import type { World } from './world.ts'

interface Part {
  readonly field: string
  readonly action: string
  /** Arguments beside the one that names the owner. */
  readonly args?: string
  readonly selects?: string
  readonly finds: string
}

/** What belongs to a user: each has an action of its own on the user. */
const ofUser = ({ field, action, args = '', selects = '', finds }: Part): FieldCase => {
  const query = (name: string) => `{ ${field}(userName: "${name}"${args}) ${selects} }`
  const need = (world: World, name: string, path: string): Need => ({
    action,
    on: world.arn(`user${path}${name}`),
    display: `user ${name}`,
    shown: world.arn(`user/${name}`),
  })
  return {
    field: `Query.${field}`,
    ask: (world) => ({ query: query('Target'), needs: [need(world, 'Target', '/staff/')], finds }),
    askAboutNothing: (world) => ({ query: query('Ghost'), needs: [need(world, 'Ghost', '/')], finds }),
  }
}

/** What belongs to a managed policy. */
const ofPolicy = ({ field, action, args = '', selects = '', finds }: Part): FieldCase => {
  const query = `query ($arn: ARN!) { ${field}(policyArn: $arn${args}) ${selects} }`
  const about = (arn: string) => {
    const need: Need = { action, on: arn, display: arn, shown: arn }
    return { query, variables: { arn }, needs: [need], finds }
  }
  return {
    field: `Query.${field}`,
    ask: ({ managed }) => about(managed.arn),
    askAboutNothing: (world) => about(world.arn('policy/Ghost')),
  }
}

/** Fields of Query that have what belongs to one user, group, role or policy. */
export const LIST_FIELDS: readonly FieldCase[] = [
  ofUser({
    field: 'accessKeys',
    action: 'iam:ListAccessKeys',
    selects: '{ accessKeyId }',
    finds: 'accessKeys.0.accessKeyId',
  }),
  ofUser({ field: 'userTags', action: 'iam:ListUserTags', selects: '{ key }', finds: 'userTags.0.key' }),
  ofUser({ field: 'userPolicyNames', action: 'iam:ListUserPolicies', finds: 'userPolicyNames.0' }),
  ofUser({
    field: 'userPolicy',
    action: 'iam:GetUserPolicy',
    args: ', policyName: "inline"',
    selects: '{ policyText }',
    finds: 'userPolicy.policyText',
  }),
  ofUser({
    field: 'attachedUserPolicies',
    action: 'iam:ListAttachedUserPolicies',
    selects: '{ policyArn }',
    finds: 'attachedUserPolicies.0.policyArn',
  }),
  ofPolicy({
    field: 'policyVersions',
    action: 'iam:ListPolicyVersions',
    selects: '{ versionId }',
    finds: 'policyVersions.0.versionId',
  }),
  ofPolicy({
    field: 'policyVersion',
    action: 'iam:GetPolicyVersion',
    args: ', versionId: "v2"',
    selects: '{ policyText }',
    finds: 'policyVersion.policyText',
  }),
]
