import { Route, Routes } from 'react-router'
import { CreateRole } from './create-role.tsx'
import { RoleDetail } from './role-detail.tsx'
import { RolesList } from './roles-list.tsx'

/** The roles of the account. */
export function Component() {
  return (
    <Routes>
      <Route index element={<RolesList />} />
      <Route path=":name" element={<RoleDetail />} />
      <Route path="create" element={<CreateRole />} />
    </Routes>
  )
}
