/** Loaded into each service before itself: its clock can be put wrong, and its memory read, by whoever started it. */
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
    return { heap, rss }
  },
}

// No listener of its own: Node keeps what comes before there is one, and that is for the service.
const emit = process.emit.bind(process)
process.emit = (event, message, ...rest) => {
  const [fault] = event === 'message' ? Object.keys(FAULTS).filter((name) => Object.hasOwn(message, name)) : []
  if (fault === undefined) return emit(event, message, ...rest)
  process.send({ [fault]: FAULTS[fault](message[fault]) })
  return true
}
