export const en = {
  title: 'Dashboard',
  you: 'Signed in as',
  user: 'User',
  root: 'Root user',
  account: 'Account ID',
  mfa: 'MFA',
  noMfa: 'This session has none',
  sessionEnds: 'Session ends',
  credentials: 'Security credentials',
  manage: 'My security credentials',
}
