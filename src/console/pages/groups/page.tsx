import { Route, Routes } from 'react-router'
import { GroupDetail } from './group-detail.tsx'
import { GroupsList } from './groups-list.tsx'

/** The groups of the account. */
export function Component() {
  return (
    <Routes>
      <Route index element={<GroupsList />} />
      <Route path=":name" element={<GroupDetail />} />
    </Routes>
  )
}
