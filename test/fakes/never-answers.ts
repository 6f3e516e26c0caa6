/** Hangs before it is up. */
setInterval(() => {}, 1000);
