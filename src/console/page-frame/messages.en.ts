export const en = {
  dismiss: 'Close',
  notifications: 'Notifications',
  notFoundTitle: 'Page not found',
  notFound: 'There is nothing at this address.',
}
