"use strict";
// One line for all pictures: the same place of magnitude and phase is compared.
const figures = [...document.querySelectorAll(".compare")];
const show = (value) => {
  for (const figure of figures) {
    const range = figure.querySelector("input");
    range.value = value;
    range.setAttribute(
      "aria-valuetext",
      `${value} % ${figure.dataset.before}, ${100 - value} % ${figure.dataset.after}`,
    );
    figure.style.setProperty("--cut", `${value}%`);
  }
};
for (const figure of figures) {
  figure.querySelector("input").addEventListener("input", (event) => show(Number(event.target.value)));
}
show(50);
