import { readFileSync } from "node:fs";
import { CHOSEN_ROWS, CLINIC_ROWS, NOT_OURS, OTHER_PAGES, OTHER_ROWS, PAGE_ROWS } from "@/db/testing/permission-rows";
import { expect, test } from "./fixtures";
import { DISGUISES, expectClosedPages, expectClosedRoutes, plantCanary } from "./strangers";

test.beforeAll(plantCanary);

test("every page and route of the build has a row", () => {
  const manifest = JSON.parse(readFileSync(".next/server/app-paths-manifest.json", "utf8")) as Record<string, string>;
  const built = Object.keys(manifest).filter((entry) => !/^\/(_|icon\.svg)/.test(entry));
  const routes = built.filter((entry) => entry.endsWith("/route")).map((entry) => entry.slice(1, -"/route".length));
  const pages = built.filter((entry) => entry.endsWith("/page")).map((entry) => entry.slice(1, -"/page".length));
  const rows = { ...CLINIC_ROWS, ...CHOSEN_ROWS, ...OTHER_ROWS };
  expect(routes.sort()).toEqual([...Object.keys(rows), ...NOT_OURS].sort());
  expect(pages.sort()).toEqual([...Object.keys(PAGE_ROWS), ...Object.keys(OTHER_PAGES)].sort());
});

for (const [name, disguise] of Object.entries(DISGUISES)) {
  test(`a clinic's pages tell strangers nothing: ${name}`, ({ baseURL }) => expectClosedPages(baseURL, disguise));
  test(`a clinic's routes tell strangers nothing: ${name}`, ({ baseURL }) => expectClosedRoutes(baseURL, disguise));
}
