// @casl/ability: rules are built per user, so the variable is resolved when the ability is made. Its conditions see the
// subject only, hence the MFA flag travels there. Rules that come later win: denies go to the end.
import { createMongoAbility, subject } from '@casl/ability'
import { OWN_ACTIONS, USER } from '../workload.mjs'

export const title = '@casl/ability'

const THINGS = ['GetThing', 'ListThings']
/** CASL knows no wildcards in actions: they are written out. */
const IAM_READS = ['GetUser', 'GetAccessKeyLastUsed', 'ListAccessKeys', 'GetRole', 'ListRoles']

function prefixPattern(arn) {
  return `^${arn.replace(/[.+^$(){}|[\]\\?]/g, '\\$&').replace(/\*/g, '.*')}$`
}

export function load(document) {
  const allows = []
  const denies = []
  for (const statement of document.Statement) {
    if (statement.Sid === 'ManageOwnKeys') {
      allows.push({ action: OWN_ACTIONS, subject: 'iam', conditions: { type: 'user', name: USER } })
    } else if (statement.Sid === 'DenyWithoutMfa') {
      denies.push({ action: 'manage', subject: 'iam', inverted: true, conditions: { mfa: { $ne: 'true' } } })
    } else {
      const service = statement.Action[0].split(':')[0]
      const action = (service === 'iam' ? IAM_READS : THINGS).map((name) => `${service}:${name}`)
      const conditions = { arn: { $regex: prefixPattern(statement.Resource) } }
      if (statement.Effect === 'Deny') denies.push({ action, subject: service, inverted: true, conditions })
      else allows.push({ action, subject: service, conditions })
    }
  }
  return createMongoAbility([...allows, ...denies])
}

export function prepare(_ability, { action, resource, context }) {
  const name = resource.slice(resource.lastIndexOf('/') + 1)
  const target = { type: 'user', arn: resource, name, mfa: context['aws:MultiFactorAuthPresent'] }
  return { action, target: subject('iam', target) }
}

export const decide = (ability, { action, target }) => ability.can(action, target)
