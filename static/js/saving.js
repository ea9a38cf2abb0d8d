// The entry page saves each card by itself while somebody types. Without it the same page has a
// button that saves the whole. cards.js and sending.js hold what it calls.
"use strict";

const PAUSE = 1500; // after the last key
const BEAT = 25000; // how often the page says that it is open

// --- noticing what is typed ----------------------------------------------------------------------

function changed(card, soon) {
  card.changes += 1;
  card.dirty = true;
  card.clashed = "";
  keepTyped(card);
  sum();
  window.clearTimeout(card.timer);
  // an answer is not taken away while it is typed anew, only once its card is left
  if (isEmpty(card) && !soon) return;
  card.timer = window.setTimeout(() => queue(card), soon ? 0 : PAUSE);
}

function chose(card) {
  card.lost = [];
  tellLost(card);
  say(card, "Đang chuẩn bị tệp…", "saving");
  card.prepared = prepare(card);
}

form.addEventListener("input", (event) => {
  const element = event.target.closest("[data-card]");
  if (element) changed(cardOf(element), false);
});
form.addEventListener("change", (event) => {
  const element = event.target.closest("[data-card]");
  const chosen = ["radio", "checkbox", "file", "select-one"].includes(event.target.type);
  if (element && event.target.type === "file") chose(cardOf(element));
  if (element && chosen) changed(cardOf(element), !isEmpty(cardOf(element)));
});
form.addEventListener("focusout", (event) => {
  const element = event.target.closest("[data-card]");
  if (!element || element.contains(event.relatedTarget)) return;
  const card = cardOf(element);
  // what is on its way as it stands is not sent twice
  if (card.sending && card.changes === card.sent) return;
  if (card.dirty || card.failed) {
    card.dirty = card.dirty || card.failed;
    queue(card);
  }
});
form.addEventListener("click", (event) => {
  const element = event.target.closest("[data-card]");
  if (event.target.closest("[data-keep-mine]")) {
    const card = cardOf(element);
    marks.set(card.key, card.clashed);
    queue(card);
  } else if (event.target.closest("[data-take-theirs]")) {
    takeStored([element.dataset.card]);
  } else if (event.target.closest("[data-forget]")) {
    noneLost(cardOf(element));
  }
});

// --- the buttons of the whole page ---------------------------------------------------------------

async function saveAll() {
  await sendAll();
  const left = [...cards.values()].find((card) => card.dirty);
  if (left) left.element.scrollIntoView({ block: "center" });
  return !left;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (event.submitter && event.submitter.name === "rest") {
    form.querySelectorAll("[data-words]").forEach((box) => {
      const none = box.querySelector("input[type=checkbox]");
      if (none.checked || box.querySelector("textarea").value.trim()) return;
      none.checked = true;
      changed(cardOf(box), true);
    });
  }
  const gone = [...cards.values()].some((card) => card.lost.length);
  if ((await saveAll()) && !gone) told.textContent = "Đã lưu tất cả";
});
form.querySelector("[data-hand-in]").addEventListener("click", async (event) => {
  event.preventDefault();
  const { handIn } = event.currentTarget.dataset;
  if (await saveAll()) location.assign(handIn);
});
window.addEventListener("beforeunload", (event) => {
  if (!leaving && [...cards.values()].some((card) => card.dirty)) event.preventDefault();
});
window.addEventListener("pagehide", () => {
  const word = new FormData();
  word.set("left", "1");
  word.set("csrfmiddlewaretoken", token());
  navigator.sendBeacon(form.dataset.presence, word);
});
window.addEventListener("offline", () => {
  connection(false);
  underWay.forEach((request) => request.abort());
});
window.addEventListener("online", () => {
  connection(true);
  sendAll();
});

// --- the beginning -------------------------------------------------------------------------------

// Files that were chosen and not sent; of those that are gone the names are told.
async function takeFiles(card, names) {
  const [field] = fileFields(card);
  const files = field ? await keptFiles(`${store}:${card.key}`) : [];
  if (files.length && putFiles(field, files)) card.kept = Promise.resolve(true);
  const there = filesOf(card).map((file) => file.name);
  card.lost = names.filter((name) => !there.includes(name));
  tellLost(card);
  sum();
}

// A page that came back with mistakes holds what is not saved.
const cameBack = document.querySelector("[autofocus][role=alert]") !== null;
form.querySelectorAll("[data-card]").forEach((element) => {
  const card = cardOf(element);
  const left = cameBack ? null : kept()[card.key];
  const chosen = left && left.files && left.files.length;
  if (chosen) card.prepared = takeFiles(card, left.files);
  if (left && left.typed) {
    putIn(card, left.typed);
    marks.set(card.key, left.drawn);
    card.dirty = true;
    say(card, "Đã lấy lại những gì chưa kịp lưu trên máy này.", "saving");
    if (chosen) card.prepared.then(() => queue(card));
    else queue(card);
  } else if (cameBack && element.querySelector("[aria-invalid]")) {
    card.dirty = true;
  }
});
if (!navigator.onLine) connection(false);
sum();
window.setInterval(beat, BEAT);
document.addEventListener("visibilitychange", beat);
beat();
