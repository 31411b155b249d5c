import { type BuiltInPolicy, documentOf } from './built-in-policy.ts'

/** All reads of this server. No secret is among what they show: secrets are shown once, by what made them. */
const READ_ALL = [
  'cloudtrail:LookupEvents',
  'iam:GenerateCredentialReport',
  'iam:GenerateServiceLastAccessedDetails',
  'iam:Get*',
  'iam:List*',
  'iam:SimulateCustomPolicy',
  'iam:SimulatePrincipalPolicy',
  'latchkey:ListSessions',
  'sts:GetAccessKeyInfo',
  'sts:GetCallerIdentity',
]

export const powerUserAccess: BuiltInPolicy = {
  id: 'ANPALATCHKEYPOWERUSER',
  name: 'PowerUserAccess',
  description:
    'Everything in every service but users, groups, roles, policies and credentials. Roles that trust the account can be assumed.',
  version: 1,
  document: documentOf([
    { Sid: 'OtherServices', Effect: 'Allow', NotAction: ['iam:*', 'latchkey:*'], Resource: '*' },
    { Sid: 'RolesToChooseFrom', Effect: 'Allow', Action: ['iam:ListRoles'], Resource: '*' },
  ]),
}

export const readOnlyAccess: BuiltInPolicy = {
  id: 'ANPALATCHKEYREADONLYA',
  name: 'ReadOnlyAccess',
  description: 'Sees everything in this server, the audit trail included, and changes nothing.',
  version: 1,
  document: documentOf([{ Sid: 'Read', Effect: 'Allow', Action: READ_ALL, Resource: '*' }]),
}

export const securityAudit: BuiltInPolicy = {
  id: 'ANPALATCHKEYSECURITYA',
  name: 'SecurityAudit',
  description: 'Sees how everything is set up and who did what, with the reasons of denials, and changes nothing.',
  version: 1,
  document: documentOf([
    { Sid: 'Read', Effect: 'Allow', Action: READ_ALL, Resource: '*' },
    { Sid: 'ReasonsOfDenials', Effect: 'Allow', Action: ['sts:DecodeAuthorizationMessage'], Resource: '*' },
  ]),
}

export const viewOnlyAccess: BuiltInPolicy = {
  id: 'ANPALATCHKEYVIEWONLYA',
  name: 'ViewOnlyAccess',
  path: '/job-function/',
  description: 'Sees what there is by name, without the texts of policies or the audit trail.',
  version: 1,
  document: documentOf([
    {
      Sid: 'List',
      Effect: 'Allow',
      Action: ['iam:GetAccountPasswordPolicy', 'iam:GetAccountSummary', 'iam:GetLoginProfile', 'iam:List*'],
      Resource: '*',
    },
  ]),
}

export const supportUser: BuiltInPolicy = {
  id: 'ANPALATCHKEYSUPPORTUS',
  name: 'SupportUser',
  path: '/job-function/',
  description:
    'Helps users: sees accounts, reports, when keys were used and why a request was denied, and changes nothing.',
  version: 1,
  document: documentOf([
    {
      Sid: 'HelpUsers',
      Effect: 'Allow',
      Action: [
        'iam:GenerateCredentialReport',
        'iam:GenerateServiceLastAccessedDetails',
        'iam:GetAccessKeyLastUsed',
        'iam:GetAccountPasswordPolicy',
        'iam:GetAccountSummary',
        'iam:GetCredentialReport',
        'iam:GetGroup',
        'iam:GetLoginProfile',
        'iam:GetRole',
        'iam:GetServiceLastAccessed*',
        'iam:GetUser',
        'iam:List*',
        'sts:DecodeAuthorizationMessage',
      ],
      Resource: '*',
    },
  ]),
}
