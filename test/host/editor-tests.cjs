/**
 * What VS Code loads as `extensionTestsPath`: runs the bundled editor suite inside the extension
 * host. The console there is shared with the whole workbench, so the report goes to the file that
 * GAN_TEST_REPORT names; without one (under the debugger) it stays in the console.
 */
const { appendFileSync } = require('node:fs');
const path = require('node:path');
const { format } = require('node:util');

exports.run = async () => {
  const report = process.env.GAN_TEST_REPORT;
  if (report) console.log = (...args) => appendFileSync(report, `${format(...args)}\n`);
  await require(path.join(__dirname, '../../dist/test/editor/index.cjs')).run();
};
