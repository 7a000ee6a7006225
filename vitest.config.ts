import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)) };
const exclude = ["node_modules/**", ".next/**", "e2e/**"];

/**
 * Two projects. `unit`: pure, milliseconds, no database. `db`: verbs and routes on real Postgres,
 * each file in its own copy of a migrated template database (db/testing/database.ts).
 */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias: { ...alias } },
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...exclude, "**/*.db.test.ts"],
          env: { TZ: "UTC" },
          setupFiles: ["db/testing/property-seed.ts"],
          testTimeout: 20_000,
        },
      },
      {
        resolve: { alias: { ...alias } },
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude,
          env: { TZ: "UTC" },
          globalSetup: ["db/testing/global-setup.ts"],
          setupFiles: ["db/testing/property-seed.ts", "db/testing/setup-file.ts"],
          pool: "forks",
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
