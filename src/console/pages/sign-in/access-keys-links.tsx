import { useMessages } from '../../language/language.ts'
import { Link } from '../../plain/link.tsx'
import { useIdentities } from '../identities/identity-store.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** No account can be called so: an alias has no tilde. */
export const ACCESS_KEYS_HREF = '/sign-in/~access-keys'

/** The ways to sign in with a key: one for each identity of this device, and one for all others. */
export function AccessKeysLinks({ onFollow }: { readonly onFollow: (href: string) => void }) {
  const messages = useMessages({ en, ko })
  const identities = useIdentities()
  const links = [
    ...identities.map(({ name, accessKeyId }) => ({
      href: `${ACCESS_KEYS_HREF}/${accessKeyId}`,
      text: messages.signInWith(name),
    })),
    { href: ACCESS_KEYS_HREF, text: messages.accessKeys },
  ]
  return (
    <div className="plain-stack plain-stack-tight">
      {links.map(({ href, text }) => (
        <div key={href}>
          <Link href={href} onFollow={() => onFollow(href)}>
            {text}
          </Link>
        </div>
      ))}
    </div>
  )
}
