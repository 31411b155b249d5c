export const en = {
  title: 'Tags',
  optional: 'Tags - optional',
  manage: 'Manage tags',
  none: 'No tags.',
  key: 'Key',
  value: 'Value',
  save: 'Save changes',
  saved: 'The tags were saved.',
}
