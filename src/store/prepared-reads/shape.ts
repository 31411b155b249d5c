/**
 * What two calls of one statement have in common: the same text when they differ only in values. Names of fields, what is selected,
 * orders, and the type of each value are in it; texts, numbers and times of conditions are not.
 */
export function shapeOf(args: object): string {
  let shape = ''
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined) continue
    shape += `${name}:${argumentShape(name, value)};`
  }
  return shape
}

function argumentShape(name: string, value: unknown): string {
  if (name === 'where') return conditionShape(value)
  if (name === 'take') return typeof value === 'number' && value >= 0 ? 'size' : 'no size'
  return selectionShape(value)
}

/** Inside of `select` and `include`: relations have arguments of their own. A text is quoted, so that none looks like more than it is. */
function selectionShape(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map(selectionShape).join()}]`
  return `{${shapeOf(value)}}`
}

function conditionShape(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value !== 'object') return typeof value
  if (Array.isArray(value)) return value.every(isPlain) ? `[${value.map(conditionShape).join()}]` : 'list'
  if (!isPlain(value)) return value instanceof Date ? 'time' : 'other'
  let shape = ''
  for (const [name, inner] of Object.entries(value)) {
    if (inner === undefined) continue
    shape += `${name}:${conditionShape(inner)};`
  }
  return `{${shape}}`
}

/** What is no value by itself, such as a time. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
