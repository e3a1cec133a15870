// Keeps a page of a live room at what the server says. Without this file the page is loaded anew every few seconds.
(function () {
  "use strict";

  const main = document.getElementById("room");
  if (!main || !main.dataset.snapshot) return;
  if (!window.fetch || !("content" in document.createElement("template"))) {
    window.setTimeout(function () { window.location.reload(); }, Number(main.dataset.refresh) * 1000);
    return;
  }

  const view = main.dataset.view;
  const path = main.dataset.path;
  const words = JSON.parse(main.dataset.words);
  const RECONNECTING = document.getElementById("reconnecting").textContent;
  const LETTERS = "ABCDEFGHIJKL";
  const PODIUM = 3;
  const STANDINGS = 5; // beside a question; twice as many at the end, where a player sees all
  const NAMES = 40; // that the wall shows of those who are there, the latest
  const LARGEST = 1.2; // of the wall's type, beside what its style has
  const SMALLEST = 0.6;
  const TICK = 250; // milliseconds
  const POLL = 1500; // milliseconds between looks where there are no events
  const POLL_MOST = 3000;
  const SILENCE = 20000; // milliseconds without an event after which a look tells whether the server is still there
  const SLACK = 2000; // milliseconds that a question may stay open beyond its time before the page asks
  const PATIENCE = 8000; // milliseconds for one request
  const TRIES = 3; // of an answer that does not get through
  const SOON = 5; // seconds

  let snapshot = JSON.parse(main.dataset.snapshot);
  let clockOffset = snapshot.now - Date.now(); // the server's clock less this one; corrected by every later word of it
  let source = null;
  let lastHeard = Date.now(); // when the server last said something
  let isDisconnected = false;
  let pollTimer = 0;
  let pollWait = POLL;
  let sending = false;
  let pressed = null; // what was chosen, with its question's number, until the server tells of it
  let lastAnnounced = "";
  let lastFitted = ""; // what the wall's type was last made to fit

  // ── helpers ───────────────────────────────────────────────────────────────────────────────────────

  function format(name, values) {
    return words[name].replace(/\{(\w+)\}/g, function (whole, key) { return key in values ? values[key] : whole; });
  }

  function setText(name, text) {
    document.querySelectorAll('[data-text="' + name + '"]').forEach(function (node) {
      if (node.textContent !== text) node.textContent = text;
    });
  }

  function cloneTemplate(id) {
    return document.importNode(document.getElementById(id).content, true).firstElementChild;
  }

  function setTextIn(node, selector, text) {
    const part = node.querySelector(selector);
    if (part && part.textContent !== text) part.textContent = text;
  }

  // one node for each of `rows`, made by `make` where there are too few, filled by `fill`: what has the focus keeps it
  function renderList(name, rows, make, fill) {
    document.querySelectorAll('[data-list="' + name + '"]').forEach(function (parent) {
      while (parent.children.length > rows.length) parent.lastElementChild.remove();
      rows.forEach(function (row, index) {
        const node = parent.children[index] || parent.appendChild(make(row, index));
        fill(node, row, index);
      });
    });
  }

  function serverNow() { return Date.now() + clockOffset; }

  function secondsLeft() {
    return snapshot.question ? Math.max(0, Math.ceil((snapshot.question.closes_at - serverNow()) / 1000)) : 0;
  }

  // ── what is shown ──────────────────────────────────────────────────────────────────────────────────────

  function you() {
    const me = snapshot.you || {};
    if (!pressed || !snapshot.question || pressed.number !== snapshot.question.number) return me;
    return me.choice && me.choice.length ? me : Object.assign({}, me, { choice: pressed.choice });
  }

  function mayAnswer() {
    const me = you();
    return snapshot.phase === "question" && !snapshot.room.paused && Boolean(snapshot.you) && !me.out && !me.removed
      && !(me.choice && me.choice.length) && me.may_answer !== false;
  }

  function verdictText() {
    const me = you();
    const phase = snapshot.phase;
    const chose = Boolean(me.choice && me.choice.length);
    if (!snapshot.you || me.out || me.removed || (phase !== "question" && phase !== "reveal")) return "";
    if (phase === "question") {
      if (chose) return me.correct === false ? words.wrong_buzz : words.handed_in;
      return me.may_answer === false ? words.late : "";
    }
    if (!chose) return me.may_answer === false ? "" : words.missed;
    return me.correct ? words.right : words.wrong;
  }

  function standingText() {
    const me = you();
    if (me.points === undefined || me.points === null) return "";
    if (me.place === undefined || me.place === null) return format("points_only", me);
    return format(snapshot.phase === "ended" ? "final" : "standing", me);
  }

  function rightAnswerText() {
    const question = snapshot.question || {};
    const right = (snapshot.reveal || {}).correct || [];
    if (!right.length || !question.options) return "";
    return format("answer", { answer: right.map(function (index) {
      return LETTERS[index] + ". " + question.options[index];
    }).join("；") });
  }

  function render() {
    const phase = snapshot.phase;
    const room = snapshot.room;
    const question = snapshot.question;
    const reveal = snapshot.reveal || {};
    const me = you();
    const players = snapshot.players || [];
    const people = snapshot.people === undefined ? players.length : snapshot.people;
    const asked = Boolean(question) && (phase === "question" || phase === "reveal");
    const several = Boolean(question) && question.kind === "multiple";
    const shown = {
      lobby: phase === "lobby" && !me.removed,
      question: asked && !me.removed,
      open: phase === "question",
      reveal: phase === "reveal",
      playing: phase === "question" || phase === "reveal",
      ended: phase === "ended" && !me.removed,
      running: phase !== "ended",
      paused: Boolean(room.paused) && phase !== "ended",
      locked: Boolean(room.locked),
      unlocked: !room.locked,
      out: Boolean(me.out),
      removed: Boolean(me.removed),
      several: several && mayAnswer(),
      hand_in: several && mayAnswer(),
      podium: phase === "ended" && Boolean((snapshot.standings || []).length) && !me.removed,
      standings: (phase === "reveal" || phase === "ended") && Boolean((snapshot.standings || []).length) && !me.removed,
      team_standings: (phase === "reveal" || phase === "ended") && Boolean((snapshot.team_standings || []).length) && !me.removed,
      no_players: !players.length,
      may_reveal: phase === "question" && !room.paused,
      may_next: phase === "reveal" && !room.paused,
      voided: phase === "reveal" && Boolean(question && question.voided),
      may_void: phase === "reveal" && !room.paused && Boolean(question && !question.voided),
      may_restore: phase === "reveal" && !room.paused && Boolean(question && question.voided),
      may_pause: phase === "question" && !room.paused,
    };
    main.dataset.phase = phase;
    document.querySelectorAll("[data-show]").forEach(function (node) {
      const hide = !shown[node.dataset.show];
      if (hide && node.contains(document.activeElement) && node !== main) main.focus({ preventScroll: true });
      node.hidden = hide;
    });
    if (asked) {
      setText("ordinal", format("ordinal", question));
      setText("worth", [question.round, question.worth ? format("worth", question) : "", question.penalty ? format("penalty", question) : ""]
        .filter(Boolean).join(" · "));
      setText("question", question.text);
      setText("answered", people ? format("answered_of", { count: question.answered || 0, all: people })
        : format("answered", { count: question.answered || 0 }));
    }
    setText("verdict", sending ? words.sending : verdictText());
    const box = document.querySelector("[data-verdict]");
    if (box) {
      const judged = !sending && asked && me.choice && me.choice.length && typeof me.correct === "boolean";
      box.classList.toggle("right", Boolean(judged && me.correct));
      box.classList.toggle("wrong", Boolean(judged && !me.correct));
    }
    setText("right_answer", rightAnswerText());
    setText("explanation", reveal.explanation || "");
    setText("quote", reveal.quote || "");
    setText("citation", phase !== "reveal" ? "" : reveal.citation ? format("citation", reveal) : words.no_source);
    setText("standing", asked ? standingText() : "");
    setText("final", phase === "ended" ? standingText() : "");
    setText("people", people ? format("people", { count: people }) : view === "wall" ? words.nobody : "");
    setText("people_count", format("count", { count: people }));
    const next = document.getElementById("next-words");
    if (next && question) setText("next", question.number === question.of ? next.dataset.finish : next.dataset.next);
    renderAnswers(question, several, reveal, me);
    renderOptions(question, reveal, phase);
    renderStandings();
    renderPlayers(players);
    renderCountdown();
    announce(phase, question);
    fitWall();
  }

  function renderAnswers(question, several, reveal, me) {
    const form = document.getElementById("answer");
    if (!form || !question) return;
    const fresh = form.elements.question.value !== String(question.number);
    const answers = form.querySelector('[data-list="answers"]');
    if (fresh) {
      form.elements.question.value = question.number;
      answers.textContent = ""; // nothing that was ticked for the last one
      document.getElementById("refusal").textContent = "";
      window.scrollTo(0, 0);
    }
    const open = mayAnswer() && !sending;
    const chosen = me.choice || [];
    const right = reveal.correct || [];
    renderList("answers", question.options, function () {
      return cloneTemplate(several ? "several-template" : "answer-template");
    }, function (node, text, index) {
      const answer = node.querySelector(".answer");
      const control = several ? node.querySelector("input") : answer;
      control.value = index;
      control.disabled = !open;
      if (several && chosen.length) control.checked = chosen.indexOf(index) >= 0;
      const mine = chosen.indexOf(index) >= 0;
      const isRight = right.indexOf(index) >= 0;
      answer.classList.toggle("chosen", mine);
      answer.classList.toggle("right", isRight);
      answer.classList.toggle("wrong", mine && Boolean(right.length) && !isRight);
      setTextIn(node, ".letter", LETTERS[index]);
      setTextIn(node, ".answer-text", text);
      setTextIn(node, ".answer-mark", isRight ? words.right_mark : mine ? words.your_choice : "");
    });
  }

  function renderOptions(question, reveal, phase) {
    if (!question) return;
    const right = reveal.correct || [];
    const counts = reveal.counts || [];
    const all = Math.max(1, counts.reduce(function (sum, count) { return sum + count; }, 0));
    const revealed = phase === "reveal";
    renderList("options", question.options, function () { return cloneTemplate("option-template"); }, function (node, text, index) {
      const isRight = right.indexOf(index) >= 0;
      node.classList.toggle("right", isRight);
      node.classList.toggle("not-right", revealed && !isRight);
      setTextIn(node, ".letter", LETTERS[index]);
      setTextIn(node, ".choice-text", text);
      setTextIn(node, ".choice-mark", isRight ? words.right_mark : "");
      setTextIn(node, ".choice-count", revealed ? format("count", { count: counts[index] || 0 }) : "");
      node.querySelector(".bar-left").setAttribute("width", revealed ? Math.round((100 * (counts[index] || 0)) / all) : 0);
    });
  }

  function renderStandings() {
    const standings = snapshot.standings || [];
    const ended = snapshot.phase === "ended";
    const rows = ended && view === "player" ? standings : standings.slice(0, STANDINGS * (ended ? 2 : 1));
    function fill(node, row) {
      const name = row.name === undefined ? row.team : row.name;
      setTextIn(node, ".place", String(row.place));
      setTextIn(node, ".who-name", name || "");
      setTextIn(node, ".who-team", row.name === undefined ? "" : row.team || "");
      setTextIn(node, ".points", format("points", row));
      const mine = row.name === undefined ? row.team === you().team : row.place === you().place && row.name === you().name;
      node.classList.toggle("mine", Boolean(snapshot.you) && mine);
    }
    function make() { return cloneTemplate("standing-template"); }
    renderList("standings", rows, make, fill);
    renderList("team_standings", snapshot.team_standings || [], make, fill);
    renderList("podium", ended ? standings.slice(0, PODIUM) : [], function () { return cloneTemplate("step-template"); }, function (node, row) {
      node.className = "step step-" + row.place;
      setTextIn(node, ".step-name", row.name);
      setTextIn(node, ".step-team", row.team || "");
      setTextIn(node, ".step-place", String(row.place));
      setTextIn(node, ".step-points", format("points", row));
    });
  }

  function renderPlayers(players) {
    renderList("names", players.slice(-NAMES), function () { return cloneTemplate("name-template"); }, function (node, player) {
      if (node.textContent !== player.name) node.textContent = player.name;
    });
    const parent = document.querySelector('[data-list="players"]');
    if (!parent) return;
    const there = {};
    Array.from(parent.children).forEach(function (node) { there[node.dataset.player] = node; });
    players.forEach(function (player) {
      // by id: a question whether to remove one must not become that of another
      const node = there[player.id] || parent.appendChild(cloneTemplate("player-template"));
      delete there[player.id];
      node.dataset.player = player.id;
      node.querySelector("[name=player]").value = player.id;
      setTextIn(node, ".who-name", player.name);
      setTextIn(node, ".who-team", player.team || "");
      setTextIn(node, ".away", player.here === false ? words.away : "");
      setTextIn(node, ".danger", document.getElementById("next-words").dataset.remove.replace("{name}", function () { return player.name; }));
    });
    Object.keys(there).forEach(function (id) { there[id].remove(); });
  }

  function renderCountdown() {
    if (!snapshot.question || snapshot.phase !== "question") return;
    const left = secondsLeft();
    const whole = (snapshot.question.seconds || left || 1) * 1000;
    const share = Math.max(0, Math.min(100, (100 * (snapshot.question.closes_at - serverNow())) / whole));
    const percent = snapshot.room.paused ? 100 : share;
    setText("seconds", snapshot.room.paused ? "–" : String(left));
    setText("seconds_long", snapshot.room.paused ? "–" : left ? format("seconds", { seconds: left }) : words.time_up);
    document.querySelectorAll("[data-bar]").forEach(function (bar) { bar.setAttribute("width", percent); });
    document.querySelectorAll("[data-ring]").forEach(function (ring) {
      ring.setAttribute("stroke-dasharray", percent + " 100");
    });
    main.classList.toggle("soon", left <= SOON && !snapshot.room.paused);
  }

  function announce(phase, question) {
    // for those who hear the page: once for each thing that changes
    let text = "";
    if (you().removed) text = "";
    else if (phase === "question") text = format("ordinal", question) + "。" + question.text;
    else if (phase === "reveal") text = [verdictText(), rightAnswerText()].filter(Boolean).join(" ");
    else if (phase === "ended") text = words.ended + " " + standingText();
    if (text === lastAnnounced) return;
    lastAnnounced = text;
    document.getElementById("live").textContent = text;
  }

  function fitWall() {
    // the wall shows everything at once, as large as there is room for
    if (view !== "wall") return;
    const shown = [snapshot.phase, snapshot.question && snapshot.question.number, (snapshot.standings || []).length,
      snapshot.phase === "lobby" && snapshot.players.length, snapshot.room.paused, snapshot.room.locked,
      window.innerWidth, window.innerHeight].join();
    if (shown === lastFitted) return;
    lastFitted = shown;
    const root = document.documentElement;
    for (let size = LARGEST; size >= SMALLEST; size -= 0.025) {
      root.style.setProperty("--fit", size.toFixed(3));
      if (root.scrollHeight <= window.innerHeight + 1) break;
    }
  }

  // ── what the server says ───────────────────────────────────────────────────────────────────────────────

  function applySnapshot(fresh) {
    lastHeard = Date.now();
    pollWait = POLL;
    setConnected(true);
    const offset = fresh.now - lastHeard;
    // what comes late says too little: of several the latest clock is nearest; begun anew with each question, as a
    // phone's own clock may be set meanwhile
    const asked = fresh.question ? fresh.question.number : 0;
    clockOffset = asked !== (snapshot.question ? snapshot.question.number : 0) ? offset : Math.max(clockOffset, offset);
    if (snapshot.you && !fresh.you) { window.location.reload(); return; } // known no more: to join again
    // of one process: another one's clock may have been set back
    if (fresh.epoch === snapshot.epoch && fresh.version < snapshot.version) return;
    snapshot = fresh;
    render();
  }

  function setConnected(isConnected) {
    const link = document.getElementById("link");
    const text = isConnected ? "" : RECONNECTING;
    isDisconnected = !isConnected;
    if (link.textContent !== text) link.textContent = text;
  }

  function request(address, options) {
    const control = window.AbortController ? new AbortController() : null;
    const timer = window.setTimeout(function () { if (control) control.abort(); }, PATIENCE);
    const all = Object.assign({ credentials: "same-origin", cache: "no-store" }, options);
    all.headers = { Accept: "application/json" };
    if (control) all.signal = control.signal;
    return window.fetch(address, all).then(function (response) {
      return response.json().catch(function () { return {}; }).then(function (body) { return { ok: response.ok, status: response.status, body: body }; });
    }).finally(function () { window.clearTimeout(timer); });
  }

  async function fetchState() {
    try {
      const found = await request(path + "/state?view=" + view, {});
      if (found.ok && found.body.version) { applySnapshot(found.body); return true; } // else some network's own page
      if (found.status === 403 || found.status === 404) {
        // no such room any more, or not one's own: nothing to reconnect to
        setConnected(true);
        if (snapshot.phase !== "ended") document.getElementById("refusal").textContent = found.body.error || words.gone;
        disconnect();
        return true;
      }
    } catch (error) {
      // no network, or no answer
    }
    setConnected(false);
    return false;
  }

  let isStopped = false;
  function disconnect() {
    isStopped = true;
    if (source) source.close();
    source = null;
    window.clearTimeout(pollTimer);
  }

  function poll() {
    window.clearTimeout(pollTimer);
    pollTimer = window.setTimeout(async function () {
      const found = await fetchState();
      if (isStopped) return;
      pollWait = found ? POLL : Math.min(POLL_MOST, pollWait * 1.5);
      if (found && window.EventSource && !source) subscribe();
      else if (!found || !source || source.readyState !== 1) poll(); // an open stream may be a dead one
    }, pollWait * (0.75 + Math.random() / 2)); // not all phones of a hall at once
  }

  function subscribe() {
    if (isStopped) return;
    if (source) source.close();
    source = null;
    if (!window.EventSource) { poll(); return; }
    const opened = new EventSource(path + "/events?view=" + view);
    source = opened;
    opened.addEventListener("open", function () {
      lastHeard = Date.now();
      setConnected(true);
      window.clearTimeout(pollTimer);
    });
    opened.addEventListener("state", function (event) {
      if (source === opened) applySnapshot(JSON.parse(event.data));
    });
    opened.addEventListener("error", function () {
      if (source !== opened) return;
      setConnected(false);
      if (opened.readyState === 2) source = null; // it will not try again by itself
      poll();
    });
  }

  async function reconnect() {
    // the phone slept, or changed its network: an old connection may look open and be dead
    if (isStopped) return;
    await fetchState();
    subscribe();
  }

  window.addEventListener("online", reconnect);
  window.addEventListener("offline", function () { setConnected(false); poll(); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) reconnect(); });
  document.addEventListener("visibilitychange", function () { if (!document.hidden) reconnect(); });

  window.setInterval(function () {
    renderCountdown();
    if (document.hidden || isStopped || isDisconnected) return;
    const silent = Date.now() - lastHeard;
    const overdue = snapshot.phase === "question" && !snapshot.room.paused
      && serverNow() > snapshot.question.closes_at + SLACK && silent > SLACK;
    if (silent > SILENCE || overdue) {
      lastHeard = Date.now();
      fetchState().then(function (found) { if (!found) { if (source) source.close(); source = null; poll(); } });
    }
  }, TICK);

  // ── what is pressed ────────────────────────────────────────────────────────────────────────────────────

  function delay(milliseconds) {
    return new Promise(function (done) { window.setTimeout(done, milliseconds); });
  }

  async function post(address, fields) {
    return request(address, { method: "POST", body: new URLSearchParams(fields) });
  }

  async function submitAnswer(form, fields, choice) {
    const number = snapshot.question.number;
    const refusal = document.getElementById("refusal");
    refusal.textContent = "";
    sending = true;
    pressed = { number: number, choice: choice };
    render();
    let told = words.not_sent;
    let taken = false;
    for (let attempt = 0; attempt < TRIES && !taken && secondsLeft() > 0; attempt += 1) {
      if (attempt) await delay(1000);
      try {
        const found = await post(form.action, fields);
        taken = found.ok && Boolean(found.body.accepted);
        told = found.body.error || words.not_sent;
        if (!found.ok && found.status < 500) break;
      } catch (error) {
        told = words.not_sent;
      }
    }
    sending = false;
    if (!taken) {
      pressed = null;
      await fetchState(); // it may have arrived, and only the reply was lost
      const isOpen = snapshot.question && snapshot.question.number === number && snapshot.phase === "question";
      if (isOpen && !(you().choice && you().choice.length)) refusal.textContent = told;
    }
    render();
  }

  let clicked = null; // older browsers do not say which button has sent a form
  document.addEventListener("click", function (event) {
    clicked = event.target.closest("button");
    if (!clicked || !clicked.dataset.copy) return;
    const link = document.getElementById("link");
    window.navigator.clipboard.writeText(clicked.dataset.copy).then(function () { link.textContent = words.copied; })
      .catch(function () { link.textContent = ""; }); // it can be selected by hand
  });
  if (window.navigator.clipboard) {
    document.querySelectorAll("[data-copy]").forEach(function (button) { button.hidden = false; });
  }

  document.addEventListener("submit", function (event) {
    const form = event.target;
    const button = event.submitter || clicked;
    if (form.id === "answer") {
      event.preventDefault();
      if (!mayAnswer() || sending) return;
      const several = snapshot.question.kind === "multiple";
      const choice = several
        ? Array.from(form.querySelectorAll("input:checked")).map(function (box) { return Number(box.value); })
        : [Number(button.value)];
      if (!choice.length) { document.getElementById("refusal").textContent = words.pick_one; return; }
      const fields = [["question", snapshot.question.number]].concat(choice.map(function (one) { return ["choice", one]; }));
      submitAnswer(form, fields, choice);
    } else if (form.getAttribute("action") === path + "/control") {
      event.preventDefault();
      const fields = Array.from(new FormData(form).entries());
      if (button && button.name) fields.push([button.name, button.value]);
      sendControl(form, fields, button);
    }
  });

  async function sendControl(form, fields, button) {
    const refusal = document.getElementById("refusal");
    refusal.textContent = "";
    if (button) button.disabled = true;
    try {
      const found = await post(form.getAttribute("action"), fields);
      if (!found.ok) refusal.textContent = found.body.error || words.not_sent;
    } catch (error) {
      refusal.textContent = words.not_sent;
    }
    if (button) button.disabled = false;
    await fetchState();
    if (document.activeElement === document.body) { // what was pressed is gone: on with what is there now
      const next = Array.from(document.querySelectorAll("#control .big")).find(function (one) { return !one.hidden; });
      if (next) next.focus({ preventScroll: true });
    }
  }

  window.addEventListener("resize", fitWall);
  render();
  subscribe();
})();
