/** Prints `N passed, N failed, N skipped` as the last line of a test run, for programs to read. */
export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const line = describe(countResults(modules, unhandledErrors))
    // Other reporters and vitest itself print after this call.
    process.once('exit', () => process.stdout.write(`${line}\n`))
  }
}

function countResults(modules, unhandledErrors) {
  const states = modules.flatMap((module) => {
    const tests = [...module.children.allTests()].map((test) => test.result().state)
    // A file that does not load or whose hooks fail has failed, though none of its tests has.
    return module.state() === 'failed' && !tests.includes('failed') ? [...tests, 'failed'] : tests
  })
  const passed = states.filter((state) => state === 'passed').length
  const failed = states.filter((state) => state === 'failed').length
  return { passed, failed: failed + unhandledErrors.length, skipped: states.length - passed - failed }
}

function describe({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
