import { type BuiltInPolicy, documentOf } from './built-in-policy.ts'

export const administratorAccess: BuiltInPolicy = {
  id: 'ANPALATCHKEYADMINACCE',
  name: 'AdministratorAccess',
  description: 'Everything, in this server and in every service that asks it.',
  version: 1,
  document: documentOf([{ Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' }]),
}
