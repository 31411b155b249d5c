/** What the pages are called in the navigation. */
export const en = {
  dashboard: 'Dashboard',
  users: 'Users',
  groups: 'Groups',
  roles: 'Roles',
  policies: 'Policies',
  simulator: 'Policy simulator',
  accountSettings: 'Account settings',
  credentialReport: 'Credential report',
  auditTrail: 'Audit trail',
}

export type PageNames = typeof en
