import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { md5 } from "./md5.ts";

test("is the digest that everybody else computes", () => {
  // RFC 1321, A.5
  expect(md5("")).toBe("d41d8cd98f00b204e9800998ecf8427e");
  expect(md5("message digest")).toBe("f96b697d7cb7938d525a2f31aaf161d0");
  const anyText = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.constantFrom("é".repeat(28), "x".repeat(56), "\0"),
  );
  fc.assert(
    fc.property(anyText, (text) => {
      expect(md5(text)).toBe(createHash("md5").update(text, "utf8").digest("hex"));
    }),
  );
});
