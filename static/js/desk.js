// The review desk: the next and the previous submission of the list by one key.
"use strict";

const KEYS_OFF = "desk-keys-off";

// Whoever types, chooses in a field or holds another key means something else.
function isTyping(event) {
  const field = event.target.closest("input, textarea, select, [contenteditable]");
  const other = event.ctrlKey || event.altKey || event.metaKey;
  return other || (field && field.type !== "checkbox");
}

document.addEventListener("keydown", (event) => {
  if (isTyping(event) || localStorage.getItem(KEYS_OFF)) return;
  const link = document.querySelector(`a[data-key="${event.key.toLowerCase()}"]`);
  if (link) link.click();
});

// Single keys can be switched off, for those whose tools send letters of their own.
document.addEventListener("DOMContentLoaded", () => {
  const choice = document.querySelector("[data-keys-choice]");
  if (!choice) return;
  choice.closest("label").hidden = false;
  choice.checked = !localStorage.getItem(KEYS_OFF);
  choice.addEventListener("change", () => {
    if (choice.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
  });
});
