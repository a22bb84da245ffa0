import { defineConfig } from "vite";

// One module for every page and one for each heavy island, built into the package: the app serves them from its own
// address, and nothing is fetched from elsewhere.
export default defineConfig({
  build: {
    outDir: "../src/groundswell/web/static",
    emptyOutDir: true,
    target: "es2022",
    lib: { entry: "src/groundswell.ts", formats: ["es"], fileName: () => "groundswell.js" },
    rollupOptions: { output: { chunkFileNames: "[name].js", minify: true } },
  },
});
