import { policyArn } from '../../authn/arn.ts'
import { createPolicy } from '../../iam/policies/create-policy.ts'
import { createPolicyVersion } from '../../iam/policies/policy-versions.ts'
import { meaningOf, type PolicyDetails } from './details.ts'
import { byName, noteSurplus, type Plan, type Planning } from './steps.ts'

const OF_AWS = 'arn:aws:iam::aws:'

/**
 * Managed policies. Those of AWS that come built in here stay what they are; others become policies of the account, which is told.
 * Returns where a policy of the file is found afterwards.
 */
export function planPolicies(
  plan: Plan,
  accountId: string,
  wanted: readonly PolicyDetails[],
  present: readonly PolicyDetails[],
  builtIn: ReadonlySet<string>,
): Planning['policyHere'] {
  const here = new Map<string, string>([...builtIn].map((arn) => [arn, arn]))
  const known = byName(present)
  const taken = new Set<string>()
  const imported: PolicyDetails[] = []
  // The account's own come first: a name is theirs.
  for (const policy of wanted.toSorted((a, b) => Number(a.arn.startsWith(OF_AWS)) - Number(b.arn.startsWith(OF_AWS)))) {
    if (builtIn.has(policy.arn)) continue
    const subject = `policy ${policy.name}`
    const key = policy.name.toLowerCase()
    if (taken.has(key)) {
      plan.differences.push({
        subject,
        what: `is left out: there is another one of this name (${policy.arn})`,
      })
      continue
    }
    taken.add(key)
    imported.push(policy)
    const found = known.get(key)
    const path = found?.path ?? policy.path
    const arn = policyArn({ accountId, path, name: found?.name ?? policy.name })
    here.set(policy.arn, arn)
    if (policy.arn.startsWith(OF_AWS))
      plan.differences.push({ subject, what: `of AWS does not come built in: it is ${arn} here` })
    if (found === undefined) planNew(plan, subject, arn, policy)
    else planUpdate(plan, subject, arn, policy, found)
  }
  noteSurplus(plan, 'policy', imported, present)
  for (const { arn } of present) here.set(arn, arn)
  return (arn) => here.get(arn) ?? null
}

function planNew({ steps }: Plan, subject: string, arn: string, policy: PolicyDetails): void {
  const { name: policyName, path, description, versions } = policy
  const [first, ...others] = versions
  if (first === undefined) return
  const policyDocument = first.document
  steps.push({
    subject,
    change: 'is made',
    makes: true,
    action: 'iam:CreatePolicy',
    resource: arn,
    run: (call) => createPolicy(call, { policyName, path, description, policyDocument }),
  })
  for (const { document, inForce } of others) addVersion(steps, subject, arn, document, inForce)
}

/** The version in force is what counts; older ones of the file are not made up for. */
function planUpdate(
  { steps, differences }: Plan,
  subject: string,
  arn: string,
  policy: PolicyDetails,
  found: PolicyDetails,
): void {
  if (policy.path !== found.path)
    differences.push({ subject, what: `has the path ${found.path}, in the file ${policy.path}` })
  const wanted = policy.versions.find(({ inForce }) => inForce)
  const present = found.versions.find(({ inForce }) => inForce)
  if (wanted === undefined || present === undefined || meaningOf(wanted.document) === meaningOf(present.document))
    return
  addVersion(steps, subject, arn, wanted.document, true)
}

function addVersion(
  steps: Plan['steps'],
  subject: string,
  policyArn: string,
  policyDocument: string,
  setAsDefault: boolean,
): void {
  steps.push({
    subject,
    change: setAsDefault ? 'gets a new version, which is put in force' : 'gets a further version',
    makes: false,
    action: 'iam:CreatePolicyVersion',
    resource: policyArn,
    run: (call) => createPolicyVersion(call, { policyArn, policyDocument, setAsDefault }),
  })
}
