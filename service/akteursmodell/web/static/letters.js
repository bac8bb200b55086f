// Escape hides the words of a letter that is pointed at or focused (WCAG 1.4.13); the next letter shows its own.
const QUIET = "is-quiet";

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    document.querySelectorAll(".letter:is(:hover, :focus)").forEach((letter) => letter.classList.add(QUIET));
  }
});

for (const name of ["focusout", "pointerout"]) {
  document.addEventListener(name, (event) => event.target.closest?.(".letter")?.classList.remove(QUIET));
}
