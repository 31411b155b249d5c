import { Route, Routes } from 'react-router'
import { CreatePolicy } from './create-policy.tsx'
import { EditPolicy } from './edit-policy.tsx'
import { PoliciesList } from './policies-list.tsx'
import { PolicyDetail } from './policy-detail.tsx'

/** The managed policies: of the account, and those that come built in. */
export function Component() {
  return (
    <Routes>
      <Route index element={<PoliciesList />} />
      <Route path="create" element={<CreatePolicy />} />
      <Route path=":arn" element={<PolicyDetail />} />
      <Route path=":arn/edit" element={<EditPolicy />} />
    </Routes>
  )
}
