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
