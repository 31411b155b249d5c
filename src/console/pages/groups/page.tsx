export { GroupsList as Component } from './groups-list.tsx'
