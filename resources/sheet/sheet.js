"use strict";
const cells = [...document.querySelectorAll("figure")];
const homes = new Map(cells.map((cell) => [cell, cell.parentElement]));
const order = document.getElementById("order");
const size = document.getElementById("size");
const zoom = document.getElementById("zoom");
const picture = zoom.querySelector("img");
let shown = null;

function arrange() {
  const [key, direction] = order.value.split(" ");
  for (const section of document.querySelectorAll("section")) {
    const own = cells.filter((cell) => section.contains(cell));
    const sorted = section.querySelector(".sorted");
    section.querySelector(".original").hidden = Boolean(key);
    sorted.hidden = !key;
    if (key) {
      const sign = direction === "up" ? 1 : -1;
      const value = (cell) => (key in cell.dataset ? Number(cell.dataset[key]) : null);
      own.sort((one, other) => {
        const [a, b] = [value(one), value(other)];
        if (a === null || b === null) return (a === null) - (b === null) || one.dataset.order - other.dataset.order;
        return sign * (a - b) || one.dataset.order - other.dataset.order;
      });
      sorted.append(...own);
    } else {
      for (const cell of own) homes.get(cell).append(cell);
    }
  }
}

function images() {
  return [...document.querySelectorAll("figure")].filter((cell) => cell.querySelector("img"));
}

function show(cell) {
  const [all, image] = [images(), cell.querySelector("img")];
  shown = cell;
  picture.src = image.src;
  picture.alt = image.alt;
  zoom.classList.toggle("whole", image.naturalWidth <= 256);
  zoom.querySelector(".said").textContent = image.alt;
  zoom.querySelector(".counted").textContent = `${all.indexOf(cell) + 1} of ${all.length}`;
  if (!zoom.open) zoom.showModal();
}

function step(by) {
  const all = images();
  show(all[(all.indexOf(shown) + by + all.length) % all.length]);
}

for (const cell of cells) cell.querySelector("button")?.addEventListener("click", () => show(cell));
order?.addEventListener("change", arrange);
size.addEventListener("input", () => document.documentElement.style.setProperty("--tile", `${size.value}px`));
zoom.querySelector(".back").addEventListener("click", () => step(-1));
zoom.querySelector(".on").addEventListener("click", () => step(1));
zoom.querySelector(".close").addEventListener("click", () => zoom.close());
zoom.addEventListener("click", (event) => { if (event.target === zoom || event.target === picture) zoom.close(); });
zoom.addEventListener("close", () => shown?.querySelector("button")?.focus());
zoom.addEventListener("keydown", (event) => {
  const all = images();
  const moves = {
    ArrowLeft: () => step(-1), ArrowUp: () => step(-1), ArrowRight: () => step(1), ArrowDown: () => step(1),
    Home: () => show(all[0]), End: () => show(all[all.length - 1]),
  };
  if (event.key in moves) {
    event.preventDefault();
    moves[event.key]();
  }
});
