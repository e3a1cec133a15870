// Saves each answer of a paper as it is given, and shows how much time is left. Without this file the form still works.
(function () {
  "use strict";

  const form = document.getElementById("paper");
  if (!form || !window.fetch || !window.URLSearchParams) return;

  const PATIENCE = 15000; // milliseconds until a request counts as failed
  const TYPING = 700; // milliseconds without a key until what was typed is saved
  const LONGEST_WAIT = 15000; // between two tries
  const SOON = 60000;
  const clock = document.getElementById("clock");
  const answered = document.getElementById("answered");
  const state = document.getElementById("state");
  const giveIn = document.getElementById("give-in");
  const data = form.dataset;
  const waiting = new Map(); // by question: what it says now is still to be saved
  let sending = false;
  let wait = 1000;
  let ends = performance.now() + Number(data.left);
  let leaving = false;
  let typing = 0;

  function say(text) {
    if (state.textContent !== text) state.textContent = text;
  }

  function fields(question) {
    // what a question says now, as the form would send it; one without an answer is named by itself
    const number = question.dataset.number;
    const body = new URLSearchParams({ paper: data.paper });
    const text = question.querySelector("input.name");
    if (text) {
      body.append("t" + number, text.value);
      return body;
    }
    const chosen = question.querySelectorAll(":checked");
    chosen.forEach((box) => body.append("q" + number, box.value));
    if (!chosen.length) body.append("n" + number, "");
    return body;
  }

  function request(address, options) {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), PATIENCE);
    const headers = { Accept: "application/json" };
    return fetch(address, Object.assign({ headers, signal: control.signal, credentials: "same-origin" }, options)).finally(
      () => clearTimeout(timer)
    );
  }

  function over(sentence) {
    // the paper is over, or is not ours: the server shows what became of it
    say(sentence || "");
    if (leaving) return;
    leaving = true;
    window.location.assign(data.result);
  }

  async function send() {
    if (sending) return;
    sending = true;
    try {
      while (waiting.size) {
        const [number, question] = waiting.entries().next().value;
        waiting.delete(number);
        say(data.saving);
        let response = null;
        try {
          response = await request(data.answer, { method: "POST", body: fields(question) });
        } catch (error) {
          response = null;
        }
        if (response && response.status >= 400 && response.status < 500 && response.status !== 429) {
          const told = await response.json().catch(() => ({}));
          over(told.error);
          return;
        }
        if (!response || !response.ok) {
          if (!waiting.has(number)) waiting.set(number, question);
          say(data.failed);
          await new Promise((done) => setTimeout(done, wait));
          wait = Math.min(wait * 2, LONGEST_WAIT);
          continue;
        }
        wait = 1000;
        const told = await response.json();
        ends = performance.now() + told.left;
        answered.textContent = data.answered.replace("{answered}", told.answered).replace("{count}", data.count);
      }
      say(data.saved);
    } finally {
      sending = false;
    }
  }

  function queue(question) {
    waiting.set(question.dataset.number, question);
    send();
  }

  function questionOf(event) {
    return event.target.closest ? event.target.closest(".paper-question") : null;
  }

  form.addEventListener("change", (event) => {
    const question = questionOf(event);
    if (question) queue(question);
  });
  form.addEventListener("input", (event) => {
    const question = questionOf(event);
    if (!question || !event.target.classList.contains("name")) return;
    clearTimeout(typing);
    typing = setTimeout(() => queue(question), TYPING);
  });
  form.addEventListener("keydown", (event) => {
    // who ends a line means the answer, not the end of the paper
    if (event.key === "Enter" && event.target.classList.contains("name")) event.preventDefault();
  });

  function missing() {
    return [...form.querySelectorAll(".paper-question")].filter((question) => {
      const text = question.querySelector("input.name");
      return text ? !text.value.trim() : !question.querySelector(":checked");
    }).length;
  }

  giveIn.addEventListener("click", (event) => {
    const count = missing();
    if (!window.confirm(count ? data.missing.replace("{count}", count) : data.all)) {
      event.preventDefault();
      return;
    }
    leaving = true; // the form brings along what is not saved yet
  });

  function tick() {
    const left = Math.max(0, ends - performance.now());
    const seconds = Math.ceil(left / 1000);
    const parts = [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, "0"));
    clock.textContent = parts.join(":");
    clock.classList.toggle("soon", left < SOON);
    if (left <= 0) ask();
  }

  let asking = false;
  async function ask() {
    // only the server knows when the time is over; a device that slept asks it
    if (asking || leaving) return;
    asking = true;
    try {
      const response = await request(data.time + "?paper=" + encodeURIComponent(data.paper), {});
      const told = response.ok ? await response.json() : null;
      if (told && told.left > 0) ends = performance.now() + told.left;
      else if (told || response.status === 403 || response.status === 409) over("");
    } catch (error) {
      await new Promise((done) => setTimeout(done, 2000)); // without a network it is asked again
    } finally {
      asking = false;
    }
  }

  document.getElementById("save").hidden = true;
  document.getElementById("left").hidden = false;
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") ask();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
  tick();
  setInterval(tick, 500);
})();
