// The little script our pages need: light the box of the field in hand, and carry the form token.
(() => {
  "use strict";

  const lightBox = (key) => {
    for (const rect of document.querySelectorAll(".page-image rect")) {
      const lit = rect.dataset.box === key;
      rect.classList.toggle("lit", lit);
      if (lit) bringIntoView(rect);
    }
  };

  const bringIntoView = (rect) => {
    const frame = rect.closest(".page-image");
    const box = rect.getBoundingClientRect();
    const seen = frame.getBoundingClientRect();
    if (box.top < seen.top || box.bottom > seen.bottom) {
      frame.scrollTop += box.top - seen.top - seen.height / 3;
    }
    if (box.left < seen.left || box.right > seen.right) {
      frame.scrollLeft += box.left - seen.left - seen.width / 3;
    }
  };

  for (const kind of ["focusin", "mouseover"]) {
    document.addEventListener(kind, (event) => {
      const holder = event.target.closest("[data-lights]");
      if (holder) lightBox(holder.dataset.lights);
    });
  }

  document.addEventListener("submit", (event) => {
    const question = event.submitter && event.submitter.dataset.ask;
    if (question && !window.confirm(question)) event.preventDefault();
  });

  const token = document.querySelector('meta[name="form-token"]');
  if (token) {
    document.addEventListener("htmx:configRequest", (event) => {
      event.detail.headers["X-Form-Token"] = token.content;
    });
  }
})();
