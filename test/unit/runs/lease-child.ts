/** Tries to take the lease of the folder given, says how it went, and stays. */

import { Lease } from '../../../sidecar/runs/lease.ts';
import { UserError } from '../../../sidecar/terms/errors.ts';

Lease.acquire(process.argv[2] ?? '', () => process.exit(1)).then(
  () => process.stdout.write('held\n'),
  (error: unknown) => process.stdout.write(`${error instanceof UserError ? error.code : String(error)}\n`),
);
setInterval(() => {}, 60_000);
