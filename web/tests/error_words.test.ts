import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser";
import { messageWords } from "../src/api/message_words";
import { sentence, validationErrorWords } from "../src/lib/error_words";

test("a field that is missing says what to do", () => {
  assert.equal(validationErrorWords("pickup_date is required"), "Choose a day.");
  assert.equal(validationErrorWords("items[2].name is required"), "Write a description.");
  assert.equal(validationErrorWords("pricing.duration is required"), "Choose for how many months.");
});

test("a rule is told of the field as people call it", () => {
  assert.equal(validationErrorWords("customer_name must be at most 100 characters"), "The name can have at most 100 characters.");
  assert.equal(validationErrorWords("new_password must be at least 10 characters"), "The new password needs at least 10 characters.");
  assert.equal(validationErrorWords("address must be a string"), "The address cannot be read. Please give it again.");
  assert.equal(
    validationErrorWords("address must not contain control characters"),
    "The address has something in it that cannot be shown. Please type it anew.",
  );
});

test("some fields have words of their own", () => {
  assert.equal(validationErrorWords("email is invalid"), "This does not look like an e-mail address, such as thandi@tuks.co.za.");
  assert.equal(validationErrorWords("items must contain at most 200 entries"), "One booking takes at most 200 things.");
  assert.equal(validationErrorWords("duration_months must be a number from 1 to 12"), "Choose 1 to 12 months.");
});

test("a field that nobody has named is told by its path", () => {
  assert.equal(validationErrorWords("some_list[3].size is required"), "Some list 3 size is missing.");
});

test("a person's sentence stays as it is, whole", () => {
  assert.equal(validationErrorWords("Nobody is at home"), "Nobody is at home.");
});

test("what is for programs is told to nobody", () => {
  assert.equal(validationErrorWords("required_roles=staff,admin"), null);
  assert.equal(validationErrorWords("total=1061"), null);
});

test("a sentence has a capital letter and an end", () => {
  assert.equal(sentence("it is late"), "It is late.");
  assert.equal(sentence("Is it late?"), "Is it late?");
});

test("what the API says of a request is told in people's words, and else as it is", () => {
  assert.equal(
    messageWords("Invalid status transition: in_storage -> paid"),
    "This booking is “In storage” by now, so it cannot become “Paid”.",
  );
  assert.equal(messageWords("Your role may not do this"), "You may not do this here. Ask somebody who may.");
  assert.equal(messageWords("The disk is full"), "The disk is full");
});
