// One key for each decision, and one decision for each answer shown: presses before the page shows the next one are dropped.
const KEYS = {
  1: "correct", c: "correct", 2: "incorrect", x: "incorrect", 3: "skip", s: "skip", u: "back", ArrowLeft: "back",
};
let acted = null; // data-turn of the answer for which a press was passed on

document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "Escape" && writing) return writing.blur();
  if (event.key === "Tab" && !event.shiftKey && event.target.matches(".code textarea")) {
    event.preventDefault(); // Escape leaves the field, after which Tab moves on
    return document.execCommand("insertText", false, "    ");
  }
  if (writing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!document.getElementById("place")) return;
  const note = event.key === "n" && document.querySelector("#note textarea, #note input");
  const button = document.getElementById(KEYS[event.key] ?? "");
  if (note || button) event.preventDefault();
  if (note) note.focus();
  else button?.click();
});

document.addEventListener("click", (event) => {
  const place = document.getElementById("place");
  if (!place || !event.target.closest("#decide button")) return;
  if (place.dataset.turn === acted) event.stopImmediatePropagation();
  acted = place.dataset.turn;
}, true);
