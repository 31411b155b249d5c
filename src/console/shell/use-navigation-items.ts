import type { SideNavigationProps } from '@cloudscape-design/components/side-navigation'
import { useMessages } from '../language/language.ts'
import { PAGES } from '../pages.ts'
import { en } from '../pages/messages.en.ts'
import { ko } from '../pages/messages.ko.ts'

/** Links to the pages that have a name in the navigation. */
export function useNavigationItems(): SideNavigationProps.Item[] {
  const names = useMessages({ en, ko })
  return PAGES.flatMap(({ path, label }) =>
    label === undefined ? [] : [{ type: 'link' as const, text: names[label], href: `/${path}` }],
  )
}
