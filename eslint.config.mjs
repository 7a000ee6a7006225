import next from "eslint-config-next/core-web-vitals";
import tseslint from "typescript-eslint";

const ENV = {
  object: "process",
  property: "env",
  message: "lib/core/env.ts is the only reader of the environment.",
};
const RAW_SQL = [
  { object: "sql", property: "raw", message: "Raw SQL takes no parameters: write it as a sql`` template." },
  { object: "sql", property: "identifier", message: "Names of columns come from the schema, not from strings." },
];
const nextIntoLib = {
  group: ["next", "next/*", "next-intl", "next-intl/*"],
  message: "lib knows no framework (only lib/http does).",
};
const reactIntoLib = { group: ["react", "react-dom", "react/*"], message: "lib knows no framework." };
const functionsIntoLib = {
  group: ["@/inngest/functions/*", "@/inngest/functions"],
  message: "lib rings through inngest/events.",
};
const upwards = { group: ["@/app/*", "@/components/*"], message: "Imports go down: app → components → lib → db." };

/** The rules that need types cost most of the time; these are the ones that find real bugs. */
const typed = {
  files: ["**/*.ts", "**/*.tsx"],
  plugins: { "@typescript-eslint": tseslint.plugin },
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
  },
  rules: {
    "@typescript-eslint/no-floating-promises": "error",
    "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
    "@typescript-eslint/await-thenable": "error",
    "@typescript-eslint/only-throw-error": "error",
    "@typescript-eslint/no-unnecessary-type-assertion": "error",
    "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    "@typescript-eslint/no-explicit-any": "error",
    "@typescript-eslint/no-non-null-assertion": "error",
    "@typescript-eslint/ban-ts-comment": "error",
    "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
    "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
  },
};

/** React's rules compile every function they see; only these hold components. */
const PAGES = ["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}"];

const config = [
  {
    ignores: [
      "**/node_modules/**",
      ".next/**",
      ".next-*/**",
      ".data/**",
      "next-env.d.ts",
      "db/migrations/**",
      "test-results/**",
      "playwright-report/**",
    ],
  },
  ...next.map((part) => (part.plugins ? { ...part, files: PAGES } : part)),
  typed,
  {
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-var": "error",
      "prefer-const": "error",
      "no-restricted-properties": ["error", ENV, ...RAW_SQL],
      "no-restricted-syntax": ["error", { selector: "TSEnumDeclaration", message: "Use `as const` objects." }],
      "import/no-anonymous-default-export": "off",
      "@next/next/no-assign-module-variable": "off",
    },
  },
  { files: ["lib/**", "app/**", "components/**", "inngest/**"], rules: { "no-console": "error" } },
  {
    // Programs start and configure processes: they hand the environment on. Middleware can't import our code.
    files: [
      "lib/core/env.ts",
      "scripts/**",
      "db/local/**",
      "db/testing/**",
      "stubs/**",
      "*.config.*",
      "instrumentation.ts",
      "middleware.ts",
    ],
    rules: { "no-restricted-properties": ["error", ...RAW_SQL] },
  },
  // Tests set up what the application must never do.
  { files: ["**/*.test.ts", "e2e/**"], rules: { "no-restricted-properties": "off" } },
  {
    files: ["lib/**"],
    ignores: ["lib/http/**", "**/*.test.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [nextIntoLib, reactIntoLib, functionsIntoLib, upwards] }] },
  },
  {
    files: ["lib/http/**", "db/**", "inngest/**"],
    ignores: ["**/*.test.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [upwards] }] },
  },
  {
    files: ["components/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@/db", "@/db/*", "@/app/*"], message: "Components talk to the API, not to tables." }] },
      ],
    },
  },
  // Playwright's fixtures pass a function called `use`, which is no React hook.
  { files: ["e2e/**"], rules: { "react-hooks/rules-of-hooks": "off" } },
];

export default config;
