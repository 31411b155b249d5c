import type { ComponentType } from 'react'
import type { PageNames } from './pages/messages.en.ts'

export interface Page {
  /** The folder in pages/ and the first segment of the address. What comes after it is the page's own. */
  readonly path: string
  /** Its name in the navigation on the left; pages without one are reached in other ways. */
  readonly label?: keyof PageNames
  readonly load: () => Promise<{ readonly Component: ComponentType }>
}

/** In the order of the navigation. */
export const PAGES: readonly Page[] = [
  { path: 'dashboard', label: 'dashboard', load: () => import('./pages/dashboard/page.tsx') },
  { path: 'users', label: 'users', load: () => import('./pages/users/page.tsx') },
  { path: 'decisions', load: () => import('./pages/decisions/page.tsx') },
  { path: 'groups', label: 'groups', load: () => import('./pages/groups/page.tsx') },
  { path: 'roles', label: 'roles', load: () => import('./pages/roles/page.tsx') },
  { path: 'policies', label: 'policies', load: () => import('./pages/policies/page.tsx') },
  { path: 'simulator', label: 'simulator', load: () => import('./pages/simulator/page.tsx') },
  { path: 'security-credentials', load: () => import('./pages/security-credentials/page.tsx') },
  { path: 'account', label: 'accountSettings', load: () => import('./pages/account/page.tsx') },
  { path: 'credential-report', label: 'credentialReport', load: () => import('./pages/credential-report/page.tsx') },
  { path: 'audit', label: 'auditTrail', load: () => import('./pages/audit/page.tsx') },
  { path: 'identities', load: () => import('./pages/identities/page.tsx') },
  { path: 'sign-in', load: () => import('./pages/sign-in/page.tsx') },
]
