/** Hangs before it is up. */
import { startHelper } from './helper.ts';

startHelper();
setInterval(() => {}, 1000);
