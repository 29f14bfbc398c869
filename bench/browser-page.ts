/** The page of browser.ts: the readers and their race, run in turns like all races. */
import { jwtDecode } from 'jwt-decode'
import { decodeUnverified } from '../dist/index.js'

/** The input of the page: the tokens, and how long to measure. */
export interface Order {
  readonly tokens: readonly string[]
  readonly rounds: number
  readonly lap: number
}

type Read = (token: string) => unknown

const READERS: Readonly<Record<string, Read>> = { 'jwt-decode': jwtDecode, hs256: decodeUnverified }

/** Microseconds per call for each reader, round by round. */
export function race({ tokens, rounds, lap }: Order): Record<string, number[]> {
  const entrants = Object.entries(READERS).map(([name, read]) => {
    timeOf(read, tokens, 20_000)
    return { name, read, calls: Math.ceil((lap * 20_000) / timeOf(read, tokens, 20_000)), times: [] as number[] }
  })
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? entrants : [...entrants].reverse()
    for (const { read, calls, times } of order) times.push((timeOf(read, tokens, calls) / calls) * 1000)
  }
  return Object.fromEntries(entrants.map(({ name, times }) => [name, times]))
}

function timeOf(read: Read, tokens: readonly string[], calls: number): number {
  const start = performance.now()
  for (let i = 0; i < calls; i++) read(tokens[i % tokens.length]!)
  return performance.now() - start
}
