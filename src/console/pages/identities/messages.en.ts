export const en = { switchIdentity: 'Switch identity' }
