// The entry page and the portal: each card is sent by itself, what cannot be sent is sent again,
// and what others store or who else is there is shown. cards.js holds what a card is.
"use strict";

const RETRY = 10000; // after a lost connection
const PATIENCE = 30000; // without any progress, after which a request counts as lost
const SLOWEST = 4; // bytes in a millisecond: what the machine took may still be under way
const UNDER_WAY = 600000; // bytes that it takes at most before they are sent
const PRESS = 2000; // no press of a button takes longer

const lost = document.getElementById("mat-ket-noi");
// a picture takes long on a slow line: the other cards do not wait for it
const lines = { words: Promise.resolve(), files: Promise.resolve() };
const underWay = new Set();
let retry = 0;
let leaving = false;
let pressed = Promise.resolve();

// Nothing is shown anew before a press has ended: a button that moves meanwhile is pressed in vain.
window.addEventListener(
  "pointerdown",
  () => {
    pressed = new Promise((ended) => {
      // the click is told right after the release
      window.addEventListener("pointerup", () => window.setTimeout(ended), { once: true });
      window.setTimeout(ended, PRESS);
    });
  },
  true,
);

function connection(there) {
  lost.hidden = there;
  if (!there) again();
}

// Once more after a while: whatever is not on its way by then.
function again() {
  window.clearTimeout(retry);
  retry = window.setTimeout(() => {
    [...cards.values()].filter((card) => card.dirty && !card.sending).forEach(queue);
  }, RETRY);
}

// Whoever logged in again, in another tab, has what was refused before sent once more.
function resume() {
  leaving = false;
  [...cards.values()].filter((card) => card.shutOut).forEach(queue);
}

// --- one card ------------------------------------------------------------------------------------

function token() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found ? found[1] : form.elements.csrfmiddlewaretoken.value;
}

// A request is lost once nothing of it has moved for a while; a long one may take its time.
function post(address, body, progress) {
  const size = [...body.values()].reduce((all, value) => all + (value.size || 0), 0);
  const patience = PATIENCE + Math.min(size, UNDER_WAY) / SLOWEST;
  const request = new XMLHttpRequest();
  let timer = 0;
  const moved = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => request.abort(), patience);
  };
  request.open("POST", address);
  request.setRequestHeader("HX-Request", "true");
  request.setRequestHeader("HX-Current-URL", location.href);
  request.setRequestHeader("X-CSRFToken", token());
  request.addEventListener("progress", moved);
  request.upload.addEventListener("progress", (event) => {
    moved();
    if (progress) progress(Math.floor((100 * event.loaded) / (event.total || 1)));
  });
  return new Promise((done, failed) => {
    request.addEventListener("load", () => done(request));
    request.addEventListener("error", failed);
    request.addEventListener("abort", failed);
    request.addEventListener("loadend", () => {
      window.clearTimeout(timer);
      underWay.delete(request);
    });
    underWay.add(request);
    moved();
    request.send(body);
  }).finally(() => pressed);
}

// The last field tells that nothing was cut off on its way.
function bodyOf(card) {
  const body = new FormData();
  typedIn(card).forEach(([name, value]) => body.append(name, value));
  fileFields(card).forEach((field) => {
    [...field.files].forEach((file) => body.append(field.name, file));
  });
  body.append("drawn", marks.get(card.key) || "");
  body.append("revision", form.elements.revision.value);
  body.append("person", form.dataset.person);
  body.append("whole", form.elements.whole.value);
  return body;
}

async function send(card) {
  card.queued = false;
  card.shutOut = false;
  await card.prepared;
  await pressed;
  if (!card.dirty) return;
  window.clearTimeout(card.timer);
  const { changes } = card;
  const files = filesOf(card);
  const progress = (percent) => say(card, `Đang gửi tệp… ${percent}%`, "saving");
  if (files.length) progress(0);
  else say(card, "Đang lưu…", "saving");
  card.sending = true;
  card.sent = changes;
  let response;
  try {
    const address = form.dataset.saves.replace(/o\/$/, `${card.key}/`);
    response = await post(address, bodyOf(card), files.length ? progress : null);
  } catch {
    await failed(card, files);
    return;
  } finally {
    card.sending = false;
  }
  connection(true);
  await answered(card, changes, response, files);
}

// A file that did not get through says nothing of the line, which may carry all the rest.
async function failed(card, files) {
  const more = await ofFiles(card);
  const lone = files.length && navigator.onLine;
  const why = lone ? "Chưa gửi được tệp, mạng chậm." : "Chưa lưu: mất kết nối.";
  say(card, `${why} Nội dung được giữ trên máy này và tự gửi lại.${more}`, "lost");
  if (lone) again();
  else connection(false);
}

