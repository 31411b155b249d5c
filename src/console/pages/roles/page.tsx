export { RolesList as Component } from './roles-list.tsx'
