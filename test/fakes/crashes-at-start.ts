/** Native code crashes before a word is said. */
process.kill(process.pid, 'SIGKILL');
