import { Route, Routes, useNavigate, useParams } from 'react-router'
import { userHref } from '../../links/addresses.ts'
import { NotFound } from '../../page-frame/not-found.tsx'
import { CREATE_SEGMENT, USERS } from './addresses.ts'
import { CreateUser } from './create/create-user.tsx'
import { CreateUserKey } from './detail/create-user-key.tsx'
import { RotateUserKey } from './detail/rotate-user-key.tsx'
import { UserPage } from './detail/user-page.tsx'
import { UsersPage } from './list/users-page.tsx'

/** The users of the account. */
export function Component() {
  return (
    <Routes>
      <Route index element={<UsersPage />} />
      <Route path={CREATE_SEGMENT} element={<Create />} />
      <Route path=":name" element={<Named />} />
      <Route path=":name/create-access-key" element={<NamedCreateKey />} />
      <Route path=":name/rotate-access-key" element={<NamedRotateKey />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  )
}

function Create() {
  const navigate = useNavigate()
  return (
    <CreateUser
      onCancel={() => void navigate(USERS)}
      onDone={(name) => void navigate(userHref(name), { replace: true })}
    />
  )
}

function useName(): string {
  const { name = '' } = useParams()
  return name
}

function Named() {
  const name = useName()
  // Another user is another page: nothing that was typed for one is kept for the next.
  return <UserPage key={name} name={name} />
}

function NamedCreateKey() {
  const name = useName()
  return <CreateUserKey key={name} name={name} />
}

function NamedRotateKey() {
  const name = useName()
  return <RotateUserKey key={name} name={name} />
}
