export const en = {
  needs: (action: string) => `You need permission for ${action}.`,
  needsMfa: (action: string) => `${action} is allowed only after you sign in with MFA.`,
}
