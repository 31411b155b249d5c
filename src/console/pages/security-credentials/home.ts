export const HOME = '/security-credentials'
