import type { ComponentType } from 'react'
import { CREATE_SEGMENT } from './pages/users/addresses.ts'
import type { PageNames } from './pages/messages.en.ts'

type Load = () => Promise<{ readonly Component: ComponentType }>

export interface Page {
  /** The folder in pages/ and the first segment of the address. */
  readonly path: string
  /** Its name in the navigation on the left; pages without one are reached in other ways. */
  readonly label?: keyof PageNames
  readonly load: Load
  /** Pages that are loaded by themselves, by the rest of the address. Without any, what comes after `path` is the page's own. */
  readonly below?: Readonly<Record<string, Load>>
}

/** In the order of the navigation. */
export const PAGES: readonly Page[] = [
  { path: 'dashboard', label: 'dashboard', load: () => import('./pages/dashboard/page.tsx') },
  {
    path: 'users',
    label: 'users',
    load: () => import('./pages/users/page.tsx'),
    below: {
      [CREATE_SEGMENT]: () => import('./pages/users/create/page.tsx'),
      ':name': () => import('./pages/users/detail/user-page.tsx'),
      ':name/create-access-key': () => import('./pages/users/detail/create-user-key.tsx'),
      ':name/rotate-access-key': () => import('./pages/users/detail/rotate-user-key.tsx'),
    },
  },
  { path: 'decisions', load: () => import('./pages/decisions/page.tsx') },
  {
    path: 'groups',
    label: 'groups',
    load: () => import('./pages/groups/page.tsx'),
    below: { ':name': () => import('./pages/groups/group-detail.tsx') },
  },
  {
    path: 'roles',
    label: 'roles',
    load: () => import('./pages/roles/page.tsx'),
    below: {
      create: () => import('./pages/roles/create-role.tsx'),
      ':name': () => import('./pages/roles/role-detail.tsx'),
    },
  },
  {
    path: 'policies',
    label: 'policies',
    load: () => import('./pages/policies/page.tsx'),
    below: {
      create: () => import('./pages/policies/create-policy.tsx'),
      ':arn': () => import('./pages/policies/policy-detail.tsx'),
      ':arn/edit': () => import('./pages/policies/edit-policy.tsx'),
    },
  },
  { path: 'simulator', label: 'simulator', load: () => import('./pages/simulator/page.tsx') },
  {
    path: 'security-credentials',
    load: () => import('./pages/security-credentials/page.tsx'),
    below: {
      'create-access-key': () => import('./pages/security-credentials/create-key.tsx'),
      'rotate-access-key': () => import('./pages/security-credentials/rotate-key.tsx'),
    },
  },
  { path: 'account', label: 'accountSettings', load: () => import('./pages/account/page.tsx') },
  { path: 'credential-report', label: 'credentialReport', load: () => import('./pages/credential-report/page.tsx') },
  { path: 'audit', label: 'auditTrail', load: () => import('./pages/audit/page.tsx') },
  { path: 'identities', load: () => import('./pages/identities/page.tsx') },
  { path: 'sign-in', load: () => import('./pages/sign-in/page.tsx') },
]
