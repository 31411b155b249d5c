// A company as `aws iam get-account-authorization-details` prints it: 1,000 users, 40 groups, 200 roles, 300 policies.
const SOURCE = '111122223333'

export function companyDetails() {
  const policies = numbered(300, 'policy', (name, n) => ({
    PolicyName: name,
    Path: '/app/',
    Arn: arn(`policy/app/${name}`),
    PolicyVersionList: [
      {
        Document: allow(['s3:Get*', 'sqs:Send*'], `arn:aws:s3:::bucket-${n}/*`),
        VersionId: 'v1',
        IsDefaultVersion: true,
      },
    ],
  }))
  const attached = (n) => {
    const { Arn: PolicyArn, PolicyName } = policies[n % policies.length]
    return [{ PolicyArn, PolicyName }]
  }
  return {
    UserDetailList: numbered(1000, 'user', (name, n) => ({
      Path: '/staff/',
      UserName: name,
      Arn: arn(`user/staff/${name}`),
      UserPolicyList: n % 4 === 0 ? [{ PolicyName: 'own', PolicyDocument: allow('sns:Publish') }] : [],
      GroupList: [`group-${String(n % 40).padStart(4, '0')}`],
      AttachedManagedPolicies: attached(n),
      Tags: [{ Key: 'team', Value: `team-${n % 20}` }],
    })),
    GroupDetailList: numbered(40, 'group', (name, n) => ({
      Path: '/',
      GroupName: name,
      Arn: arn(`group/${name}`),
      GroupPolicyList: [],
      AttachedManagedPolicies: attached(n),
    })),
    RoleDetailList: numbered(200, 'role', (name, n) => ({
      Path: '/svc/',
      RoleName: name,
      Arn: arn(`role/svc/${name}`),
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { AWS: arn(`user/staff/user-${String(n).padStart(4, '0')}`) },
          },
        ],
      },
      RolePolicyList: [{ PolicyName: 'own', PolicyDocument: allow('sqs:*') }],
      AttachedManagedPolicies: attached(n),
    })),
    Policies: policies,
  }
}

function numbered(count, noun, make) {
  return Array.from({ length: count }, (_, n) => make(`${noun}-${String(n).padStart(4, '0')}`, n))
}

function arn(rest) {
  return `arn:aws:iam::${SOURCE}:${rest}`
}

function allow(action, resource = '*') {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] }
}
