import { carryOutSafely } from './carry-out.js';

globalThis.onmessage = async ({ data }) => globalThis.postMessage(await carryOutSafely(data));
