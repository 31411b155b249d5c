// Cedar's WASM build on its fast path: policies parsed once, requests name the parsed set. Entities travel with each
// call, because the interface has no store for them; action wildcards are action groups.
import { createRequire } from 'node:module'
import { OWN_ACTIONS, USER } from '../workload.mjs'

const cedar = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs')

export const title = '@cedar-policy/cedar-wasm'

const quote = JSON.stringify
const actionUid = (id) => `Action::${quote(id)}`
const SET = 'bench'

function translate(statement) {
  if (statement.Sid === 'ManageOwnKeys') {
    const actions = OWN_ACTIONS.map(actionUid).join(', ')
    return `permit(principal, action in [${actions}], resource is User) when { resource.name == principal.name };`
  }
  if (statement.Sid === 'DenyWithoutMfa') {
    return `forbid(principal, action in ${actionUid('iam:*')}, resource) unless { context has mfa && context.mfa };`
  }
  const effect = statement.Effect === 'Allow' ? 'permit' : 'forbid'
  const actions = statement.Action.map(actionUid).join(', ')
  return `${effect}(principal, action in [${actions}], resource) when { resource.arn like ${quote(statement.Resource)} };`
}

export function load(document) {
  const answer = cedar.preparsePolicySet(SET, { staticPolicies: document.Statement.map(translate).join('\n') })
  if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors))
  return SET
}

export function prepare(preparsedPolicySetId, { action, resource, context }) {
  const [service, name] = action.split(':')
  const groups = ['Get', 'List'].filter((verb) => name.startsWith(verb)).map((verb) => `${service}:${verb}*`)
  const uids = {
    principal: { type: 'User', id: USER },
    action: { type: 'Action', id: action },
    resource: { type: 'User', id: resource },
  }
  const mfa = context['aws:MultiFactorAuthPresent']
  return {
    ...uids,
    preparsedPolicySetId,
    context: mfa === undefined ? {} : { mfa: mfa === 'true' },
    entities: [
      { uid: uids.principal, attrs: { name: USER }, parents: [] },
      {
        uid: uids.resource,
        attrs: { name: resource.slice(resource.lastIndexOf('/') + 1), arn: resource },
        parents: [],
      },
      { uid: uids.action, attrs: {}, parents: [`${service}:*`, ...groups].map((id) => ({ type: 'Action', id })) },
    ],
  }
}

export function decide(_set, call) {
  const answer = cedar.statefulIsAuthorized(call)
  if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors))
  const { decision, diagnostics } = answer.response
  if (decision === 'allow') return 'allow'
  return diagnostics.reason.length > 0 ? 'explicit-deny' : 'implicit-deny'
}
