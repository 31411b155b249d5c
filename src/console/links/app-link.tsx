import Link, { type LinkProps } from '@cloudscape-design/components/link'
import { useNavigate } from 'react-router'

/** A link to a page of the console: followed without loading everything anew. */
export function AppLink({ href, ...link }: LinkProps & { readonly href: string }) {
  const navigate = useNavigate()
  return (
    <Link
      {...link}
      href={href}
      onFollow={(event) => {
        event.preventDefault()
        void navigate(href)
      }}
    />
  )
}
