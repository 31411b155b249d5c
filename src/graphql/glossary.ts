import { limitsInWords } from '../iam/constraints.ts'

/** What an argument of this name is, where it must be given; with `omitted`, also what it means to leave it out or to give null. */
type Entry = string | { readonly is: string; readonly omitted: string }

const NAME_CHARACTERS = 'letters, digits and `+=,.@_-`'

/**
 * What arguments and members of inputs are that mean the same wherever they stand, by name. A field where the name means something
 * else, or where only that field knows what leaving it out means, has a description of its own.
 */
export const GLOSSARY: Readonly<Record<string, Entry>> = {
  input: 'The parameters of the operation.',

  userName: `Name of an IAM user, without regard to case: ${limitsInWords('userName')} (${NAME_CHARACTERS}).`,
  groupName: `Name of a group, without regard to case: ${limitsInWords('groupName')} (${NAME_CHARACTERS}).`,
  roleName: `Name of a role, without regard to case: ${limitsInWords('roleName')} (${NAME_CHARACTERS}).`,
  instanceProfileName: `Name of an instance profile, without regard to case: ${limitsInWords('instanceProfileName')} (${NAME_CHARACTERS}).`,
  serverCertificateName: `Name of a server certificate, without regard to case: ${limitsInWords('serverCertificateName')} (${NAME_CHARACTERS}).`,
  policyName: `Name of an inline policy of this user, group or role, without regard to case: ${limitsInWords('policyName')} (${NAME_CHARACTERS}).`,
  policyArn:
    'ARN of a managed policy: of the account, e.g. `arn:aws:iam::123456789012:policy/ReadReports`, or built in, e.g. `arn:aws:iam::aws:policy/AdministratorAccess`.',
  openIdConnectProviderArn:
    'ARN of an identity provider, e.g. `arn:aws:iam::123456789012:oidc-provider/id.example.com`.',
  samlProviderArn: 'ARN of an identity provider of SAML, e.g. `arn:aws:iam::123456789012:saml-provider/Okta`.',
  serialNumber: 'Serial number of a virtual MFA device, which is its ARN, e.g. `arn:aws:iam::123456789012:mfa/alice`.',
  accessKeyId: `Id of an access key, \`AKIA…\`: ${limitsInWords('accessKeyId')} (letters and digits).`,
  serviceSpecificCredentialId: `Id of a service-specific credential, \`ACCA…\`: ${limitsInWords('serviceSpecificCredentialId')} (letters and digits).`,
  certificateId: `Id of a signing certificate: ${limitsInWords('certificateId')} (letters and digits).`,
  sshPublicKeyId: `Id of an SSH public key, \`APKA…\`: ${limitsInWords('sshPublicKeyId')} (letters and digits).`,
  versionId: 'Id of a version of the managed policy: `v1`, `v2` and so on.',

  policyDocument: `The policy document: a JSON object, or its text as a string of ${limitsInWords('policyDocument')}. White space between tokens does not count towards the quotas of \`AccountSummary\`.`,
  permissionsBoundary: 'ARN of the managed policy that becomes the permissions boundary.',

  path: {
    is: `Path of the new entity: \`/\`, or a text that begins and ends with \`/\`, e.g. \`/division/team/\`. ${limitsInWords('path')} (printable ASCII without \`$\`, \`*\`, \`:\` and \`?\`).`,
    omitted: 'Left out or null: `/`.',
  },
  newPath: {
    is: `New path: \`/\`, or a text that begins and ends with \`/\`, e.g. \`/division/team/\`. ${limitsInWords('newPath')} (printable ASCII without \`$\`, \`*\`, \`:\` and \`?\`).`,
    omitted: 'Left out or null: the path does not change.',
  },
  pathPrefix: {
    is: `Lists only entities whose path begins with this text, e.g. \`/division/\`. It begins with \`/\` and needs no final one: ${limitsInWords('pathPrefix')}.`,
    omitted: 'Left out or null: entities of all paths.',
  },
  policyUsageFilter: {
    is: 'Lists only policies or entities that are tied in this way: by an attachment, or as a permissions boundary.',
    omitted: 'Left out or null: both.',
  },
  entityFilter: {
    is: 'Lists only entities of this kind.',
    omitted: 'Left out or null: groups, roles and users.',
  },

  tags: {
    is: 'At most 50 tags, each with a key of its own.',
    omitted: 'Left out or null: no tags.',
  },
  tagKeys:
    'Keys of the tags to remove, at most 50, each of 1 to 128 characters. Keys that the entity does not have are ignored.',

  authenticationCode1: 'The six digits that the MFA device shows.',
  authenticationCode2: 'The six digits that the MFA device shows right after those of `authenticationCode1`.',
  clientId: `An audience (\`aud\`, client id) that tokens of the provider are issued for: ${limitsInWords('clientId')}.`,

  roleArn: 'ARN of the role to assume.',
  roleSessionName:
    'Name of the session, which tells the sessions of a role apart: 2 to 64 letters, digits and `+=,.@_-`. It is part of the ARN of the session.',
  policy: {
    is: 'A session policy: it limits the session and grants nothing. A JSON object, or its text as a string of at most 2048 characters.',
    omitted: 'Left out or null: no such limit.',
  },
  policyArns: {
    is: 'ARNs of at most ten managed policies that limit the session; they grant nothing.',
    omitted: 'Left out or null: no such limit.',
  },

  policySourceArn: 'ARN of a user, a group or a role.',
  actionNames: 'The actions to simulate, for example `iam:CreateAccessKey`; no wildcards. 1 to 1000.',
  resourceArns: {
    is: 'ARNs of the resources to simulate, or `*`; at most 1000 pairs of action and resource.',
    omitted: 'Left out or null: `*`.',
  },
  resourcePolicy: {
    is: 'A policy of the resource, which takes part in the decision.',
    omitted: 'Left out or null: none.',
  },
  resourceOwner: {
    is: 'Owner of resources whose ARN has no account id: an account id, or an ARN of the account.',
    omitted: 'Left out or null: the account of the simulated principal.',
  },
  contextEntries: {
    is: 'Condition keys of the simulated request, at most 1000. It has no other keys.',
    omitted: 'Left out or null: none.',
  },
  resourceHandlingOption: {
    is: 'Accepted as in IAM, where it distinguishes scenarios of EC2.',
    omitted: 'It has no effect, whether given or not.',
  },

  jobId: 'What `generateServiceLastAccessedDetails` answered: 36 characters.',
  serviceNamespace: `What actions of a service begin with, e.g. \`iam\`: ${limitsInWords('serviceNamespace')} (letters, digits and \`_.-\`).`,

  days: `Whole days without use: ${limitsInWords('days')}.`,

  first: {
    is: `At most this many rows, counted forwards from the beginning of the list or from \`after\`: ${limitsInWords('first')}. Not together with \`last\`.`,
    omitted: 'Left out or null: 100, unless `last` is given.',
  },
  after: {
    is: 'Only rows after this cursor, e.g. `pageInfo.endCursor` of the previous page.',
    omitted: 'Left out or null: from the beginning of the list.',
  },
  last: {
    is: `At most this many rows, counted backwards from the end of the list or from \`before\`: ${limitsInWords('last')}. Not together with \`first\`.`,
    omitted: 'Left out or null: rows are counted forwards.',
  },
  before: {
    is: 'Only rows before this cursor, e.g. `pageInfo.startCursor` of the following page.',
    omitted: 'Left out or null: up to the end of the list.',
  },
}

/**
 * The description of an argument or a member by this name; null when the glossary has none, or does not say what leaving it out
 * means although it may be left out.
 */
export function glossaryText(name: string, required: boolean): string | null {
  const entry = Object.hasOwn(GLOSSARY, name) ? GLOSSARY[name] : undefined
  if (entry === undefined) return null
  if (typeof entry === 'string') return required ? entry : null
  return required ? entry.is : `${entry.is} ${entry.omitted}`
}
