import { expect, test } from "vitest";
import { foldName } from "./fold";

test.each([
  ["  María   José ", "maria jose"],
  ["O’Brien-Núñez", "o brien nunez"],
  ["أحمد", "احمد"],
  ["فَاطِمة", "فاطمه"],
  ["ANNE", "anne"],
  ["👋", ""],
])("folds %s to %s", (name, key) => expect(foldName(name)).toBe(key));

test("a folded name stays as it is", () => expect(foldName(foldName("Ñandú Ávila"))).toBe("nandu avila"));
