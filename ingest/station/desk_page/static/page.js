// The crew's page: asks this machine's station for the desk as it stands, shows it, and sends what was pressed.
const $ = (id) => document.getElementById(id);
const LEVELS = {
  green: { mark: "✓", zh: "可以保留", en: "Good: keep it" },
  amber: { mark: "!", zh: "請再看一眼", en: "Look again before you keep it" },
  red: { mark: "✕", zh: "請重掃", en: "Scan this page again" },
};
const LINES = {
  idle: ["green", "連線正常", "Line idle"],
  sending: ["green", "傳送中", "Sending"],
  away: ["amber", "離線,暫存本機", "Offline: kept here"],
  closed: ["amber", "非傳送時段", "Outside sending hours"],
  refused: ["red", "有批次待處理", "A batch needs you"],
  off: ["", "未連中心", "No server set"],
};
let desk = null;
let busy = false;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "text") made.textContent = value;
    else if (key === "press") made.addEventListener("click", value);
    else if (value !== false && value !== null) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}
const english = (text) => element("span", { class: "en", lang: "en", text });
const both = (name, zh, en, attributes = {}) => element(name, attributes, zh, " ", english(en));
const look = (scan) => `/look/${scan}.jpg`;

async function ask(body) {
  if (busy) return;
  busy = true;
  try {
    const answer = await fetch("/act", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    const found = await answer.json();
    if (answer.ok) { tell(null); show(found); } else tell(`${found.zh}\n${found.en}`);
  } catch {
    tell("掃描站程式沒有回應,請重新啟動。\nThe station's program does not answer: start it again.");
  } finally { busy = false; }
}

let telling = 0;
function tell(text) {
  clearTimeout(telling);
  $("told").hidden = !text;
  $("told").textContent = text ?? "";
  if (text) telling = setTimeout(() => tell(null), 12000);
}

async function follow() {
  for (;;) {
    try {
      const answer = await fetch(`/state${desk ? `?after=${desk.n}` : ""}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (!busy) show(found);
      $("trouble").dataset.lost = "";
    } catch {
      $("trouble").dataset.lost = "1";
      warn({ trouble: ["掃描站程式沒有回應;掃描檔仍在原資料夾,請重新啟動程式。", "The station's program does not answer. Your scans are safe: start it again."] });
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

function show(found) {
  const before = desk;
  if (before && JSON.stringify(before) === JSON.stringify(found)) return;
  desk = found;
  warn(found);
  chips(found);
  const sitting = found.sitting;
  $("start").hidden = Boolean(sitting);
  $("desk").hidden = !sitting;
  for (const id of ["volume", "count", "close"]) $(id).hidden = !sitting;
  if (sitting) showDesk(sitting, before?.sitting);
  else showStart(found, Boolean(before?.sitting) || !before);
}

function warn(found) {
  const texts = [];
  if (found.trouble) texts.push(found.trouble.join(" "));
  if (found.disk?.level === "red") texts.push("磁碟已滿,暫停收取掃描檔;請清出空間。 The disk is full: free some space. Nothing more is taken until then.");
  if (found.waiting && !found.sitting) texts.push(`有 ${found.waiting} 張掃描等待:請先選擇簿冊。 ${found.waiting} scans wait: choose their volume first.`);
  if (found.sitting?.unknown) texts.push(`中心查無冊號「${found.sitting.volume}」;請核對後再掃。 The centre knows no volume ${found.sitting.volume}: check the designation.`);
  $("trouble").hidden = texts.length === 0;
  const text = texts.join("\n");
  if ($("trouble").textContent !== text) $("trouble").textContent = text;
}

function chips(found) {
  const [level, zh, en] = LINES[found.line];
  const left = found.batches.reduce((sum, batch) => sum + (batch.state === "sent" ? 0 : batch.files - batch.acknowledged), 0);
  $("line").className = `chip ${level}`;
  $("line").replaceChildren(zh + (found.line === "closed" ? ` ${found.hours}` : "") + (left ? ` · 待送 ${left}` : ""), " ", english(en));
  $("disk").hidden = found.disk.level === "green";
  $("disk").className = `chip ${found.disk.level}`;
  $("disk").replaceChildren(`磁碟尚可 ${found.disk.pages} 頁`, " ", english(`Disk: room for ${found.disk.pages} pages`));
}

function showStart(found, fresh) {
  document.title = "掃描站 Scanning station";
  if ($("review").open) $("review").close();
  const groups = new Map();
  for (const order of found.orders) {
    const key = `${order.request_id}|${order.volume}`;
    groups.set(key, [...(groups.get(key) ?? []), order]);
  }
  $("orders").hidden = groups.size === 0;
  $("orders-list").replaceChildren(...[...groups.values()].map(orderLine));
  $("volumes").replaceChildren(...[...new Set(found.batches.map((batch) => batch.volume))].map((volume) => element("option", { value: volume })));
  $("batches").replaceChildren(...found.batches.map(batchLine));
  $("batches-none").hidden = found.batches.length > 0;
  if (fresh) $("open-volume").focus();
}

function orderLine(orders) {
  const pages = orders.map((order) => order.designation + (order.view > 1 ? `(浮籤 ${order.view})` : "")).join("、");
  const notes = [...new Set(orders.map((order) => order.note).filter(Boolean))];
  const faults = new Map(orders.filter((order) => order.fault_zh).map((order) => [order.fault_zh, order.fault_en]));
  const why = element("div", { class: "quiet" });
  if (faults.size) why.append(both("div", [...faults.keys()].join("、"), [...faults.values()].filter(Boolean).join(", ")));
  if (notes.length) why.append(element("div", { text: notes.join(";") }));
  return element("li", {},
    element("span", { class: "written", text: orders[0].volume }),
    element("div", {}, both("div", `第 ${pages} 頁`, `page ${pages.replaceAll("、", ", ")}`), why),
    both("button", "開始補掃", "Rescan", { type: "button", class: "go", press: () => ask({ do: "open_orders", request_id: String(orders[0].request_id), volume: orders[0].volume }) }));
}

function batchLine(batch) {
  const done = batch.state === "sent";
  const head = element("div", { class: "head" }, element("span", { class: "written", text: batch.volume }),
    both("span", done ? (batch.refused.length ? "送達,部分退回" : "已送達") : `${batch.acknowledged} / ${batch.files}`, done ? (batch.refused.length ? "Arrived, some refused" : "Arrived") : "sent", { class: `chip ${batch.trouble || batch.refused.length ? "red" : done ? "green" : ""}` }));
  const line = element("li", {}, head);
  if (!done) line.append(element("progress", { max: batch.files, value: batch.acknowledged, "aria-label": `${batch.volume} 已送 sent` }));
  for (const refusal of batch.refused) line.append(element("p", { class: "why", text: `${refusal.name}:${refusal.reason}` }));
  if (batch.trouble) {
    line.append(element("p", { class: "why", text: batch.trouble.join("\n") }));
    const row = element("div", { class: "row" }, both("button", "再送一次", "Try again", { type: "button", press: () => ask({ do: "retry", sitting: batch.id }) }));
    if (batch.reopens) row.append(both("button", "重開修改", "Reopen", { type: "button", press: () => reopen(batch) }));
    line.append(row);
  }
  return line;
}

function reopen(batch) {
  const volume = prompt("冊號 Designation", batch.volume);
  if (volume !== null) ask({ do: "reopen", sitting: batch.id, volume });
}

function showDesk(sitting, before) {
  document.title = `${sitting.volume} · 第 ${sitting.next} 頁`;
  $("volume-name").textContent = sitting.volume;
  $("volume-kind").hidden = !sitting.rescan;
  $("count-now").textContent = sitting.pages + sitting.have;
  $("count-of").textContent = sitting.expected ? ` / ${sitting.expected}` : "";
  $("count-grows").hidden = !sitting.open_ended;
  $("count-bar").hidden = !sitting.expected;
  $("count-bar").max = sitting.expected || 1;
  $("count-bar").value = Math.min(sitting.pages + sitting.have, sitting.expected || 1);
  showScan(sitting);
  showRecent(sitting);
  showButtons(sitting, before);
  if ($("review").open) showReview(sitting);
}

function showScan(sitting) {
  const scan = sitting.scan;
  $("picture").hidden = !scan;
  $("empty").hidden = Boolean(scan);
  $("empty-next").textContent = sitting.next;
  const verdict = scan?.verdict;
  const waiting = scan && !scan.decided;
  const level = waiting ? LEVELS[verdict.level] : null;
  $("verdict").className = `verdict ${waiting ? verdict.level : ""}`;
  set($("verdict-mark"), level?.mark ?? "…");
  set($("verdict-zh"), level?.zh ?? "等待下一張");
  set($("verdict-en"), level?.en ?? `Waiting for page ${sitting.next}`);
  if (!scan) { $("lamps").replaceChildren(); $("faults").replaceChildren(); return; }
  if (!$("scan").src.endsWith(look(scan.id))) $("scan").src = look(scan.id);
  $("scan").alt = `影像 ${scan.name}`;
  const signs = { green: "✓", amber: "!", red: "✕" };
  $("lamps").replaceChildren(...verdict.lamps.map((lamp) => element("li", { class: lamp.level },
    element("span", { class: "sign", "aria-hidden": "true", text: signs[lamp.level] }), lamp.zh, english(lamp.en),
    element("span", { class: "visually-hidden", text: LEVELS[lamp.level].zh }))));
  $("faults").replaceChildren(...(waiting ? verdict.lamps : []).flatMap((lamp) => lamp.faults.map((fault) => element("li", { class: lamp.level },
    fault.zh, element("span", { class: "en", lang: "en", text: fault.en })))));
  placeMarks(waiting ? verdict : { lamps: [] });
  const twin = waiting ? verdict.double : null;
  $("twin").hidden = !twin;
  if (twin) {
    $("twin-scan").hidden = !twin.of;
    // Of a volume that has arrived at the centre the picture is gone; its name tells.
    $("twin-scan").onerror = () => { $("twin-scan").hidden = true; };
    if (!twin.of) $("twin-scan").removeAttribute("src");
    else if (!$("twin-scan").src.endsWith(look(twin.of))) $("twin-scan").src = look(twin.of);
    else if ($("twin-scan").complete && !$("twin-scan").naturalWidth) $("twin-scan").hidden = true;
    set($("twin-name"), `先前的影像:${twin.zh} Earlier: ${twin.en}`);
  }
}

function set(target, text) { if (target.textContent !== text) target.textContent = text; }

function placeMarks(verdict) {
  const image = $("scan"), frame = $("picture").getBoundingClientRect(), box = image.getBoundingClientRect();
  const faults = verdict.lamps.flatMap((lamp) => lamp.faults.filter((fault) => fault.where && (fault.frame ?? 1) === 1).map((fault) => [lamp.level, fault.where]));
  $("marks").replaceChildren(...faults.map(([level, where]) => {
    const mark = element("div", { class: level });
    const across = box.width / verdict.width, down = box.height / verdict.height;
    mark.style.left = `${box.left - frame.left + where[0] * across}px`;
    mark.style.top = `${box.top - frame.top + where[1] * down}px`;
    mark.style.width = `${(where[2] - where[0]) * across}px`;
    mark.style.height = `${(where[3] - where[1]) * down}px`;
    return mark;
  }));
}

function showRecent(sitting) {
  const pages = [...sitting.recent].reverse();
  $("recent").replaceChildren(...pages.reverse().map((page) => element("li", { class: page.level },
    element("img", { src: look(page.scan), alt: "", loading: "lazy" }),
    `${page.designation}${page.view > 1 ? ` 浮籤${page.view}` : ""}`)));
}

function showButtons(sitting, before) {
  const waiting = sitting.undecided !== null;
  const level = waiting ? sitting.scan.verdict.level : "green";
  for (const id of ["keep", "again"]) $(id).disabled = !waiting;
  $("slip").disabled = !waiting || sitting.recent.length === 0;
  $("undo").disabled = !sitting.last;
  $("keep").className = `keep ${level === "red" ? "doubt" : ""}`;
  $("again").className = `again ${level === "red" ? "asked" : ""}`;
  if (document.activeElement !== $("next")) $("next").value = sitting.next;
  set($("next-zh"), waiting || !sitting.last ? "這一頁是" : "下一頁是");
  set($("next-en"), waiting || !sitting.last ? "This page is" : "Next page is");
  const more = sitting.pending - (waiting ? 1 : 0);
  $("pending").hidden = more <= 0;
  if (more > 0) $("pending").textContent = `後面還有 ${more} 張待決定 · ${more} more wait behind this one`;
  // Enter does what is advised: it keeps, but never a page that should be scanned again.
  $("keep").querySelector("kbd").textContent = level === "red" ? "K" : "Enter";
  $("again").querySelector("kbd").textContent = level === "red" ? "Enter" : "R";
  const typing = document.activeElement?.matches("input") || $("review").open;
  if (waiting && before?.undecided !== sitting.undecided && !typing) $(level === "red" ? "again" : "keep").focus();
}

function decide(what) {
  const scan = desk?.sitting?.undecided;
  if (what === "undo") { ask({ do: "undo" }); return; }
  if (scan) ask({ do: what, scan });
}

function showReview(sitting) {
  const review = sitting.review;
  const [ofZh, ofEn] = sitting.expected ? [`,應有 ${sitting.expected} 頁`, ` of ${sitting.expected}`] : sitting.open_ended ? [",本冊持續增加", ", the volume is open-ended"] : ["", ""];
  $("review-sum").replaceChildren(both("span", `${sitting.volume}:已保留 ${sitting.pages} 頁${ofZh}`, `${sitting.pages} pages kept${ofEn}`));
  const lists = [];
  if (review.undecided) lists.push(section("red", `尚有 ${review.undecided} 張未決定${sitting.pages ? "" : ";放棄本冊則留給下一冊"}`, `${review.undecided} scans are undecided: decide first${sitting.pages ? "" : ", or leave the volume: the next one takes them"}`));
  if (review.missing.length) lists.push(section("", `缺 ${review.missing.length} 頁`, "Missing pages", element("p", { class: "numbers number", text: ranges(review.missing) })));
  if (review.doubles.length) lists.push(section("red", "頁次重複或交錯,請取下其中一張", "Numbers used twice or out of order: take one of each out", pageList(review.doubles)));
  if (review.alike.length) lists.push(section("", "看似重複的影像", "Pages that look alike", pageList(review.alike)));
  const flagged = review.flagged.filter((page) => !review.alike.some((other) => other.scan === page.scan));
  if (flagged.length) lists.push(section("", `有疑慮 ${flagged.length} 張`, "Flagged pages", pageList(flagged)));
  if (!lists.length && sitting.pages) lists.push(both("p", "沒有缺頁、重複或有疑慮的影像。", "Nothing is missing, double or flagged."));
  $("review-lists").replaceChildren(...lists);
  $("expect").hidden = sitting.rescan || sitting.open_ended || (sitting.expected && !$("expect-number").value);
  const doubt = review.missing.length + review.alike.length + flagged.length > 0;
  $("sure-row").hidden = !doubt || review.blocks;
  $("leave").hidden = sitting.pages > 0;
  $("finish").disabled = review.blocks || (doubt && !$("sure").checked);
}

function section(level, zh, en, ...more) {
  return element("section", { class: level }, both("h3", zh, en), ...more);
}

function pageList(pages) {
  return element("ul", {}, ...pages.map((page) => element("li", {},
    element("img", { src: look(page.scan), alt: "" }),
    element("p", {}, element("b", { text: `第 ${page.designation} 頁${page.view > 1 ? ` 浮籤 ${page.view}` : ""} ` }), page.faults.map((fault) => fault.zh).join(" ")),
    both("button", "取下", "Take out", { type: "button", "aria-label": `取下 Take out 第 ${page.designation} 頁 page ${page.designation}`, press: () => ask({ do: "drop", scan: page.scan }) }))));
}

function ranges(numbers) {
  const parts = [];
  for (const text of numbers) {
    const number = Number(text), last = parts.at(-1);
    if (last && Number.isInteger(number) && last[1] === number - 1) last[1] = number;
    else parts.push(Number.isInteger(number) ? [number, number] : [text, text]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join("、");
}

$("open").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new FormData($("open"));
  ask({ do: "open", volume: form.get("volume"), first: form.get("first"), expected: form.get("expected"), spread: form.get("spread") }).then(() => {
    if (desk?.sitting) { $("open").reset(); document.activeElement?.blur(); }
  });
});
$("number").addEventListener("submit", (event) => {
  event.preventDefault();
  ask({ do: "number", next: $("next").value }).then(() => $("next").blur());
});
$("expect").addEventListener("submit", (event) => { event.preventDefault(); ask({ do: "expect", expected: $("expect-number").value }); });
for (const what of ["keep", "again", "slip", "undo"]) $(what).addEventListener("click", () => decide(what));
$("close").addEventListener("click", () => { $("sure").checked = false; showReview(desk.sitting); $("review").showModal(); });
$("back").addEventListener("click", () => $("review").close());
$("leave").addEventListener("click", () => ask({ do: "leave" }));
$("finish").addEventListener("click", () => ask({ do: "close" }));
$("sure").addEventListener("change", () => showReview(desk.sitting));
$("scan").addEventListener("load", () => { if (desk?.sitting?.scan && !desk.sitting.scan.decided) placeMarks(desk.sitting.scan.verdict); });
addEventListener("resize", () => { if (desk?.sitting?.scan && !desk.sitting.scan.decided) placeMarks(desk.sitting.scan.verdict); });
addEventListener("keydown", (event) => {
  if (!desk?.sitting || $("review").open || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  const typing = event.target.matches?.("input, button, [contenteditable]");
  const what = { k: "keep", r: "again", s: "slip", u: "undo" }[event.key.toLowerCase()];
  if (what && !event.target.matches?.("input")) { event.preventDefault(); decide(what); }
  else if (event.key === "Enter" && !typing) { event.preventDefault(); decide(desk.sitting.scan?.verdict.level === "red" ? "again" : "keep"); }
});
follow();
