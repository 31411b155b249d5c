export const en = {
  title: 'Tags',
  manage: 'Manage tags',
  none: 'No tags.',
  key: 'Key',
  value: 'Value',
  save: 'Save changes',
  saved: 'The tags were saved.',
}
