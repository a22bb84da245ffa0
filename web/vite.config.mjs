import { defineConfig } from "vite";

// One module, built into the package: the app serves it from its own address, and nothing is fetched from elsewhere.
export default defineConfig({
  build: {
    outDir: "../src/groundswell/web/static",
    emptyOutDir: true,
    target: "es2022",
    lib: { entry: "src/groundswell.ts", formats: ["es"], fileName: () => "groundswell.js" },
  },
});
