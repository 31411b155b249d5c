export { PoliciesList as Component } from './policies-list.tsx'
