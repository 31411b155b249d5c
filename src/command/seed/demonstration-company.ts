/**
 * The company that `npm run seed` fills in. Names never change, so that documentation and screenshots can speak of them; days
 * count back from the day of seeding.
 */
import type { DemonstrationPolicy, DemonstrationUser } from './demonstration.ts'

/**
 * The AWS documentation names the first of these ARNs, which is that of a user in the path `/`. Most users here have other
 * paths, and a path is a part of the ARN.
 */
const OWN_USER = ['arn:aws:iam::*:user/${aws:username}', 'arn:aws:iam::*:user/*/${aws:username}']

const CREATE_KEYS = ['iam:CreateAccessKey', 'iam:GetUser', 'iam:ListAccessKeys', 'iam:TagUser']
const MANAGE_KEYS = [...CREATE_KEYS, 'iam:DeleteAccessKey', 'iam:GetAccessKeyLastUsed', 'iam:UpdateAccessKey']
const MANAGE_OWN_DEVICE = [
  'iam:DeactivateMFADevice',
  'iam:EnableMFADevice',
  'iam:GetUser',
  'iam:ListMFADevices',
  'iam:ResyncMFADevice',
]
/** What must stay possible without MFA, or nobody could begin to use it. */
const BEFORE_MFA = [
  'iam:CreateVirtualMFADevice',
  'iam:EnableMFADevice',
  'iam:GetUser',
  'iam:ListMFADevices',
  'iam:ListVirtualMFADevices',
  'iam:ResyncMFADevice',
  'sts:GetSessionToken',
]

export const POLICIES: readonly DemonstrationPolicy[] = [
  {
    name: 'administrator',
    path: '/',
    description: 'Everything.',
    statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  },
  {
    name: 'create-own-keys',
    path: '/self-service/',
    description: 'Users create access keys for themselves.',
    statements: [{ Sid: 'CreateOwnAccessKeys', Effect: 'Allow', Action: CREATE_KEYS, Resource: OWN_USER }],
  },
  {
    name: 'manage-own-keys',
    path: '/self-service/',
    description: 'Users create, deactivate, rotate and delete their own access keys.',
    statements: [{ Sid: 'ManageOwnAccessKeys', Effect: 'Allow', Action: MANAGE_KEYS, Resource: OWN_USER }],
  },
  {
    name: 'manage-own-keys-with-mfa',
    path: '/self-service/',
    description: 'The same, but only after the user has given a code of an MFA device.',
    statements: [
      { Sid: 'ManageOwnAccessKeys', Effect: 'Allow', Action: MANAGE_KEYS, Resource: OWN_USER },
      { Sid: 'ManageOwnDevice', Effect: 'Allow', Action: MANAGE_OWN_DEVICE, Resource: OWN_USER },
      { Sid: 'CreateDevice', Effect: 'Allow', Action: 'iam:CreateVirtualMFADevice', Resource: 'arn:aws:iam::*:mfa/*' },
      { Sid: 'ListDevices', Effect: 'Allow', Action: 'iam:ListVirtualMFADevices', Resource: '*' },
      {
        Sid: 'DenyAllExceptListedIfNoMFA',
        Effect: 'Deny',
        NotAction: BEFORE_MFA,
        Resource: '*',
        // A long-term access key has no such key in its requests: IfExists denies it as well.
        Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      },
    ],
  },
  {
    name: 'help-desk',
    path: '/operations/',
    description: 'Looks at everybody; resets passwords and deactivates keys within an hour of an MFA code.',
    statements: [
      { Sid: 'Look', Effect: 'Allow', Action: ['iam:Get*', 'iam:List*', 'sts:GetAccessKeyInfo'], Resource: '*' },
      {
        Sid: 'HelpWithFreshMFA',
        Effect: 'Allow',
        Action: ['iam:DeactivateMFADevice', 'iam:UpdateAccessKey', 'iam:UpdateLoginProfile'],
        Resource: 'arn:aws:iam::*:user/*',
        Condition: {
          Bool: { 'aws:MultiFactorAuthPresent': 'true' },
          NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
        },
      },
    ],
  },
  {
    name: 'read-only',
    path: '/operations/',
    description: 'Looks at users, keys and policies; changes nothing.',
    statements: [{ Effect: 'Allow', Action: ['iam:Get*', 'iam:List*', 'sts:GetAccessKeyInfo'], Resource: '*' }],
  },
]

const OFFICE = '198.51.100.24'
const CLUSTER = '203.0.113.80'

