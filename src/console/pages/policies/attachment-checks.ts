import type { Check } from '../../access/decisions.ts'
import type { ChosenEntity } from '../../entities/entity.ts'

const ACTIONS = {
  USER: { attach: 'iam:AttachUserPolicy', detach: 'iam:DetachUserPolicy' },
  GROUP: { attach: 'iam:AttachGroupPolicy', detach: 'iam:DetachGroupPolicy' },
  ROLE: { attach: 'iam:AttachRolePolicy', detach: 'iam:DetachRolePolicy' },
} as const

/** To have it attached to something at least one of them is needed. */
export const ATTACH_CHECKS: readonly Check[] = Object.values(ACTIONS).map(({ attach }) => ({
  action: attach,
  anywhere: true,
}))

/** Of one thing that it is attached to. */
export function attachCheck(type: ChosenEntity['type'], arn: string): Check {
  return { action: ACTIONS[type].attach, resource: arn }
}

export function detachCheck({ type, arn }: ChosenEntity): Check {
  return { action: ACTIONS[type].detach, resource: arn }
}
