export const en = {
  search: 'Search this page',
  matches: (count: string) => (count === '1' ? '1 match' : `${count} matches`),
  noMatch: 'Nothing on this page matches.',
  clear: 'Clear the search',
  loading: 'Loading',
}
