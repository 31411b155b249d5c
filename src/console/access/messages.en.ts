import type { ActionName } from './action-name.generated.ts'

export const en = {
  needs: (action: ActionName) => `You need permission for ${action}.`,
  needsMfa: (action: ActionName) => `${action} is allowed only after you sign in with MFA.`,
}
