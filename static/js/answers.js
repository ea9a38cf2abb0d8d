// What a card of the entry page shows while its answer is typed; the page is complete without it.
"use strict";

const MOST_DIGITS = 15; // of a number that the portal accepts

// A whole number as offices type it: 1234, 1.234, 1 234; anything else is left to the server.
function readNumber(text) {
  const typed = text.trim();
  if (!/^(\d+|\d{1,3}([. ]\d{3})+)$/.test(typed)) return null;
  const digits = typed.replace(/[. ]/g, "");
  return digits.length > MOST_DIGITS ? null : Number(digits);
}

// A share as the portal writes it: a whole one without decimals, any other with two, half up.
function writtenShare(part, whole) {
  const [some, all] = [BigInt(part), BigInt(whole)];
  const digits = (some * 100n) % all ? 2 : 0;
  const hundredths = Number((some * 20000n + all) / (all * 2n));
  return (hundredths / 100).toLocaleString("vi-VN", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

// The share that two numbers make, while they are typed; the server computes its own.
function showShare(card) {
  const shown = card.querySelector("[data-share-shown]");
  const [part, whole] = card.dataset.share
    .split(" ")
    .map((id) => document.getElementById(id))
    .map((field) => (field.disabled ? null : readNumber(field.value)));
  // more people than there are is refused, and so is no share of them
  shown.hidden = part === null || !whole || part === 0 || part > whole;
  if (shown.hidden) return;
  shown.textContent = `Tỷ lệ: ${writtenShare(part, whole)}%`;
}

// What does not belong to the chosen answer is put aside, not lost: it returns with the choice.
function setAside(part, aside) {
  part.hidden = aside;
  part.querySelectorAll("input, select, textarea").forEach((field) => {
    field.disabled = aside;
  });
}

function showAnswer(card) {
  const chosen = card.querySelector("input[type=radio][name$='-answer']:checked");
  if (!chosen) return;
  const reason = card.querySelector("[data-reason]");
  const measured = document.getElementById(card.dataset.measured);
  setAside(card.querySelector("[data-numbers]"), chosen.value === "not_arising");
  if (reason) setAside(reason, chosen.value !== "not_arising");
  if (measured && chosen.value !== "not_arising") {
    setAside(measured.closest(".field"), chosen.value === "zero");
  }
}

// Below the number that decides whether a union counts at all, nothing else is asked.
function showBelow(card) {
  const [id, least] = card.dataset.basis.split(" ");
  const basis = document.getElementById(id);
  const rest = [...card.querySelectorAll("[data-numbers] .field")].filter(
    (field) => !field.contains(basis),
  );
  const number = readNumber(basis.value);
  const below = number !== null && number < Number(least);
  rest.forEach((field) => setAside(field, below));
  return below;
}

// A card as it is to be shown by now.
function drawCard(card) {
  if (card.dataset.figure === undefined) return;
  const below = card.dataset.basis && showBelow(card);
  if (!below) showAnswer(card);
  if (card.dataset.share) showShare(card);
}

// “Không có” and a text exclude each other.
function excludeEachOther(box, typed) {
  const text = box.querySelector("textarea");
  const none = box.querySelector("input[type=checkbox]");
  if (typed === text && text.value.trim()) none.checked = false;
}

// A proposed number is put into its box as if it had been typed there.
function takeProposed(button) {
  const card = button.closest("[data-card]");
  const number = card.querySelector("input[type=radio][name$='-answer'][value=number]");
  if (number && !number.checked) {
    number.checked = true;
    number.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const field = document.getElementById(button.dataset.take);
  field.value = Number(button.dataset.number).toLocaleString("vi-VN");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

document.querySelectorAll("#phieu").forEach((form) => {
  const draw = (event) => {
    const card = event.target.closest("[data-card]");
    if (!card) return;
    if (card.dataset.words !== undefined) excludeEachOther(card, event.target);
    drawCard(card);
  };
  form.addEventListener("input", draw);
  form.addEventListener("change", draw);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    event.preventDefault();
    takeProposed(button);
  });
  form.querySelectorAll("[data-figure]").forEach(drawCard);
});
