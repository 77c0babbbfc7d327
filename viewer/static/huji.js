// The little script our pages need: light the box of the field in hand, show it close up, keys of the desk.
// Everything works without it, save lighting, zoom and shortcuts.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // --- light the box of the field in hand
  const light = (holder, move) => {
    const key = holder.dataset.lights || holder.dataset.line;
    for (const rect of all(".page-image rect")) {
      const lit = rect.dataset.box === key;
      rect.classList.toggle("lit", lit);
      if (lit && move) bringIntoView(rect);
    }
    const loupe = document.getElementById("loupe");
    if (loupe && holder.dataset.cutting) {
      if (loupe.getAttribute("src") !== holder.dataset.cutting) loupe.src = holder.dataset.cutting;
      document.getElementById("loupe-name").textContent = holder.dataset.name;
    }
  };

  const bringIntoView = (rect) => {
    const frame = rect.closest(".page-image");
    const box = rect.getBoundingClientRect();
    const seen = frame.getBoundingClientRect();
    if (box.top < seen.top || box.bottom > seen.bottom) frame.scrollTop += box.top - seen.top - seen.height / 3;
    if (box.left < seen.left || box.right > seen.right) frame.scrollLeft += box.left - seen.left - seen.width / 3;
  };

  document.addEventListener("focusin", (event) => {
    const holder = event.target.closest("[data-lights]");
    if (holder) light(holder, true);
  });
  document.addEventListener("mouseover", (event) => {
    const holder = event.target.closest("[data-lights]");
    if (holder && !holder.contains(event.relatedTarget)) light(holder, true);
  });

  // --- zoom: images side by side keep together
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (!button) return;
    const room = button.closest("section, main");
    for (const other of all("[data-zoom]", room)) other.setAttribute("aria-pressed", String(other === button));
    for (const frame of all(".page-image", room)) frame.dataset.zoomed = button.dataset.zoom;
    const lit = room.querySelector("rect.lit");
    if (lit) bringIntoView(lit);
  });
  for (const pair of all("[data-together]")) {
    const frames = all(".page-image", pair);
    for (const frame of frames) {
      frame.addEventListener("scroll", () => {
        for (const other of frames) {
          if (other === frame) continue;
          other.scrollTop = frame.scrollTop;
          other.scrollLeft = frame.scrollLeft;
        }
      });
    }
  }

  // --- readings to choose from, and lines read on the page
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill]");
    if (!button) return;
    const field = document.getElementById(button.dataset.fill);
    field.value = button.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  // --- what a text was understood as is said of that text alone: it goes while another stands in the field
  document.addEventListener("input", (event) => {
    const row = event.target.closest(".row-field");
    const told = row && row.querySelector("[data-told]");
    if (told) told.hidden = event.target.value !== row.querySelector("[name=was]").value;
  });
  document.addEventListener("change", (event) => {
    const select = event.target.closest("[data-line-for]");
    if (!select) return;
    const option = select.selectedOptions[0];
    light({ dataset: { lights: "line-" + select.value } }, true);
    const field = document.getElementById(select.dataset.lineFor);
    if (field && option.dataset.text && !field.value) field.value = option.dataset.text;
  });

  // --- keys of the desk
  const desk = document.querySelector("form[data-desk]");
  const follow = (key) => {
    const link = document.querySelector(`a[data-key="${key}"]`);
    if (link) link.click();
  };
  const toDoubt = (step) => {
    const doubts = all("[data-doubt] [name=text]", desk);
    if (doubts.length === 0) return follow(step > 0 ? "next" : "prev");
    const fields = all("[name=text]", desk);
    const here = fields.indexOf(document.activeElement);
    const ahead = doubts.filter((one) => (fields.indexOf(one) - here) * step > 0);
    const target = step > 0 ? ahead[0] : ahead[ahead.length - 1];
    if (!target) return follow(step > 0 ? "next" : "prev");
    target.focus();
    target.select();
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (desk && event.ctrlKey && event.key === "Enter") {
      const button = desk.querySelector('[data-key="confirm"]');
      if (button) desk.requestSubmit(button);
    } else if (desk && event.key === "Enter" && event.target.matches("form[data-desk] textarea")) {
      desk.requestSubmit(desk.querySelector("button[type=submit]"));
    } else if (event.altKey && event.key === "PageDown") follow("next");
    else if (event.altKey && event.key === "PageUp") follow("prev");
    else if (desk && event.altKey && event.key === "ArrowDown") toDoubt(1);
    else if (desk && event.altKey && event.key === "ArrowUp") toDoubt(-1);
    else return;
    event.preventDefault();
  });
  const beginDesk = () => {
    const first = desk.querySelector("[data-doubt] [name=text]");
    if (first && !document.querySelector("[data-focus]")) first.focus({ preventScroll: true });
    const lit = document.querySelector("rect.lit");
    if (lit) bringIntoView(lit);
  };
  if (desk) window.addEventListener("load", beginDesk);

  // --- what was refused is read out first; grave acts ask once more
  const refused = document.querySelector("[data-focus]");
  if (refused) refused.focus();
  document.addEventListener("submit", (event) => {
    const question = event.submitter && event.submitter.dataset.ask;
    if (question && !window.confirm(question)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of all("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
})();
