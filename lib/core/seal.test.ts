import { expect, test } from "vitest";
import { isSealedWithOldKey, seal, unseal } from "./seal";

const PLACE = { clinicId: "c1", rowId: "r1", purpose: "auth_token" };

test("a sealed secret opens where it was put, and nowhere else", () => {
  const sealed = seal("ya29.secret", PLACE);
  expect(unseal(sealed, PLACE)).toBe("ya29.secret");
  for (const elsewhere of [{ clinicId: "c2" }, { rowId: "r2" }, { purpose: "access_token" }])
    expect(() => unseal(sealed, { ...PLACE, ...elsewhere })).toThrow();
});

test("the ciphertext shows nothing of the secret, and one changed byte keeps it shut", () => {
  const sealed = seal("ya29.secret", PLACE);
  expect(Buffer.from(sealed.sealed, "base64url").toString("latin1")).not.toContain("ya29");
  const bytes = Buffer.from(sealed.sealed, "base64url");
  for (const at of [0, 14, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(() => unseal({ ...sealed, sealed: changed.toString("base64url") }, PLACE)).toThrow();
  }
});

test("no nonce comes twice", () => {
  const nonces = new Set<string>();
  for (let i = 0; i < 20_000; i++) nonces.add(seal("x", PLACE).sealed.slice(0, 16));
  expect(nonces.size).toBe(20_000);
});

test("a value of a key that is gone says which one is missing", () => {
  const sealed = seal("x", PLACE);
  expect(isSealedWithOldKey(sealed)).toBe(false);
  expect(isSealedWithOldKey({ ...sealed, keyId: "older" })).toBe(true);
  expect(() => unseal({ ...sealed, keyId: "older" }, PLACE)).toThrow(/no key older/);
});
