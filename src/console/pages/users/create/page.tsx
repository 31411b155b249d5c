import { useNavigate } from 'react-router'
import { userHref } from '../../../links/addresses.ts'
import { USERS } from '../addresses.ts'
import { CreateUser } from './create-user.tsx'

export function Component() {
  const navigate = useNavigate()
  return (
    <CreateUser
      onCancel={() => void navigate(USERS)}
      onDone={(name) => void navigate(userHref(name), { replace: true })}
    />
  )
}
