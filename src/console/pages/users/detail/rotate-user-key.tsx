import Spinner from '@cloudscape-design/components/spinner'
import { useNavigate } from 'react-router'
import { KeyRotation } from '../../../key-rotation/key-rotation.tsx'
import { userHref } from '../../../links/addresses.ts'
import { named } from './named.tsx'
import { useKeyPage } from './use-key-page.tsx'

/** The rotation of a key of this user. */
function RotateUserKey({ name }: { readonly name: string }) {
  const navigate = useNavigate()
  const { user, breadcrumbs, failure } = useKeyPage(name)
  if (user === null) return failure ?? <Spinner />
  return (
    <KeyRotation
      owner={user}
      ownerName={user.name}
      breadcrumbs={breadcrumbs}
      onLeave={() => void navigate(userHref(user.name, 'credentials'), { replace: true })}
    />
  )
}

export const Component = named(RotateUserKey)
