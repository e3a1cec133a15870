// Makes the chat answer in place. Without this file every button still works, by loading the page anew.
(function () {
  "use strict";

  const log = document.getElementById("log");
  const ask = document.getElementById("ask");
  const field = document.getElementById("question");
  const toast = document.getElementById("toast");
  const top = document.querySelector(".top");
  const composer = document.querySelector(".composer");
  const pendingTemplate = document.getElementById("pending");
  const failedTemplate = document.getElementById("failed");
  if (!window.fetch || !window.AbortController || !log || !pendingTemplate.content) return;

  const PATIENCE = 20000; // milliseconds until a request counts as failed
  const TOAST_STAYS = 4000;
  const TOAST_GAP = 8; // pixels between the toast and what was pressed
  const LOOK_EVERY = 60000; // milliseconds between looks for what came by itself
  const ROOM = 8; // pixels between what is shown and the header or the input
  const GROWS = window.CSS && window.CSS.supports && window.CSS.supports("field-sizing", "content");
  const UNSEEN = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g; // turn or hide what follows
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const mouse = window.matchMedia("(pointer: fine)");
  let line = Promise.resolve(); // one request after the other, so that replies keep the order of the questions
  let toastTimer = 0;

  function reveal(node, atOnce) {
    // nothing that is new hides below the header or the input: a reply that is taller than the room between them is
    // shown from its beginning, a long passage where it is marked
    const upper = Math.max(0, top.getBoundingClientRect().bottom) + ROOM;
    const lower = window.innerHeight - composer.offsetHeight - ROOM;
    const box = node.getBoundingClientRect();
    const tall = box.height > lower - upper;
    const mark = tall ? node.querySelector(".passage mark") : null;
    let by = tall ? box.top - upper : box.bottom - lower;
    if (mark) {
      const marked = mark.getBoundingClientRect();
      by = marked.height < lower - upper ? (marked.top + marked.bottom - upper - lower) / 2 : marked.top - upper;
    }
    window.scrollBy({ top: by, behavior: atOnce || calm.matches ? "auto" : "smooth" });
  }

  function measure() {
    // what the browser scrolls to by itself, such as a focused button, hides nowhere either
    const root = document.documentElement.style;
    root.setProperty("--composer", composer.offsetHeight + "px");
  }

  function fit() {
    // the field is as high as what is typed, up to where the style ends it
    if (GROWS) return;
    field.style.height = "auto";
    field.style.height = field.scrollHeight + field.offsetHeight - field.clientHeight + "px";
  }

  function placeToast(button) {
    // near what was pressed, and over no tool of this card or another: inside the card, or else below its end
    const row = (button.closest(".tools") || button).getBoundingClientRect();
    const header = Math.max(0, top.getBoundingClientRect().bottom);
    if (row.bottom < header || row.top > window.innerHeight) return; // scrolled away meanwhile
    const above = row.top - toast.offsetHeight - TOAST_GAP;
    const reasons = button.closest(".bubble").querySelector(".reasons");
    const end = reasons && reasons.offsetHeight ? reasons.getBoundingClientRect().bottom : row.bottom;
    toast.style.top = (above > header ? above : end + TOAST_GAP) + "px";
  }

  function showToast(text, button) {
    window.clearTimeout(toastTimer);
    toast.classList.remove("staying");
    toast.textContent = text;
    toast.style.top = ""; // where the style has it
    if (button) placeToast(button);
    toastTimer = window.setTimeout(function () { toast.textContent = ""; }, TOAST_STAYS);
  }

  function lastNumber() {
    // of what stands here: what the server has beyond it is new, such as a question that came by itself
    const numbered = log.querySelectorAll("[data-number]");
    return numbered.length ? numbered[numbered.length - 1].dataset.number : "0";
  }

  function parse(html) {
    return new DOMParser().parseFromString(html, "text/html");
  }

  async function post(body) {
    const control = new AbortController();
    const timer = window.setTimeout(function () { control.abort(); }, PATIENCE);
    try {
      const fields = new URLSearchParams(body);
      fields.set("after", lastNumber());
      const response = await window.fetch("/chat", {
        method: "POST", body: fields, credentials: "same-origin", signal: control.signal,
      });
      const page = parse(await response.text());
      // what is neither a reply nor a notice is not ours: a hotel's network answers everything with its own page
      if (response.ok) return { page: page.querySelector(".exchange .reply, .toast") ? page : null, refusal: "" };
      const sentence = page.querySelector(".fault");
      return { page: null, refusal: sentence ? sentence.textContent : "" };
    } catch (error) {
      return { page: null, refusal: "" };
    } finally {
      window.clearTimeout(timer);
    }
  }

  function showPending(said) {
    const node = document.importNode(pendingTemplate.content, true).querySelector(".exchange");
    node.classList.add("fresh");
    if (said) node.querySelector(".words").textContent = said;
    else node.querySelector(".said").remove();
    log.append(node);
    reveal(node);
    return node;
  }

  function markPressed(action, button) {
    // of the two judgements of a reply, one is the chosen one, or none where it was taken back
    const card = button.closest(".bubble");
    let down = false;
    card.querySelectorAll("[aria-pressed]").forEach(function (tool) {
      tool.setAttribute("aria-pressed", String(tool.value === action));
      if (tool.value === action && tool.querySelector(".down")) down = true;
    });
    card.classList.toggle("disliked", down && !button.closest(".reasons"));
  }

  function showReply(page, pending, button) {
    const exchanges = Array.from(page.querySelectorAll(".exchange"));
    const exchange = exchanges[0];
    const notice = page.querySelector(".toast");
    if (notice && "pressed" in notice.dataset && button) markPressed(notice.dataset.pressed, button);
    if (notice) showToast(notice.textContent, button); // when all that this changes has its place
    if (!exchange) {
      if (pending) pending.remove();
      return;
    }
    if (button) closeQuestion(button);
    const first = pending || exchange;
    if (pending) {
      // only the reply is new: what was said stands there already, and is not to be read out twice
      pending.querySelector(".reply").replaceWith(exchange.querySelector(".reply"));
      pending.classList.remove("pending");
      if (exchange.dataset.number) pending.dataset.number = exchange.dataset.number;
    } else {
      log.append(exchange);
    }
    exchanges.slice(1).forEach(function (later) { log.append(later); });
    revealFrom(first);
  }

  function closeQuestion(button) {
    // the options of a question that is answered stay to be read, and cannot be pressed again
    const list = button.closest(".options");
    if (list && "answers" in button.dataset) {
      button.classList.add("chosen");
      list.querySelectorAll("[data-answers]").forEach(function (option) { option.disabled = true; });
      list.classList.add("answered");
    }
    const form = button.closest(".several");
    if (form) {
      form.querySelectorAll("input, button").forEach(function (part) { part.disabled = true; });
      form.querySelector(".options").classList.add("answered");
    }
    const asked = list && list.classList.contains("answered") ? list : form;
    const tools = asked && asked.parentElement.querySelector(".tools");
    if (tools) tools.remove();
  }

  function revealFrom(first, atOnce) {
    // of several that came together the beginning is shown, unless all of them have room
    const upper = Math.max(0, top.getBoundingClientRect().bottom) + ROOM;
    const lower = window.innerHeight - composer.offsetHeight - ROOM;
    const last = log.lastElementChild;
    if (first === last) { reveal(first, atOnce); return; }
    const from = first.getBoundingClientRect().top;
    const whole = last.getBoundingClientRect().bottom - from;
    const by = whole > lower - upper ? from - upper : last.getBoundingClientRect().bottom - lower;
    window.scrollBy({ top: by, behavior: atOnce || calm.matches ? "auto" : "smooth" });
  }

  async function lookForPosts() {
    // what the bot said of its own accord meanwhile, such as a question a day
    if (document.hidden || log.querySelector(".pending")) return;
    try {
      const response = await window.fetch("/chat?after=" + lastNumber(), { credentials: "same-origin" });
      if (!response.ok || log.querySelector(".pending")) return;
      parse(await response.text()).querySelectorAll(".exchange").forEach(function (exchange) { log.append(exchange); });
    } catch (error) {
      return; // later again
    }
  }

  function showFailure(pending, refusal, typed, again) {
    const node = document.importNode(failedTemplate.content, true).querySelector(".reply");
    const text = node.querySelector(".text");
    if (refusal) text.textContent = refusal;
    else if (typed) text.textContent = text.dataset.typed;
    node.querySelector(".retry").addEventListener("click", function () {
      pending.remove();
      if (field.value === typed) field.value = "";
      again();
    });
    const reply = pending.querySelector(".reply");
    if (reply) reply.replaceWith(node);
    else pending.append(node);
    pending.classList.remove("pending");
    if (typed && !field.value) field.value = typed;
    fit();
    reveal(pending);
  }

  // `typed` is what stood in the field; `button` what was pressed, with `said` as its words
  function send(body, said, typed, button) {
    const quiet = Boolean(button) && "quiet" in button.dataset;
    if (!quiet) showToast("", null); // an old notice must not cover what comes now
    let pending = quiet ? null : showPending(said);
    if (button) button.disabled = true;
    line = line.then(async function () {
      const result = await post(body);
      if (button) button.disabled = false;
      let shown = false;
      try {
        if (result.page) showReply(result.page, pending, button);
        shown = Boolean(result.page);
      } catch (error) {
        window.console.error(error);
      }
      if (!shown) {
        if (!pending) pending = showPending("");
        showFailure(pending, result.refusal, typed, function () { send(body, said, typed, button); });
      }
      if (typed || mouse.matches) field.focus({ preventScroll: true }); // a tap must not open a phone's keyboard
    }).catch(function (error) { window.console.error(error); }); // or nothing would ever be sent again
  }

  document.addEventListener("submit", function (event) {
    const button = event.submitter;
    if (event.target === ask) {
      event.preventDefault();
      const typed = field.value;
      if (typed.trim()) {
        field.value = "";
        fit();
        send({ question: typed }, typed.replace(UNSEEN, "").trim(), typed, null);
      }
      field.focus({ preventScroll: true });
    } else if (event.target.classList.contains("several")) {
      event.preventDefault();
      const fields = new FormData(event.target);
      const ticked = Array.from(event.target.querySelectorAll("input:checked")).map(function (box) {
        return box.parentElement.querySelector(".label").textContent;
      });
      if (ticked.length) send(Array.from(fields.entries()), ticked.join("；"), "", event.target.querySelector("button"));
    } else if (event.target.id === "tap" && button) {
      event.preventDefault();
      const label = button.querySelector(".label") || button;
      send({ action: button.value }, label.textContent, "", button);
    }
  });

  field.addEventListener("input", fit);
  field.addEventListener("keydown", function (event) {
    // Enter sends, with Shift it begins a new line; while characters are being composed it only takes them
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    ask.requestSubmit ? ask.requestSubmit() : ask.querySelector(".send").click();
  });
  if (window.ResizeObserver) new window.ResizeObserver(measure).observe(composer);
  document.addEventListener("visibilitychange", function () { line = line.then(lookForPosts); });
  window.setInterval(function () { line = line.then(lookForPosts); }, LOOK_EVERY);
  measure();
  fit();

  if (toast.textContent) showToast(toast.textContent, null);
  // a page that came with an exchange, such as from a passage: loading it anew must not ask again
  if (window.location.hash === "#latest") window.history.replaceState(null, "", "/");
  if (log.children.length > 1) revealFrom(document.getElementById("latest") || log.lastElementChild, true);
})();
