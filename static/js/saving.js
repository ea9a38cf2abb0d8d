// The entry page saves each card by itself while somebody types, keeps what cannot be sent, and
// shows who else is there. Without it the same page has a button that saves the whole.
"use strict";

const PAUSE = 1500; // after the last key
const RETRY = 10000; // after a lost connection
const BEAT = 25000; // how often the page says that it is open
const PATIENCE = 30000; // after which a request counts as lost

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
  let sending = Promise.resolve();
  let retry = 0;
  let leaving = false;

  // --- what a card is ------------------------------------------------------------------------

  function cardOf(element) {
    const key = element.dataset.card;
    if (!cards.has(key)) cards.set(key, { key, changes: 0, dirty: false, failed: false, timer: 0 });
    const card = cards.get(key);
    card.element = element;
    return card;
  }

  function fieldsOf(card) {
    return [...card.element.querySelectorAll("input, select, textarea")].filter(
      (field) => field.name && !field.disabled,
    );
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
      all[card.key] = { typed: typedIn(card), drawn: marks.get(card.key) };
    });
  }

  // --- what the person is told -----------------------------------------------------------------

  function say(card, sentence, result) {
    const line = document.getElementById(`luu-${card.key}`);
    const text = document.createElement("p");
    text.textContent = sentence;
    line.replaceChildren(text);
    line.dataset.result = result;
  }

  function sum() {
    const all = [...cards.values()];
    const waiting = all.filter((card) => card.dirty).length;
    if (waiting) told.textContent = `Còn ${waiting} mục chưa lưu`;
    else if (all.some((card) => card.saved)) told.textContent = "Đã lưu tất cả";
  }

  function connection(there) {
    lost.hidden = there;
    window.clearTimeout(retry);
    if (!there) retry = window.setTimeout(sendAll, RETRY);
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

  async function post(address, body) {
    const patience = new AbortController();
    const timer = window.setTimeout(() => patience.abort(), PATIENCE);
    try {
      return await fetch(address, {
        method: "POST",
        body,
        headers: { "HX-Request": "true", "HX-Current-URL": location.href, "X-CSRFToken": token() },
        signal: patience.signal,
      });
    } finally {
      window.clearTimeout(timer);
    }
  }

  function bodyOf(card) {
    const body = new FormData();
    typedIn(card).forEach(([name, value]) => body.append(name, value));
    fieldsOf(card)
      .filter((field) => field.type === "file")
      .forEach((field) => [...field.files].forEach((file) => body.append(field.name, file)));
    body.set("drawn", marks.get(card.key) || "");
    body.set("revision", form.elements.revision.value);
    body.set("person", form.dataset.person);
    return body;
  }

  async function send(card) {
    if (!card.dirty) return;
    window.clearTimeout(card.timer);
    const changes = card.changes;
    say(card, "Đang lưu…", "saving");
    let response;
    let text;
    try {
      response = await post(form.dataset.saves.replace(/o\/$/, `${card.key}/`), bodyOf(card));
      text = await response.text();
    } catch {
      say(card, "Chưa lưu: mất kết nối. Nội dung được giữ trên máy này và tự gửi lại.", "lost");
      connection(false);
      return;
    }
    connection(true);
    answered(card, changes, response, text);
  }

  function answered(card, changes, response, text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const answer = page.querySelector("[data-answer]");
    card.failed = !answer || answer.dataset.answer !== "saved";
    if (!answer) {
      refused(card, response, page);
    } else if (card.changes === changes) {
      settle(card, answer);
    } else if (answer.dataset.answer === "saved") {
      remember(card, answer);
    }
    sum();
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
      keep((all) => delete all[card.key]);
      fieldsOf(card).forEach((field) => {
        if (field.type === "file") field.value = "";
      });
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

  function refused(card, response, page) {
    const login = response.headers.get("HX-Redirect");
    if (login) {
      say(card, "Chưa lưu: phiên làm việc đã hết. Nội dung được giữ trên máy này. ", "lost");
      const link = document.createElement("a");
      link.href = login;
      link.textContent = "Đăng nhập lại";
      document.getElementById(`luu-${card.key}`).firstChild.append(link);
      leaving = true;
    } else if (response.status === 422) {
      say(card, page.body.textContent.trim(), "wrong");
    } else if (response.status >= 500 || response.status === 429) {
      say(card, "Chưa lưu: hệ thống đang bận. Trang sẽ tự gửi lại.", "lost");
      window.clearTimeout(retry);
      retry = window.setTimeout(sendAll, RETRY);
    } else {
      say(card, "Chưa lưu: không còn được nhập mục này. Hãy tải lại trang để xem vì sao.", "wrong");
    }
  }

  function queue(card) {
    sending = sending.then(() => send(card));
    return sending;
  }

  function sendAll() {
    [...cards.values()].filter((card) => card.dirty).forEach(queue);
    return sending;
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

  form.addEventListener("input", (event) => {
    const element = event.target.closest("[data-card]");
    if (element) changed(cardOf(element), false);
  });
  form.addEventListener("change", (event) => {
    const element = event.target.closest("[data-card]");
    const chosen = ["radio", "checkbox", "file", "select-one"].includes(event.target.type);
    if (element && chosen) changed(cardOf(element), !isEmpty(cardOf(element)));
  });
  form.addEventListener("focusout", (event) => {
    const element = event.target.closest("[data-card]");
    if (!element || element.contains(event.relatedTarget)) return;
    const card = cardOf(element);
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
    keep((all) => delete all[key]);
    drawCard(shown);
    say(card, "Người khác vừa sửa mục này; đây là bản đã lưu.", "theirs");
  }

  // --- who is there ------------------------------------------------------------------------------

  async function beat() {
    if (document.hidden) return;
    try {
      const response = await post(form.dataset.presence, new FormData());
      if (!response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
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
    await sending;
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
    if (await saveAll()) told.textContent = "Đã lưu tất cả";
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
  window.addEventListener("offline", () => connection(false));
  window.addEventListener("online", () => {
    connection(true);
    sendAll();
  });

  // --- the beginning -----------------------------------------------------------------------------

  // A page that came back with mistakes holds what is not saved.
  const cameBack = document.querySelector("[autofocus][role=alert]") !== null;
  form.querySelectorAll("[data-card]").forEach((element) => {
    const card = cardOf(element);
    const typed = kept()[card.key];
    if (typed && !cameBack) {
      putIn(card, typed.typed);
      marks.set(card.key, typed.drawn);
      card.dirty = true;
      say(card, "Đã lấy lại những gì chưa kịp lưu trên máy này.", "saving");
      queue(card);
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
