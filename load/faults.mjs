/** Loaded into each service before its own code, so that the parent can set its clock wrong and read its memory. */
const trueNow = Date.now
let ahead = 0
Date.now = () => trueNow() + ahead

const FAULTS = {
  clock(seconds) {
    ahead = seconds * 1000
    return seconds
  },
  memory() {
    globalThis.gc()
    const { heapUsed: heap, rss } = process.memoryUsage()
    const inMB = (bytes) => Math.round(bytes / 104858) / 10
    return { heap: inMB(heap), rss: inMB(rss) }
  },
}

// Not another listener: Node keeps messages that arrive before there is one, and these are for the service.
const emit = process.emit.bind(process)
process.emit = (event, message, ...rest) => {
  const [fault] = event === 'message' ? Object.keys(FAULTS).filter((name) => Object.hasOwn(message, name)) : []
  if (fault === undefined) return emit(event, message, ...rest)
  process.send({ [fault]: FAULTS[fault](message[fault]) })
  return true
}
