/** The library as the page loads it; the module itself is made by `npm run playground`. */
export * from '../../../src/index.ts'
