// Buttons of the lists say in their value what they do; the page is told through one hidden field, in order.
let serial = 0;
const places = {}; // how far each place was scrolled
let shown = {}; // the turn and the place that are shown
let wanted = ""; // the button that has the focus again once the page has followed

const place = () => document.getElementById("place")?.dataset.place ?? "";
const inRow = () => !place().endsWith(":");

function act(message) {
  const field = document.querySelector("#act textarea, #act input");
  if (!field) return;
  places[place()] = window.scrollY;
  document.body.classList.add("following");
  field.value = `${++serial}:${message}`;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("#header button, #facets button, #chosen button, #rows button, #pager button");
  if (!button?.value || button.disabled) return;
  wanted = button.value;
  // The browser's own way back leads from a row to its list.
  if (button.value === "close" && history.state?.row) return history.back();
  if (/^(open|go):/.test(button.value) && !inRow()) history.pushState({ row: true }, "");
  act(button.value);
});

window.addEventListener("popstate", () => inRow() && act("close"));

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches("input, textarea")) return event.target.blur();
  if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const id = { ArrowLeft: "previous", ArrowRight: "next", Escape: "back" }[event.key];
  const target = event.key === "/" ? document.querySelector("#words input, #words textarea") : document.getElementById(id ?? "");
  if (!target || target.disabled) return;
  event.preventDefault();
  if (event.key === "/") target.focus();
  else target.click();
});

new MutationObserver(() => {
  const header = document.getElementById("place");
  if (!header || header.dataset.turn === shown.turn) return;
  const before = shown.place;
  shown = { turn: header.dataset.turn, place: header.dataset.place };
  document.body.classList.remove("following");
  requestAnimationFrame(() => {
    if (before !== undefined && before !== shown.place) window.scrollTo(0, inRow() ? 0 : (places[shown.place] ?? 0));
    else if (/^(toggle|clear|forget)/.test(wanted)) {
      const top = document.getElementById("main").getBoundingClientRect().top;
      if (top < 0) window.scrollBy(0, top); // the list is another one: from its beginning
    }
    const again = [...document.querySelectorAll("button")].find((button) => wanted && button.value === wanted);
    if (document.activeElement === document.body) again?.focus({ preventScroll: true });
  });
}).observe(document.documentElement, { childList: true, subtree: true });
