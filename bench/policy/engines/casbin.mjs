// casbin: a model with keyMatch (wildcard at the end) and the two conditions of the work, one policy line per action.
import { newEnforcer, newModelFromString, StringAdapter } from 'casbin'
import { USER } from '../workload.mjs'

export const title = 'casbin'

const MODEL = `
[request_definition]
r = user, act, arn, kind, name, mfa

[policy_definition]
p = act, arn, condition, eft

[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

[matchers]
m = keyMatch(r.act, p.act) && (keyMatch(r.arn, p.arn) || (p.arn == "own-user" && r.kind == "user" && r.name == r.user)) && (p.condition != "no-mfa" || r.mfa != "true")
`

export function load(document) {
  const lines = document.Statement.flatMap((statement) => {
    const arn = statement.Sid === 'ManageOwnKeys' ? 'own-user' : statement.Resource
    const condition = statement.Sid === 'DenyWithoutMfa' ? 'no-mfa' : 'none'
    return [statement.Action]
      .flat()
      .map((action) => `p, ${action}, ${arn}, ${condition}, ${statement.Effect.toLowerCase()}`)
  })
  return newEnforcer(newModelFromString(MODEL), new StringAdapter(lines.join('\n')))
}

export function prepare(_enforcer, { action, resource, context }) {
  const name = resource.slice(resource.lastIndexOf('/') + 1)
  return [USER, action, resource, 'user', name, context['aws:MultiFactorAuthPresent'] ?? '']
}

export const decide = (enforcer, request) => enforcer.enforceSync(...request)
