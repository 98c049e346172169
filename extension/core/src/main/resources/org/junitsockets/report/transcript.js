
(() => {
  "use strict";
  const form = document.getElementById("controls");
  if (!form) {
    return;
  }
  const query = document.getElementById("query");
  const connection = document.getElementById("connection");
  const count = document.getElementById("count");
  const nothing = document.getElementById("nothing");
  const sections = [...document.querySelectorAll("main > section")];
  const entries = sections.flatMap(section =>
    [...section.querySelectorAll(".entry")].map(element => ({element, section, way: element.dataset.way})));
  const highlight = "highlights" in CSS ? new Highlight() : null;
  if (highlight) {
    CSS.highlights.set("hit", highlight);
  }
  const ROW = 16;
  const MOST_MARKED = 2000;
  let matches = [];
  let current = -1;

  // ---- what is searched: the bytes, one character each, and what is written beside them ----

  function load(entry) {
    if (entry.words === undefined) {
      const hex = entry.element.querySelector(".hex");
      const seen = entry.element.querySelector(hex ? ".brief" : ".line");
      entry.hex = hex;
      entry.words = lower(seen.textContent);
      entry.bytes = hex
        ? lower(hex.textContent.split(/\s+/).map(pair => String.fromCharCode(parseInt(pair, 16))).join(""))
        : "";
    }
  }

  // Only what ASCII has: each character stays one, and so in its place.
  function lower(text) {
    return text.replace(/[A-Z]+/g, upper => upper.toLowerCase());
  }

  function wanted(text) {
    if (text === "") {
      return null;
    }
    const unescaped = text.replace(/\\(?:([rnt\\])|x([0-9a-fA-F]{2}))/g, (all, letter, pair) =>
      pair ? String.fromCharCode(0xE000 + parseInt(pair, 16)) : {r: "\r", n: "\n", t: "\t", "\\": "\\"}[letter]);
    let bytes = "";
    for (const character of unescaped) {
      const code = character.codePointAt(0);
      bytes += code >= 0xE000 && code < 0xE100
        ? String.fromCharCode(code - 0xE000)
        : String.fromCharCode(...new TextEncoder().encode(character));
    }
    const asHex = /^\s*[0-9a-fA-F]{2}(\s*[0-9a-fA-F]{2})*\s*$/.test(text) && text.replace(/\s/g, "").match(/../g);
    return {
      words: lower(text),
      bytes: [lower(bytes)].concat(
        asHex ? [lower(String.fromCharCode(...asHex.map(pair => parseInt(pair, 16))))] : [])
    };
  }

  function matchesOf(entry, what) {
    load(entry);
    return entry.words.includes(what.words) || what.bytes.some(bytes => entry.bytes.includes(bytes));
  }

  // ---- showing what was asked for ----

  function apply() {
    const ways = new Set([...form.querySelectorAll("[name=way]:checked")].map(box => box.value));
    const only = connection ? connection.value : "";
    const what = wanted(query.value);
    matches = [];
    const used = new Set();
    for (const entry of entries) {
      const shown = (only === "" || entry.section.id === only) && ways.has(entry.way)
        && (!what || matchesOf(entry, what));
      entry.element.hidden = !shown;
      if (shown) {
        matches.push(entry);
        used.add(entry.section);
      }
    }
    const filtered = what || ways.size < 3;
    for (const section of sections) {
      section.hidden = (only !== "" && section.id !== only) || Boolean(filtered && !used.has(section));
    }
    nothing.hidden = sections.some(section => !section.hidden);
    mark(what);
    select(-1);
  }

  function mark(what) {
    if (!highlight) {
      return;
    }
    highlight.clear();
    if (!what) {
      return;
    }
    for (const entry of matches) {
      const hex = entry.hex;
      if (hex) {
        markText(entry.element.querySelector(".brief"), what.words);
        const text = hex.parentNode.querySelector(".text");
        what.bytes.forEach(bytes => markBytes(hex.firstChild, text.firstChild, entry.bytes, bytes));
      } else {
        markText(entry.element.querySelector(".line"), what.words);
      }
      if (highlight.size > MOST_MARKED) {
        return;
      }
    }
  }

  function markText(element, words) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = lower(node.data);
      for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
        range(node, at, at + words.length);
      }
    }
  }

  function markBytes(hex, text, all, bytes) {
    for (let at = all.indexOf(bytes); at >= 0; at = all.indexOf(bytes, at + bytes.length)) {
      for (let from = at; from < at + bytes.length;) { // row by row
        const to = Math.min(at + bytes.length, (Math.floor(from / ROW) + 1) * ROW);
        range(hex, from * 3, to * 3 - 1);
        range(text, from + Math.floor(from / ROW), to + Math.floor(from / ROW));
        from = to;
      }
      if (highlight.size > MOST_MARKED) {
        return;
      }
    }
  }

  function range(node, from, to) {
    const found = new Range();
    found.setStart(node, from);
    found.setEnd(node, Math.min(to, node.length));
    highlight.add(found);
  }

  // ---- going from match to match ----

  function select(index) {
    document.querySelectorAll(".entry.current").forEach(element => element.classList.remove("current"));
    current = index;
    const entry = matches[index];
    if (entry) {
      entry.element.classList.add("current");
      const details = entry.element.querySelector("details");
      if (details && query.value !== "") {
        details.open = true;
      }
      entry.element.scrollIntoView({block: "center"});
    }
    const all = entries.length + (entries.length === 1 ? " entry" : " entries");
    count.textContent = (matches.length === entries.length ? all : matches.length + " of " + all)
      + (entry ? ", at " + (index + 1) : "");
  }

  function step(by) {
    if (matches.length > 0) {
      select(current < 0 ? (by > 0 ? 0 : matches.length - 1) : (current + by + matches.length) % matches.length);
    }
  }

  function openAll(open) {
    matches.forEach(entry => {
      const details = entry.element.querySelector("details");
      if (details) {
        details.open = open;
      }
    });
  }

  let pending = 0;
  query.addEventListener("input", () => {
    clearTimeout(pending);
    pending = setTimeout(apply, entries.length > 2000 ? 200 : 0);
  });
  query.addEventListener("keydown", event => {
    if (event.key === "Enter") {
      step(event.shiftKey ? -1 : 1);
    }
  });
  form.addEventListener("change", event => event.target !== query && apply());
  form.addEventListener("submit", event => event.preventDefault());
  document.getElementById("next").addEventListener("click", () => step(1));
  document.getElementById("previous").addEventListener("click", () => step(-1));
  for (const id of ["open", "close"]) {
    const button = document.getElementById(id);
    if (button) {
      button.addEventListener("click", () => openAll(id === "open"));
    }
  }
  document.addEventListener("keydown", event => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey
        && !["INPUT", "SELECT", "TEXTAREA"].includes(document.activeElement.tagName)) {
      event.preventDefault();
      query.focus();
      query.select();
    }
  });
  form.hidden = false;
  apply();
})();