export const USERS: readonly DemonstrationUser[] = [
  {
    name: 'olivia',
    path: '/',
    joinedDaysAgo: 720,
    tags: { department: 'operations', title: 'head of operations' },
    attached: ['administrator'],
    password: 'lasting',
    keys: [],
  },
  {
    name: 'hana',
    path: '/',
    joinedDaysAgo: 600,
    tags: { department: 'audit' },
    attached: ['read-only'],
    password: 'lasting',
    keys: [
      {
        madeDaysAgo: 200,
        description: 'spreadsheet export',
        deactivatedDaysAgo: 90,
        lastUsed: { daysAgo: 110, operation: 'users', sourceIp: OFFICE },
      },
    ],
  },
  {
    name: 'viktor',
    path: '/',
    joinedDaysAgo: 14,
    tags: { department: 'operations', title: 'help desk' },
    attached: ['help-desk'],
    password: 'to-be-changed',
    keys: [],
  },
  {
    name: 'daniel',
    path: '/engineering/',
    joinedDaysAgo: 640,
    tags: { department: 'engineering', team: 'payments' },
    attached: ['manage-own-keys'],
    password: 'lasting',
    // In the middle of a rotation: the new key is there, the old one is still used.
    keys: [
      {
        madeDaysAgo: 412,
        description: 'laptop',
        lastUsed: { daysAgo: 1, operation: 'user', sourceIp: OFFICE },
      },
      {
        madeDaysAgo: 5,
        description: 'new laptop',
        lastUsed: { daysAgo: 2, operation: 'user', sourceIp: OFFICE },
      },
    ],
  },
  {
    name: 'mei',
    path: '/engineering/',
    joinedDaysAgo: 90,
    tags: { department: 'engineering', team: 'payments' },
    attached: ['create-own-keys'],
    password: 'lasting',
    keys: [{ madeDaysAgo: 40, lastUsed: { daysAgo: 3, operation: 'viewer', sourceIp: OFFICE } }],
  },
  {
    name: 'priya',
    path: '/engineering/platform/',
    joinedDaysAgo: 380,
    tags: { department: 'engineering', team: 'platform', 'on-call': 'yes' },
    attached: ['manage-own-keys-with-mfa'],
    password: 'lasting',
    keys: [
      {
        madeDaysAgo: 150,
        description: 'workstation',
        lastUsed: { daysAgo: 1, operation: 'getSessionToken', sourceIp: OFFICE },
      },
    ],
  },
  {
    name: 'tomas',
    path: '/engineering/platform/',
    joinedDaysAgo: 410,
    tags: { department: 'engineering', team: 'platform' },
    attached: ['manage-own-keys'],
    keys: [
      {
        madeDaysAgo: 300,
        description: 'old workstation',
        deactivatedDaysAgo: 18,
        lastUsed: { daysAgo: 21, operation: 'user', sourceIp: OFFICE },
      },
      { madeDaysAgo: 20, description: 'workstation', lastUsed: { daysAgo: 1, operation: 'user', sourceIp: OFFICE } },
    ],
  },
  {
    name: 'amara',
    path: '/finance/',
    joinedDaysAgo: 240,
    tags: { department: 'finance', 'cost-center': '4100' },
    attached: ['create-own-keys'],
    password: 'lasting',
    keys: [],
  },
  {
    name: 'jonas',
    path: '/finance/',
    joinedDaysAgo: 715,
    tags: { department: 'finance', 'cost-center': '4100' },
    attached: [],
    // Nobody ever used it: a key to remove.
    keys: [{ madeDaysAgo: 700, description: 'quarterly report' }],
  },
  {
    name: 'billing-export',
    path: '/service/',
    joinedDaysAgo: 500,
    tags: { owner: 'amara', environment: 'production' },
    attached: ['read-only'],
    keys: [
      {
        madeDaysAgo: 95,
        description: 'nightly export',
        lastUsed: { daysAgo: 1, operation: 'users', sourceIp: CLUSTER },
      },
    ],
  },
  {
    name: 'deploy-bot',
    path: '/service/',
    joinedDaysAgo: 500,
    tags: { owner: 'priya', environment: 'production' },
    attached: ['manage-own-keys'],
    keys: [
      {
        madeDaysAgo: 380,
        description: 'pipeline',
        lastUsed: { daysAgo: 1, operation: 'viewer', sourceIp: CLUSTER },
      },
      { madeDaysAgo: 2, description: 'new pipeline' },
    ],
  },
  {
    name: 'metrics-agent',
    path: '/service/',
    joinedDaysAgo: 60,
    tags: { owner: 'tomas', environment: 'staging' },
    attached: [],
    keys: [{ madeDaysAgo: 60, lastUsed: { daysAgo: 1, operation: 'viewer', sourceIp: CLUSTER } }],
  },
  {
    name: 'slack-bot',
    path: '/service/',
    joinedDaysAgo: 30,
    tags: { owner: 'viktor', environment: 'production' },
    attached: [],
    boundary: 'read-only',
    inline: {
      name: 'who-owns-this-key',
      statements: [
        {
          Effect: 'Allow',
          Action: ['iam:GetAccessKeyLastUsed', 'iam:GetUser', 'iam:ListAccessKeys', 'iam:ListUsers'],
          Resource: '*',
        },
      ],
    },
    keys: [{ madeDaysAgo: 30, description: 'chat', lastUsed: { daysAgo: 1, operation: 'users', sourceIp: CLUSTER } }],
  },
]

/** A device that nobody has enabled yet: the user of this name is expected to. */
export const UNASSIGNED_DEVICE = 'priya'
/** The user whose key is shown with its secret, so that a signed request can be tried at once. */
export const SHOWN_CREDENTIALS = 'slack-bot'
