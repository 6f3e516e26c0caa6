/** Stands in for the compiled part of @vscode/native-watchdog: ends no process. */
exports.start = () => {};
exports.exit = (code) => process.exit(code);
