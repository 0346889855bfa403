(() => {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) faults.push(`the page is ${root.scrollWidth} px wide in ${root.clientWidth} px`);
  const name = (e) => `<${e.tagName.toLowerCase()} class="${e.getAttribute("class") ?? ""}"> ${(e.textContent ?? "").trim().slice(0, 40)}`;
  for (const e of document.querySelectorAll("main *")) {
    const box = e.getBoundingClientRect();
    if (e.closest(".scroll, defs, svg [aria-hidden]") || box.width === 0) continue;
    if (box.right > root.clientWidth + 1 || box.left < -1) faults.push(`${name(e)} leaves the window: ${box.left}…${box.right}`);
  }
  for (const image of document.images) {
    if (!image.complete || image.naturalWidth === 0) faults.push(`a picture does not show: ${image.alt}`);
    if (!image.alt) faults.push("a picture has no alternative text");
  }
  for (const text of document.querySelectorAll("svg text")) {
    const shown = Math.hypot(text.getCTM().a, text.getCTM().b) * 12;
    if (shown < 8) faults.push(`${name(text)} is drawn ${shown.toFixed(1)} px large`);
  }
  for (const svg of document.querySelectorAll("svg:not([aria-hidden])"))
    if (!svg.getAttribute("aria-label") && !svg.querySelector("title")) faults.push("a drawing has no name");
  for (const input of document.querySelectorAll("input"))
    if (!input.getAttribute("aria-label")) faults.push("an input has no name");
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) faults.push(`the id ${id} stands twice`);
  const light = (colour) => {
    const parts = colour.match(/[\d.]+/g).map(Number);
    const [r, g, b] = parts.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (!/, 0\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  for (const e of document.querySelectorAll("h1, h2, h3, p, li, dt, dd, th, td, caption, figcaption, svg text")) {
    const style = getComputedStyle(e);
    const colour = e instanceof SVGElement ? style.fill : style.color;
    const [a, b] = [light(colour), light(ground(e))].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 4.5) faults.push(`${name(e)} has a contrast of ${contrast.toFixed(1)}`);
  }
  return faults;
})();
