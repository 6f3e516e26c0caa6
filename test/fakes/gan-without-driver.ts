/** `gan devices --install cuda` where it cannot help. */
console.log(
  JSON.stringify({
    event: 'error',
    code: 'device/install',
    message: 'There is no NVIDIA driver on this machine. Install one of version 525 or later first.',
  }),
);
process.exitCode = 4;
