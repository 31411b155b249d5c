/**
 * The work that every engine gets, as an IAM document and IAM requests: a user may manage the own access keys, nothing in
 * iam goes without MFA, and K statements beside them never decide. Nine of ten of those are about other services; every
 * tenth is on iam, with actions that do match requests (iam:Get*, iam:List*) and a resource that does not, so that an
 * index on the action alone is not enough. Everything is deterministic.
 */
export const ACCOUNT = '123456789012'
export const USER = 'alice'

export const OWN_ACTIONS = [
  'iam:CreateAccessKey',
  'iam:DeleteAccessKey',
  'iam:GetAccessKeyLastUsed',
  'iam:GetUser',
  'iam:ListAccessKeys',
  'iam:TagUser',
  'iam:UpdateAccessKey',
]

const OWN_KEYS = {
  Sid: 'ManageOwnKeys',
  Effect: 'Allow',
  Action: OWN_ACTIONS,
  Resource: 'arn:aws:iam::*:user/${aws:username}',
}

/** BoolIfExists: a request without the key is denied too. */
const NO_MFA = {
  Sid: 'DenyWithoutMfa',
  Effect: 'Deny',
  Action: 'iam:*',
  Resource: '*',
  Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
}

const SERVICES = ['s3', 'sqs', 'sns', 'ec2', 'lambda', 'dynamodb', 'kms', 'logs', 'events', 'ecr', 'ecs', 'eks', 'rds']

/** Of services whose ARNs have no region, and some no account. */
const TARGETS = {
  iam: (i) => `:${ACCOUNT}:role/app-${i}/*`,
  s3: (i) => `::thing-${i}/*`,
}

function irrelevantStatement(i) {
  const service = i % 10 === 9 ? 'iam' : SERVICES[i % SERVICES.length]
  const target = TARGETS[service]?.(i) ?? `eu-west-1:${ACCOUNT}:thing-${i}/*`
  return {
    Sid: `Irrelevant${i}`,
    Effect: i % 7 === 3 ? 'Deny' : 'Allow',
    Action: [`${service}:Get*`, `${service}:List*`],
    Resource: `arn:aws:${service}:${target}`,
  }
}

/** Half of the irrelevant statements lie before the two that matter, half behind them. */
export function policyDocument(k) {
  const irrelevant = Array.from({ length: k }, (_, i) => irrelevantStatement(i))
  const half = k >> 1
  return {
    Version: '2012-10-17',
    Statement: [...irrelevant.slice(0, half), OWN_KEYS, NO_MFA, ...irrelevant.slice(half)],
  }
}

const VERDICTS = ['allow', 'implicit-deny', 'explicit-deny']

/**
 * A third allowed, a third about somebody else's user (implicit deny), a third without MFA (explicit deny; half of them
 * with the key false, half without the key), shuffled. `verdict` is the expected answer.
 */
export function requests(count = 1200) {
  const made = Array.from({ length: count }, (_, i) => {
    const verdict = VERDICTS[i % 3]
    const context = { 'aws:username': USER }
    if (verdict !== 'explicit-deny') context['aws:MultiFactorAuthPresent'] = 'true'
    else if (i % 2 === 1) context['aws:MultiFactorAuthPresent'] = 'false'
    const name = verdict === 'implicit-deny' ? `bob${i}` : USER
    const action = OWN_ACTIONS[Math.floor(i / 3) % OWN_ACTIONS.length]
    return { verdict, action, resource: `arn:aws:iam::${ACCOUNT}:user/${name}`, context }
  })
  let seed = 42
  for (let i = count - 1; i > 0; i--) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    const j = Math.floor((seed / 2 ** 32) * (i + 1))
    ;[made[i], made[j]] = [made[j], made[i]]
  }
  return made
}
