import Spinner from '@cloudscape-design/components/spinner'
import { useNavigate } from 'react-router'
import { CreateAccessKey } from '../../../access-keys/create-access-key.tsx'
import { userHref } from '../../../links/addresses.ts'
import { named } from './named.tsx'
import { useKeyPage } from './use-key-page.tsx'

/** The wizard for a key of this user. */
function CreateUserKey({ name }: { readonly name: string }) {
  const navigate = useNavigate()
  const { user, breadcrumbs, failure } = useKeyPage(name)
  if (user === null) return failure ?? <Spinner />
  return (
    <CreateAccessKey
      owner={user}
      ownerName={user.name}
      breadcrumbs={breadcrumbs}
      onLeave={() => void navigate(userHref(user.name, 'credentials'), { replace: true })}
    />
  )
}

export const Component = named(CreateUserKey)
