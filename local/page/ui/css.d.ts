/** esbuild bundles what is imported into the page's stylesheet; there is nothing to use. */
declare module '*.css';
