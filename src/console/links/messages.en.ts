export const en = {
  simulate: 'Simulate',
}
