/** Style sheets, bundled by esbuild. */
declare module '*.css';
