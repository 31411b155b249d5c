export const en = {
  cancel: 'Cancel',
  confirm: (name: string) => `To confirm, type ${name}`,
}
