// Small conveniences; every page is complete without them.
"use strict";

// A menu that opens over the page closes again: Escape, or a click beside it.
function closeDropdowns(except) {
  document.querySelectorAll("details[data-dropdown][open]").forEach((menu) => {
    if (!except || !menu.contains(except)) menu.open = false;
  });
}
document.addEventListener("click", (event) => closeDropdowns(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeDropdowns(null);
});

// A whole number as offices type it: 1234, 1.234, 1 234; anything else is left to the server.
function readNumber(text) {
  const typed = text.trim();
  if (!/^(\d+|\d{1,3}([. ]\d{3})+)$/.test(typed)) return null;
  return Number(typed.replace(/[. ]/g, ""));
}

// The share that two numbers make, while they are typed; the server computes its own, exactly.
function showShare(card) {
  const shown = card.querySelector("[data-share-shown]");
  const [part, whole] = card.dataset.share
    .split(" ")
    .map((id) => document.getElementById(id))
    .map((field) => (field.disabled ? null : readNumber(field.value)));
  shown.hidden = part === null || !whole || part === 0;
  if (shown.hidden) return;
  const share = (Math.floor((part * 1000000) / whole) / 10000).toLocaleString("vi-VN", {
    maximumFractionDigits: 2,
  });
  shown.textContent = `Tỷ lệ: ${share}%`;
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

document.querySelectorAll("[data-figure]").forEach((card) => {
  const draw = () => {
    const below = card.dataset.basis && showBelow(card);
    if (!below) showAnswer(card);
    if (card.dataset.share) showShare(card);
  };
  card.addEventListener("input", draw);
  card.addEventListener("change", draw);
  draw();
});

// “Không có” and a text exclude each other.
document.querySelectorAll("[data-words]").forEach((box) => {
  const text = box.querySelector("textarea");
  const none = box.querySelector("input[type=checkbox]");
  text.addEventListener("input", () => {
    if (text.value.trim()) none.checked = false;
  });
});

// Typing that is not saved yet is spoken of, and not left behind without a question.
document.querySelectorAll("form[data-watched]").forEach((form) => {
  let unsaved = document.querySelector("[autofocus][role=alert]") !== null;
  const mark = form.querySelector("[data-unsaved]");
  const note = () => {
    mark.hidden = !unsaved;
  };
  form.addEventListener("input", () => {
    unsaved = true;
    note();
  });
  form.addEventListener("submit", () => {
    unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  note();
});

const mistakes = document.querySelector("[autofocus][role=alert]");
if (mistakes) mistakes.focus();
