import { createBrowserRouter, createPath, Navigate, type RouteObject, RouterProvider } from 'react-router'
import { LanguageProvider } from './language/language-provider.tsx'
import { NotFound } from './page-frame/not-found.tsx'
import { PAGES } from './pages.ts'
import { SessionGate } from './session-gate.tsx'
import { PageFailure } from './shell/page-failure.tsx'

const routes: RouteObject[] = [
  {
    element: <SessionGate />,
    children: [
      {
        errorElement: <PageFailure />,
        children: [
          { index: true, element: <Navigate to="/dashboard" replace /> },
          ...PAGES.map(({ path, load }) => ({ path: `${path}/*`, lazy: load })),
          { path: '*', element: <NotFound /> },
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
  return (
    <LanguageProvider>
      <RouterProvider router={router} />
    </LanguageProvider>
  )
}
