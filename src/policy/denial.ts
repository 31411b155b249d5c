import type { Decision, LayerName } from './types.ts'

const NAMES: Readonly<Record<Exclude<LayerName, 'trust'>, string>> = {
  identity: 'an identity-based policy',
  boundary: 'a permissions boundary',
  session: 'a session policy',
  resource: 'a resource-based policy',
  organization: 'a service control policy',
}

/**
 * The end of IAM's AccessDenied message, with its leading blank: ` because no identity-based policy allows the
 * iam:GetUser action` or ` with an explicit deny in a permissions boundary`. Empty for an allowed request and for a
 * fault of the evaluation, which has no wording of its own.
 */
export function denialTail(decision: Decision, action: string): string {
  const { effect, layer } = decision
  if (effect === 'ALLOW' || layer === undefined) return ''
  if (layer === 'trust') {
    return effect === 'EXPLICIT_DENY'
      ? ' with an explicit deny in the role trust policy'
      : ` because no role trust policy allows the ${action} action`
  }
  const name = NAMES[layer]
  return effect === 'EXPLICIT_DENY'
    ? ` with an explicit deny in ${name}`
    : ` because no ${name.slice(name.indexOf(' ') + 1)} allows the ${action} action`
}
