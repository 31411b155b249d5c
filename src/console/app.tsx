import { createBrowserRouter, createPath, Navigate, type RouteObject, RouterProvider } from 'react-router'
import { useDocumentLanguage } from './language/language.ts'
import { type Page, PAGES } from './pages.ts'
import { SessionGate } from './session-gate.tsx'
import { PageFailure } from './shell/page-failure.tsx'

function routeOf({ path, load, below }: Page): RouteObject {
  if (below === undefined) return { path: `${path}/*`, lazy: load }
  const children = Object.entries(below).map(([rest, lazy]) => ({ path: rest, lazy }))
  return { path, children: [{ index: true, lazy: load }, ...children] }
}

const routes: RouteObject[] = [
  {
    element: <SessionGate />,
    children: [
      {
        errorElement: <PageFailure />,
        children: [
          { index: true, element: <Navigate to="/dashboard" replace /> },
          ...PAGES.map(routeOf),
          { path: '*', lazy: async () => ({ Component: (await import('./page-frame/not-found.tsx')).NotFound }) },
        ],
      },
    ],
  },
]

const router = createBrowserRouter(routes)

/** The address of a page that is still being loaded; null when nobody waits for any. */
export function onTheWayTo(): string | null {
  const { location } = router.state.navigation
  return location === undefined ? null : createPath(location)
}

export function App() {
  useDocumentLanguage()
  return <RouterProvider router={router} />
}
