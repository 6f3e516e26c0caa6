/** A module that is bundled by itself and imported as its text; see scripts/worker-source.mjs. */
declare module '*?worker' {
  const source: string;
  export default source;
}
