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

// What was typed and not sent is not left on the machine for whoever logs in next.
document.querySelectorAll("form[data-log-out]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    Object.keys(localStorage)
      .filter((key) => key.startsWith("phieu:"))
      .forEach((key) => localStorage.removeItem(key));
    if (!window.indexedDB) return;
    event.preventDefault();
    const away = indexedDB.deleteDatabase("tep-chua-gui");
    const leave = new Promise((done) => {
      // while something is being written it waits, and goes as soon as that is done
      ["success", "error", "blocked"].forEach((end) => away.addEventListener(end, done));
    });
    leave.then(() => form.submit());
  });
});

const mistakes = document.querySelector("[autofocus][role=alert]");
if (mistakes) mistakes.focus();
