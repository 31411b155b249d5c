export const en = {
  policies: 'Policies',
  choosePolicies: 'Choose policies',
  builtIn: 'Built in',
  own: 'Of this account',
  groups: 'Groups',
  chooseGroups: 'Choose groups',
  find: 'Find by name',
  loading: 'Loading',
  nothing: 'There is nothing to choose.',
  noMatch: 'Nothing matches.',
  deselect: (name: string) => `Do not choose ${name}`,
}
