import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutMetadata } from "../src/photos/plain_jpeg";

const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0));
const segment = (marker: number, body: readonly number[]) => [0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff, ...body];

const soi = [0xff, 0xd8];
const jfif = segment(0xe0, [...ascii("JFIF\0"), 1, 1, 0, 0, 1, 0, 1, 0, 0]);
const profile = segment(0xe2, [...ascii("ICC_PROFILE\0"), 1, 1, 9]);
const adobe = segment(0xee, [...ascii("Adobe"), 0, 100, 0, 0, 0, 0, 1]);
const table = segment(0xdb, Array<number>(65).fill(1));
// What looks like Exif in a scan is part of the picture.
const scan = [...segment(0xda, [1, 1, 0, 0, 63, 0]), 0x12, 0xff, 0xe1, 0x00, 0x04, 0xff, 0xd9];

const bytes = (...parts: readonly number[][]) => new Uint8Array(parts.flat());

test("a photo keeps its picture and how its colours are meant, and loses what Safari and others note in it", () => {
  const exif = segment(0xe1, [...ascii("Exif\0\0MM"), 1, 2, 3]);
  const photoshop = segment(0xed, ascii("Photoshop 3.0\0 8BIM"));
  const comment = segment(0xfe, ascii("made by hand"));
  const secondPicture = segment(0xe2, ascii("MPF\0 and more"));
  const plain = bytes(soi, jfif, profile, adobe, table, scan);
  assert.deepEqual(withoutMetadata(bytes(soi, jfif, exif, profile, photoshop, secondPicture, adobe, comment, table, scan)), plain);
  assert.deepEqual(withoutMetadata(plain), plain);
});

test("what is no whole JPEG stays as it is", () => {
  for (const odd of [
    bytes(),
    bytes(soi),
    bytes(soi, [0xff]),
    bytes(soi, jfif),
    bytes(soi, segment(0xe1, [1]).slice(0, 4)),
    bytes([1, 2, 3, 4, 5]),
  ])
    assert.deepEqual(withoutMetadata(odd), odd);
});
