// Counts the results of the suite by its own rules: node score.mjs CHECKOUT RESULTS
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [checkout, file] = process.argv.slice(2)
const load = name => import(pathToFileURL(path.resolve(checkout, name)))
const { default: suites } = await load('tests/index.mjs')
const { determineTestResult, resultTypes } = await load('test-engine/lib/results.mjs')
const results = JSON.parse(fs.readFileSync(file, 'utf8'))

for (const kind of ['required', 'optimal']) {
  const tests = suites
    .flatMap(suite => suite.tests)
    .filter(test => (test.kind || 'required') === kind && !test.browser_only)
  const failed = tests.filter(
    test => determineTestResult(suites, test.id, results) !== resultTypes.pass)
  console.log(`${kind}: ${tests.length - failed.length} of ${tests.length}`)
  for (const test of failed) {
    const outcome = determineTestResult(suites, test.id, results)
    const how = Object.keys(resultTypes).find(name => resultTypes[name] === outcome)
    const said = Array.isArray(results[test.id]) ? results[test.id][1] : ''
    console.log(`  ${test.id} (${how.replace('_', ' ')})${said ? ': ' + said : ''}`)
  }
}
