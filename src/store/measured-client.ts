import type { PrismaClient } from '../generated/prisma/client.ts'
import type { Cost } from '../tracing/index.ts'
import { isTraced } from '../tracing/index.ts'

type Operation = (...given: unknown[]) => unknown

/**
 * The same client, for one request: each of its operations counts as a statement of the request, and so do the beginning and the end
 * of a transaction. Statements themselves cannot tell whose they are, because Prisma hands on nothing from an operation to them; while
 * somebody traces, they are counted one by one instead.
 */
export function measuredClient(db: PrismaClient, cost: Cost | undefined): PrismaClient {
  return cost === undefined || isTraced() ? db : measured(db, cost)
}

function measured<Client extends object>(client: Client, cost: Cost): Client {
  const made = new Map<PropertyKey, unknown>()

  function make(name: PropertyKey, value: unknown): unknown {
    if (name === '$transaction' && isOperation(value)) return measuredTransaction(client, value, cost)
    if (typeof name === 'symbol' || /^_|^\$(?!query|execute)/.test(String(name))) return value
    if (isOperation(value)) return timed(client, value, cost)
    return typeof value === 'object' && value !== null ? measuredModel(value, cost) : value
  }

  return new Proxy(over(client), {
    get(_target, name) {
      if (!made.has(name)) made.set(name, make(name, Reflect.get(client, name, client)))
      return made.get(name)
    },
  })
}

function measuredModel<Model extends object>(model: Model, cost: Cost): Model {
  return new Proxy(over(model), {
    get(_target, name) {
      const value: unknown = Reflect.get(model, name, model)
      return typeof name === 'string' && isOperation(value) ? timed(model, value, cost) : value
    },
  })
}

/** Prisma's promises begin when somebody waits for them; these begin at once, as everybody here waits for them. */
function timed(target: object, operation: Operation, cost: Cost): Operation {
  return async (...given) => {
    const ended = cost.begin('statement')
    try {
      return await Reflect.apply(operation, target, given)
    } finally {
      ended()
    }
  }
}

/** What the work waits for besides the database is not counted. */
function measuredTransaction(client: object, transaction: Operation, cost: Cost): Operation {
  return async (work, ...options) => {
    if (!isOperation(work)) throw new TypeError('A list of operations cannot be measured: pass a function.')
    let ended = cost.begin('statement')
    try {
      const inside = async (tx: object): Promise<unknown> => {
        ended()
        try {
          return await work(measured(tx, cost))
        } finally {
          ended = cost.begin('statement')
        }
      }
      return await Reflect.apply(transaction, client, [inside, ...options])
    } finally {
      ended()
    }
  }
}

/** What a proxy answers with may differ from what its target holds only where the target's own property can change. */
function over<Target extends object>(target: Target): Target {
  return Object.create(target)
}

function isOperation(value: unknown): value is Operation {
  return typeof value === 'function'
}
