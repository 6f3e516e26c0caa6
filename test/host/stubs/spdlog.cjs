/** Stands in for @vscode/spdlog, which is compiled: VS Code's log files, each line appended at once. */
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = async (_name, file) => new Logger(file);
exports.createAsyncRotatingLogger = async (_name, file) => new Logger(file);

class Logger {
  #file;
  #level = 2;
  #format = (level, message) => `${new Date().toISOString()} [${level}] ${message}\n`;

  constructor(file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
  }

  #write(level, name, message) {
    if (level >= this.#level) appendFileSync(this.#file, this.#format(name, message));
  }

  trace(message) {
    this.#write(0, 'trace', message);
  }
  debug(message) {
    this.#write(1, 'debug', message);
  }
  info(message) {
    this.#write(2, 'info', message);
  }
  warn(message) {
    this.#write(3, 'warning', message);
  }
  error(message) {
    this.#write(4, 'error', message);
  }
  critical(message) {
    this.#write(5, 'critical', message);
  }
  getLevel() {
    return this.#level;
  }
  setLevel(level) {
    this.#level = level;
  }
  clearFormatters() {
    this.#format = (_level, message) => message;
  }
  setPattern() {}
  flush() {}
  drop() {}
}
exports.Logger = Logger;
