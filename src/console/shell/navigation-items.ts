import type { SideNavigationProps } from '@cloudscape-design/components/side-navigation'
import { PAGES } from '../pages.ts'
import type { Translation } from '../language/language.ts'
import type { ShellMessages } from './messages.en.ts'

/** Links to the pages that have a name in the navigation. */
export function navigationItems(messages: Translation<ShellMessages>): SideNavigationProps.Item[] {
  return PAGES.flatMap(({ path, label }) => {
    const text = label && messages[label]
    return typeof text === 'string' ? [{ type: 'link' as const, text, href: `/${path}` }] : []
  })
}
