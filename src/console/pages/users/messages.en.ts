export const en = {
  noTags: 'No tags',
  addTag: 'Add tag',
  removeTag: 'Remove',
  tagKey: 'Key',
  tagValue: 'Value',
}
