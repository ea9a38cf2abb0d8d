// The entry page saves each card by itself while somebody types, keeps what cannot be sent, and
// shows who else is there. Without it the same page has a button that saves the whole.
"use strict";

const PAUSE = 1500; // after the last key
const RETRY = 10000; // after a lost connection
const BEAT = 25000; // how often the page says that it is open
const PATIENCE = 30000; // without any progress, after which a request counts as lost
const SLOWEST = 4; // bytes in a millisecond: what the machine took may still be under way
const UNDER_WAY = 600000; // bytes that it takes at most before they are sent

document.querySelectorAll("form[data-saves]").forEach((form) => {
  const cards = new Map();
  const told = form.querySelector("[data-told]");
  const lost = document.getElementById("mat-ket-noi");
  const store = `phieu:${form.dataset.person}:${form.dataset.submission}`;
  const marks = new Map(
    form.elements.drawn.value
      .split(" ")
      .map((mark) => mark.split(":"))
      .map(([key, mark]) => [key, mark]),
  );
  // a picture takes long on a slow line: the other cards do not wait for it
  const lines = { words: Promise.resolve(), files: Promise.resolve() };
  const underWay = new Set();
  let retry = 0;
  let leaving = false;

  // --- what a card is ------------------------------------------------------------------------

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

  function isEmpty(card) {
    return !fieldsOf(card).some((field) =>
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

  // --- what is kept on this machine until it is saved -----------------------------------------

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

  // --- what the person is told -----------------------------------------------------------------

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

  // --- sending ---------------------------------------------------------------------------------

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
    });
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
    await card.prepared;
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
    if (!card.failed) takeSent(card, files);
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

  // --- noticing what is typed --------------------------------------------------------------------

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

  // --- the page as it is stored by now -----------------------------------------------------------

  // Cards that others changed are drawn anew; what this person is typing is left alone.
  async function takeStored(wanted) {
    let page;
    try {
      const response = await fetch(location.pathname);
      page = new DOMParser().parseFromString(await response.text(), "text/html");
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

  // --- who is there ------------------------------------------------------------------------------

  async function beat() {
    if (document.hidden) return;
    try {
      const response = await post(form.dataset.presence, new FormData());
      if (response.status !== 200) return;
      const page = new DOMParser().parseFromString(response.responseText, "text/html");
      const answer = page.querySelector("[data-answer]");
      place(answer);
      if (answer.dataset.revision !== form.elements.revision.value) takeStored([]);
      if (!lost.hidden) sendAll();
    } catch {
      // the next word, or the next save, tells of the lost connection
    }
  }

  // --- the buttons of the whole page -------------------------------------------------------------

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
    const unsaved = [...cards.values()].some((card) => card.dirty);
    if (!unsaved) return;
    event.preventDefault();
    const { href } = event.currentTarget;
    if (await saveAll()) location.assign(href);
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

  // --- the beginning -----------------------------------------------------------------------------

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
});