async function answered(card, changes, response, files) {
  const page = new DOMParser().parseFromString(response.responseText, "text/html");
  const answer = page.querySelector("[data-answer]");
  card.failed = !answer || answer.dataset.answer !== "saved";
  if (!card.failed) {
    takeSent(card, files);
    resume();
  }
  if (!answer) {
    refused(card, response, page, await ofFiles(card));
  } else if (card.changes === changes) {
    settle(card, answer);
  } else if (answer.dataset.answer === "saved") {
    remember(card, answer);
    keepTyped(card);
  }
  sum();
}

// Files that arrived are not sent again with what was typed meanwhile.
function takeSent(card, sent) {
  if (!sent.length) return;
  fileFields(card).forEach((field) => {
    const left = [...field.files].filter((file) => !sent.includes(file));
    if (left.length) putFiles(field, left);
    else field.value = "";
  });
  keepChosen(card);
}

// What was sent is what the card shows.
function settle(card, answer) {
  const result = answer.dataset.answer;
  card.clashed = result === "clash" ? answer.dataset.mark : "";
  markFaults(card, answer);
  if (result === "saved") {
    remember(card, answer);
    card.dirty = false;
    card.saved = true;
    forget(card);
  }
  place(answer);
  if (result === "stale") takeStored([card.key]);
  if (result === "saved" && ![...cards.values()].some((one) => one.dirty)) beat();
}

function remember(card, answer) {
  marks.set(card.key, answer.dataset.mark);
  form.elements.drawn.value = [...marks].map((pair) => pair.join(":")).join(" ");
  if (answer.dataset.revision) form.elements.revision.value = answer.dataset.revision;
}

function refused(card, response, page, more) {
  const login = response.getResponseHeader("HX-Redirect");
  if (login) {
    const kept = "Chưa lưu: phiên làm việc đã hết. Nội dung được giữ trên máy này.";
    say(card, `${kept}${more} `, "lost");
    const link = document.createElement("a");
    link.href = login;
    link.textContent = "Đăng nhập lại";
    document.getElementById(`luu-${card.key}`).firstChild.append(link);
    leaving = true;
    card.shutOut = true;
  } else if (response.status === 422) {
    say(card, page.body.textContent.trim(), "wrong");
  } else if (response.status >= 500 || response.status === 429) {
    say(card, `Chưa lưu: hệ thống đang bận. Trang sẽ tự gửi lại.${more}`, "lost");
    again();
  } else {
    say(card, "Chưa lưu: không còn được nhập mục này. Hãy tải lại trang để xem vì sao.", "wrong");
  }
}

// Each card once at a time, and those with files behind each other.
function queue(card) {
  if (!card.queued) {
    const line = filesOf(card).length ? "files" : "words";
    card.queued = true;
    card.turn = Promise.all([lines[line], card.turn]).then(() => send(card));
    lines[line] = card.turn;
  }
  return card.turn;
}

function sendAll() {
  [...cards.values()].filter((card) => card.dirty).forEach(queue);
  return Promise.all(Object.values(lines));
}

// --- the page as it is stored by now -------------------------------------------------------------

// Cards that others changed are drawn anew; what this person is typing is left alone.
async function takeStored(wanted) {
  let page;
  try {
    const response = await fetch(location.pathname);
    page = new DOMParser().parseFromString(await response.text(), "text/html");
    await pressed;
  } catch {
    return;
  }
  const fresh = page.querySelector("#phieu");
  if (!fresh) return;
  const drawn = new Map(fresh.elements.drawn.value.split(" ").map((mark) => mark.split(":")));
  drawn.forEach((mark, key) => {
    const forced = wanted.includes(key);
    if (marks.get(key) !== mark || forced) replaceCard(key, mark, fresh, forced);
  });
  if ([...marks].every(([key, mark]) => drawn.get(key) === mark)) {
    form.elements.revision.value = fresh.elements.revision.value;
  }
  form.elements.drawn.value = [...marks].map((pair) => pair.join(":")).join(" ");
  sum();
}

function replaceCard(key, mark, fresh, forced) {
  const old = form.querySelector(`[data-card="${key}"]`);
  const now = fresh.querySelector(`[data-card="${key}"]`);
  if (!old || !now) return;
  const card = cardOf(old);
  const busy = card.dirty || old.contains(document.activeElement);
  if (busy && !forced) return;
  const shown = document.importNode(now, true);
  old.replaceWith(shown);
  card.element = shown;
  card.dirty = false;
  card.failed = false;
  marks.set(key, mark);
  forget(card);
  drawCard(shown);
  tellLost(card);
  say(card, "Người khác vừa sửa mục này; đây là bản đã lưu.", "theirs");
}

// --- who is there --------------------------------------------------------------------------------

async function beat() {
  if (document.hidden) return;
  try {
    const response = await post(form.dataset.presence, new FormData());
    if (response.status !== 200) return;
    const page = new DOMParser().parseFromString(response.responseText, "text/html");
    const answer = page.querySelector("[data-answer]");
    place(answer);
    resume();
    if (answer.dataset.revision !== form.elements.revision.value) takeStored([]);
    if (!lost.hidden) sendAll();
  } catch {
    // the next word, or the next save, tells of the lost connection
  }
}
