import AppLayoutToolbar from '@cloudscape-design/components/app-layout-toolbar'
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group'
import SideNavigation from '@cloudscape-design/components/side-navigation'
import { useState } from 'react'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { useOutage } from '../api/outage.ts'
import { OutageNotice } from '../errors/outage-notice.tsx'
import { ComponentLanguage } from '../language/component-language.tsx'
import { useMessages } from '../language/language.ts'
import { BreadcrumbsProvider, useBreadcrumbs } from '../page-frame/breadcrumbs.tsx'
import { Notifications, NotificationsProvider } from '../page-frame/notifications.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { RecoveryCodeNotice } from './recovery-code-notice.tsx'
import { SessionEndWarning } from './session-end-warning.tsx'
import './shell.css'
import { TopBar } from './top-bar.tsx'
import { useNavigationItems } from './use-navigation-items.ts'

/** Everything around the page of somebody who is signed in. */
export function Shell() {
  return (
    <ComponentLanguage>
      <NotificationsProvider>
        <BreadcrumbsProvider>
          <TopBar />
          <SessionEndWarning />
          <RecoveryCodeNotice />
          <Layout />
        </BreadcrumbsProvider>
      </NotificationsProvider>
    </ComponentLanguage>
  )
}

function Layout() {
  const messages = useMessages({ en, ko })
  const navigationItems = useNavigationItems()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const [open, setOpen] = useState(() => matchMedia('(min-width: 912px)').matches)
  const breadcrumbs = useBreadcrumbs()
  const outage = useOutage()
  const follow = (event: CustomEvent<{ readonly href?: string; readonly external?: boolean }>) => {
    const { href, external } = event.detail
    if (href === undefined || external) return
    event.preventDefault()
    void navigate(href)
  }
  return (
    <AppLayoutToolbar
      headerSelector="#top-navigation"
      toolsHide
      navigationOpen={open}
      onNavigationChange={({ detail }) => setOpen(detail.open)}
      notifications={
        <>
          <OutageNotice />
          <Notifications />
        </>
      }
      // Who is far down in a form sees why it waits.
      stickyNotifications={outage !== null}
      ariaLabels={{
        navigation: messages.navigation,
        navigationToggle: messages.openNavigation,
        navigationClose: messages.closeNavigation,
        notifications: messages.notifications,
      }}
      navigation={
        <SideNavigation
          header={{ text: messages.product, href: '/dashboard' }}
          activeHref={`/${pathname.split('/')[1]}`}
          items={navigationItems}
          onFollow={follow}
        />
      }
      breadcrumbs={
        <BreadcrumbGroup
          ariaLabel={messages.breadcrumbs}
          items={[{ text: messages.home, href: '/dashboard' }, ...breadcrumbs]}
          onFollow={follow}
        />
      }
      content={<Outlet />}
    />
  )
}
