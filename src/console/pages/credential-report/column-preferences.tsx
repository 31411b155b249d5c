import CollectionPreferences from '@cloudscape-design/components/collection-preferences'

export const ColumnPreferences = CollectionPreferences
