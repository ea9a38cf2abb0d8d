// The cards of the entry page: what each holds, what of it is kept on this machine until it is
// saved, and what the person is told beneath it. sending.js sends them, saving.js notices typing.
"use strict";

const form = document.getElementById("phieu");
const told = form.querySelector("[data-told]");
const store = `phieu:${form.dataset.person}:${form.dataset.submission}`;
const cards = new Map();
// how each card was stored when it was drawn
const marks = new Map(form.elements.drawn.value.split(" ").map((mark) => mark.split(":")));

// --- what a card is ------------------------------------------------------------------------------

function cardOf(element) {
  const key = element.dataset.card;
  if (!cards.has(key)) {
    cards.set(key, { key, changes: 0, dirty: false, failed: false, timer: 0, lost: [] });
  }
  const card = cards.get(key);
  card.element = element;
  return card;
}

function fieldsOf(card) {
  return [...card.element.querySelectorAll("input, select, textarea")].filter(
    (field) => field.name && !field.disabled,
  );
}

function fileFields(card) {
  return fieldsOf(card).filter((field) => field.type === "file");
}

function filesOf(card) {
  return fileFields(card).flatMap((field) => [...field.files]);
}

// What a browser would send of the card, without its files.
function typedIn(card) {
  return fieldsOf(card)
    .filter((field) => field.type !== "file")
    .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
    .map((field) => [field.name, field.value]);
}

// A box that stands alone says as much without its tick.
function isEmpty(card) {
  const fields = fieldsOf(card);
  if (fields.every((field) => field.type === "checkbox")) return false;
  return !fields.some((field) =>
    ["radio", "hidden"].includes(field.type)
      ? false
      : field.type === "checkbox"
        ? field.checked
        : field.value.trim(),
  );
}

function putIn(card, typed) {
  fieldsOf(card).forEach((field) => {
    const values = typed.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") {
      field.checked = values.includes(field.value);
    } else if (field.type !== "file" && values.length) {
      [field.value] = values;
    }
  });
  drawCard(card.element);
}

// --- what is kept on this machine until it is saved ----------------------------------------------

function kept() {
  try {
    return JSON.parse(localStorage.getItem(store)) || {};
  } catch {
    return {};
  }
}

function keep(change) {
  const all = kept();
  change(all);
  try {
    if (Object.keys(all).length) localStorage.setItem(store, JSON.stringify(all));
    else localStorage.removeItem(store);
  } catch {
    // a machine that keeps nothing: the page itself still holds what was typed
  }
}

function keepTyped(card) {
  keep((all) => {
    all[card.key] = { typed: typedIn(card), drawn: marks.get(card.key), files: namesOf(card) };
  });
}

// Of the files that are not sent: those chosen, and those that were chosen before and are gone.
function namesOf(card) {
  return [...filesOf(card).map((file) => file.name), ...card.lost];
}

function keepChosen(card) {
  card.kept = keepFiles(`${store}:${card.key}`, filesOf(card));
  return card.kept;
}

// What is saved need not be kept, but the names of files that are gone.
function forget(card) {
  const had = kept()[card.key];
  keep((all) => {
    if (card.lost.length) all[card.key] = { files: card.lost };
    else delete all[card.key];
  });
  if (had && had.files && had.files.length) keepChosen(card);
}

// What was chosen is kept on this machine, at once and again when pictures are made smaller.
async function prepare(card) {
  await keepChosen(card);
  await Promise.all(
    fileFields(card).map(async (field) => {
      const chosen = field.files;
      const smaller = await Promise.all([...chosen].map(smallerPicture));
      if (field.files === chosen) putFiles(field, smaller);
    }),
  );
  await keepChosen(card);
}

// --- what the person is told ---------------------------------------------------------------------

function say(card, sentence, result) {
  const line = document.getElementById(`luu-${card.key}`);
  const text = document.createElement("p");
  text.textContent = sentence;
  line.replaceChildren(text);
  line.dataset.result = result;
}

// What is to be known of files that cannot be kept along with what was typed.
async function ofFiles(card) {
  const files = filesOf(card);
  if (!files.length || (await card.kept)) return "";
  const names = files.map((file) => `“${file.name}”`).join(", ");
  return ` Riêng tệp ${names} không giữ được khi đóng trang: khi mở lại, hãy chọn lại.`;
}

// Files that were chosen, never sent and are gone.
function tellLost(card) {
  card.element.querySelectorAll("[data-lost]").forEach((line) => line.remove());
  const [field] = fileFields(card);
  if (!card.lost.length || !field) return;
  const names = card.lost.map((name) => `“${name}”`).join(", ");
  const line = document.createElement("p");
  const none = document.createElement("button");
  line.dataset.lost = "";
  line.className = "card-unsaved";
  line.textContent = `Tệp ${names} chưa gửi: hãy chọn lại. `;
  none.type = "button";
  none.className = "btn btn-outline-primary";
  none.dataset.forget = "";
  none.textContent = "Không gửi nữa";
  line.append(none);
  (field.closest(".field") || card.element).append(line);
}

function noneLost(card) {
  card.lost = [];
  tellLost(card);
  if (card.dirty) keepTyped(card);
  else forget(card);
  sum();
}

function sum() {
  const all = [...cards.values()];
  const waiting = all.filter((card) => card.dirty).length;
  const gone = all.flatMap((card) => card.lost).length;
  if (waiting) told.textContent = `Còn ${waiting} mục chưa lưu`;
  else if (gone) told.textContent = `Còn ${gone} tệp chưa gửi, hãy chọn lại`;
  else if (all.some((card) => card.saved)) told.textContent = "Đã lưu tất cả";
}

// The parts of an answer stand in the page under the same ids.
function place(answer) {
  answer.querySelectorAll("[id]").forEach((part) => {
    const old = document.getElementById(part.id);
    if (!old || part.dataset.fault !== undefined || part.closest("[data-placed]")) return;
    const typing = document.activeElement;
    if (old.contains(typing) && typing.matches("textarea, select, [type=text]")) return;
    old.replaceChildren(...part.childNodes);
    part.dataset.placed = "";
    if (part.dataset.result) old.dataset.result = part.dataset.result;
  });
}

function markFaults(card, answer) {
  card.element.querySelectorAll(".invalid-feedback").forEach((fault) => fault.remove());
  card.element.querySelectorAll("[aria-invalid]").forEach((field) => {
    field.removeAttribute("aria-invalid");
  });
  // nobody is scolded for the second number while typing the first
  if (card.element.contains(document.activeElement)) return;
  answer.querySelectorAll("[data-fault]").forEach((fault) => {
    const field = document.getElementById(fault.dataset.fault);
    if (!field) return;
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", fault.id);
    (field.closest(".field") || card.element).append(fault);
  });
}
