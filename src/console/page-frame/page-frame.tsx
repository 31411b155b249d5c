import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import { type ReactNode, useEffect, useRef } from 'react'
import { NavigationType, useLocation, useNavigationType } from 'react-router'
import { type Breadcrumb, useSetBreadcrumbs } from './breadcrumbs.tsx'
import './page-frame.css'

interface PageFrameProps {
  readonly title: string
  readonly description?: ReactNode
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode
  /** The way to the page, itself not included. */
  readonly breadcrumbs?: readonly Breadcrumb[]
  readonly children: ReactNode
}

const NO_BREADCRUMBS: readonly Breadcrumb[] = []

/** What every page has: a title, also that of the window, and the way to it. */
export function PageFrame({ title, description, actions, breadcrumbs = NO_BREADCRUMBS, children }: PageFrameProps) {
  const { pathname } = useLocation()
  const arrivedBy = useNavigationType()
  const heading = useRef<HTMLDivElement>(null)
  const arrivedAt = useRef<string>(null)
  useSetBreadcrumbs([...breadcrumbs, { text: title, href: pathname }])
  useEffect(() => {
    document.title = `${title} - Latchkey`
  }, [title])
  useEffect(() => {
    // The parameters of an address change while somebody is at work on its page.
    if (arrivedAt.current === pathname) return
    arrivedAt.current = pathname
    // Who cannot see that another page appeared hears its title.
    if (arrivedBy !== NavigationType.Pop) heading.current?.focus()
  }, [arrivedBy, pathname])
  return (
    <ContentLayout
      header={
        <div ref={heading} tabIndex={-1} className="page-heading">
          <Header variant="h1" description={description} actions={actions}>
            {title}
          </Header>
        </div>
      }
    >
      {children}
    </ContentLayout>
  )
}
