import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation'
import { useNavigate } from 'react-router'
import { useQuery } from '../api/use-query.ts'
import { useCan } from '../access/use-can.ts'
import { setTheme, THEMES, useTheme } from '../appearance/theme.ts'
import { LANGUAGES, setLanguage, useLanguage, useMessages } from '../language/language.ts'
import { signOut, useIdentity } from '../session/session-store.ts'
import { AccountAliasDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import logo from '../assets/latchkey.svg'

const LANGUAGE_NAMES = { en: 'English', ko: '한국어' }

export function TopBar() {
  const messages = useMessages({ en, ko })
  const language = useLanguage()
  const theme = useTheme()
  const navigate = useNavigate()
  const { accountId, userName, sessionName, mfaAuthenticatedAt } = useIdentity()
  const alias = useAlias()

  const deeds: Readonly<Record<string, () => unknown>> = {
    'sign-out': () => signOut('here').then(() => navigate('/', { replace: true })),
    'sign-out-everywhere': () => signOut('everywhere').then(() => navigate('/', { replace: true })),
    ...Object.fromEntries(LANGUAGES.map((one) => [`language-${one}`, () => setLanguage(one)])),
    ...Object.fromEntries(THEMES.map((one) => [`theme-${one}`, () => setTheme(one)])),
  }
  const account = alias === null ? messages.accountId(accountId) : messages.accountWithAlias(accountId, alias)
  const menu: TopNavigationProps.MenuDropdownUtility = {
    type: 'menu-dropdown',
    text: sessionName ?? userName ?? messages.rootUser,
    description: mfaAuthenticatedAt === null ? account : `${account} · ${messages.signedInWithMfa}`,
    iconName: 'user-profile',
    items: [
      ...(sessionName === null
        ? [{ id: 'security-credentials', text: messages.securityCredentials, href: '/security-credentials' }]
        : []),
      { id: 'switch-identity', text: messages.switchIdentity, href: '/identities' },
      {
        id: 'language',
        text: messages.language,
        items: LANGUAGES.map((one) => ({
          id: `language-${one}`,
          itemType: 'checkbox' as const,
          checked: one === language,
          text: LANGUAGE_NAMES[one],
        })),
      },
      {
        id: 'theme',
        text: messages.theme,
        items: THEMES.map((one) => ({
          id: `theme-${one}`,
          itemType: 'checkbox' as const,
          checked: one === theme,
          text: messages[one],
        })),
      },
      {
        id: 'graphiql',
        text: messages.graphiql,
        href: '/graphql',
        external: true,
        externalIconAriaLabel: messages.newTab,
      },
      { id: 'sign-out', text: messages.signOut },
      ...(sessionName === null ? [{ id: 'sign-out-everywhere', text: messages.signOutEverywhere }] : []),
    ],
    onItemClick: ({ detail }) => void deeds[detail.id]?.(),
    onItemFollow: (event) => {
      if (event.detail.external || event.detail.href === undefined) return
      event.preventDefault()
      void navigate(event.detail.href)
    },
  }
  return (
    <header id="top-navigation">
      <TopNavigation
        identity={{
          href: '/dashboard',
          title: 'Latchkey',
          logo: { src: logo, alt: '' },
          onFollow: (event) => {
            event.preventDefault()
            void navigate('/dashboard')
          },
        }}
        utilities={[menu]}
      />
    </header>
  )
}

/** The account's alias, for those who may know it: a refusal would be in the audit trail with every page. */
function useAlias(): string | null {
  const [summary] = useCan([{ action: 'iam:GetAccountSummary', resource: '*' }])
  const { data } = useQuery(AccountAliasDocument, summary?.allowed ? {} : null)
  return data?.account?.alias ?? null
}
