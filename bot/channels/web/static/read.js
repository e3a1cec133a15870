// Helps to read the whole text: its size, the place where one stopped, sentences to copy and to link to.
(function () {
  "use strict";

  const article = document.querySelector(".whole");
  const bar = document.getElementById("sentence-bar");
  const kept = document.getElementById("place-kept");
  const copied = document.getElementById("copied");
  if (!article || !bar) return;

  const SIZES = [1, 1.2, 1.4, 1.7, 2];
  const MIN_GONE = 3; // sentences at the beginning that nobody needs to be brought back behind
  const version = article.dataset.version;
  let picked = null;
  let waiting = 0;

  function load(name) {
    try { return window.localStorage.getItem("read-" + name); } catch (error) { return null; }
  }

  function save(name, value) {
    try { window.localStorage.setItem("read-" + name, value); } catch (error) { return; }
  }

  // ── the size of the text ──

  let size = Math.max(0, SIZES.indexOf(Number(load("size"))));

  function applySize() {
    article.style.setProperty("--reading", String(SIZES[size]));
    document.getElementById("smaller").disabled = size === 0;
    document.getElementById("larger").disabled = size === SIZES.length - 1;
  }

  function resize(by) {
    const first = firstInView();
    size = Math.min(SIZES.length - 1, Math.max(0, size + by));
    save("size", String(SIZES[size]));
    applySize();
    if (first && window.scrollY > 0) first.scrollIntoView({ block: "start" });
  }

  // ── the place where one stopped ──

  function firstInView() {
    const upper = document.querySelector(".top").getBoundingClientRect().bottom;
    return Array.from(article.querySelectorAll(".sentence")).find(function (sentence) {
      return sentence.getBoundingClientRect().bottom > upper;
    });
  }

  function keepPlace() {
    const first = firstInView();
    if (first) save("place", version + " " + first.id);
  }

  function offerPlace() {
    const [of, id] = (load("place") || "").split(" ");
    const sentence = of === version && id ? document.getElementById(id) : null;
    if (!sentence || window.location.hash || Number(id.slice(1)) < MIN_GONE) return;
    kept.hidden = false;
    document.getElementById("go-on").addEventListener("click", function () {
      kept.hidden = true;
      sentence.scrollIntoView({ block: "start" });
    });
  }

  window.addEventListener("scroll", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(keepPlace, 300);
  }, { passive: true });

  // ── a sentence: copied with its place, or as a link ──

  function pick(sentence) {
    if (picked) picked.classList.remove("picked");
    picked = sentence;
    copied.textContent = "";
    bar.hidden = !sentence;
    kept.hidden = true;
    if (sentence) sentence.classList.add("picked");
  }

  function textToCopy() {
    const selected = String(window.getSelection() || "").trim();
    const text = selected || picked.textContent.trim();
    return "\u201c" + text + "\u201d\n\u2014\u2014《" + article.dataset.title + "》" + picked.parentElement.dataset.place;
  }

  async function copy(text, button) {
    let done = false;
    try {
      await window.navigator.clipboard.writeText(text);
      done = true;
    } catch (error) { // not over https, or not allowed
      const field = document.createElement("textarea");
      field.value = text;
      bar.append(field);
      field.select();
      try { done = document.execCommand("copy"); } catch (failure) { done = false; }
      field.remove();
    }
    copied.textContent = done ? button.dataset.done : button.dataset.failed;
  }

  article.addEventListener("click", function (event) {
    const sentence = event.target.closest(".sentence");
    if (sentence) pick(sentence === picked && !String(window.getSelection() || "") ? null : sentence);
  });
  document.getElementById("copy").addEventListener("click", function (event) { copy(textToCopy(), event.currentTarget); });
  document.getElementById("copy-link").addEventListener("click", function (event) {
    const address = window.location.href.replace(/[?#].*$/, "");
    copy(address + "#" + picked.id, event.currentTarget);
  });
  document.querySelectorAll(".read-bar .close").forEach(function (button) {
    button.addEventListener("click", function () { kept.hidden = true; pick(null); });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") pick(null);
  });
  document.getElementById("smaller").addEventListener("click", function () { resize(-1); });
  document.getElementById("larger").addEventListener("click", function () { resize(1); });

  document.querySelector(".reading-tools").hidden = false;
  applySize();
  offerPlace();
  if (window.location.hash) {
    const target = document.getElementById(window.location.hash.slice(1));
    if (target) target.scrollIntoView({ block: target.classList.contains("sentence") ? "center" : "start" });
  }
})();
