"use strict";
// Keys for reading and putting right, and words taken by selecting them. Everything that they do can be done by links, buttons
// and written words, too.
(() => {
  const one = (what, from = document) => from.querySelector(what);
  const every = (what, from = document) => [...from.querySelectorAll(what)];
  const all = () => every("[data-statement]");
  const reading = one("[data-reading]");
  const editor = document.getElementById("editor");
  const adder = document.getElementById("adder");
  const pick = document.getElementById("pick");
  const wide = matchMedia("(min-width: 60rem)");
  let at = -1;

  // --- where one is ---

  const mark = (id, on) => {
    for (const piece of every(".st")) {
      if (piece.dataset.s === id) piece.classList.toggle("here", on);
    }
  };

  const go = (to, quiet) => {
    const notes = all();
    if (!notes.length) return;
    if (at >= 0 && notes[at]) {
      notes[at].classList.remove("here");
      mark(notes[at].dataset.statement, false);
    }
    at = Math.max(0, Math.min(notes.length - 1, to));
    const note = notes[at];
    note.classList.add("here");
    mark(note.dataset.statement, true);
    note.focus({ preventScroll: true });
    if (!quiet) note.scrollIntoView({ block: "center" });
    history.replaceState(null, "", "#" + note.id);
  };

  const here = () => {
    const notes = all();
    if (at < 0 && notes.length === 1) at = 0;
    return notes[at] || null;
  };

  const press = (key) => {
    const note = here();
    const found = note && one(`[data-key="${key}"]`, note);
    if (found) found.click();
    return Boolean(found);
  };

  const step = (by) => {
    const notes = all();
    if (notes.length > 1) return go(at < 0 ? (by > 0 ? 0 : notes.length - 1) : at + by);
    const link = one(by > 0 ? ".pages [data-key=j]" : ".pages [data-key=k]");
    if (link) link.click();
  };

  // --- words and their places: offsets count characters of the text, not units of this language ---

  const letters = (text) => Array.from(text);

  const bare = (range) => {
    const held = range.cloneContents();
    for (const number of every(".no", held)) number.remove();
    return held.textContent;
  };

  const textOf = (block) => {
    const range = document.createRange();
    range.selectNodeContents(block);
    return letters(bare(range));
  };

  const before = (block, node, offset) => {
    const range = document.createRange();
    range.selectNodeContents(block);
    range.setEnd(node, offset);
    return letters(bare(range)).length;
  };

  const blocks = (part) => every("[data-from]").filter((block) => !part || block.dataset.part === part);
  const from = (block) => Number(block.dataset.from);

  // The places of a range: one for each block that it touches, without blanks at their ends.
  const spansOf = (range) => {
    const touched = blocks().filter((block) => range.intersectsNode(block));
    const part = touched.length ? touched[0].dataset.part : "text";
    const spans = [];
    const words = [];
    for (const block of touched.filter((each) => each.dataset.part === part)) {
      const text = textOf(block);
      let start = block.contains(range.startContainer) ? before(block, range.startContainer, range.startOffset) : 0;
      let end = block.contains(range.endContainer) ? before(block, range.endContainer, range.endOffset) : text.length;
      while (start < end && /\s/u.test(text[start])) start += 1;
      while (end > start && /\s/u.test(text[end - 1])) end -= 1;
      if (start < end) {
        spans.push([from(block) + start, from(block) + end]);
        words.push(text.slice(start, end).join(""));
      }
    }
    return { part, spans, words: words.join(" … ") };
  };

  const told = (spans) => spans.map(([start, end]) => `${start}-${end}`).join(" ");
  const read = (places) => places.split(" ").filter(Boolean).map((each) => each.split("-").map(Number));

  const blockAt = (part, place) =>
    blocks(part).find((block) => from(block) <= place && place <= from(block) + textOf(block).length);

  const wordsAt = (part, spans) =>
    spans.map(([start, end]) => {
      const block = blockAt(part, start);
      return block ? textOf(block).slice(start - from(block), end - from(block)).join("") : "";
    }).join(" … ");

  // The point in the page where a character of a block stands.
  const point = (block, wanted) => {
    const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let left = wanted;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (node.parentElement.closest(".no")) continue;
      const text = letters(node.data);
      if (left <= text.length) return [node, text.slice(0, left).join("").length];
      left -= text.length;
    }
    return [block, block.childNodes.length];
  };

  const show = (part, spans) => {
    if (!CSS.highlights) return;
    const ranges = spans.map(([start, end]) => {
      const block = blockAt(part, start);
      if (!block) return null;
      const range = document.createRange();
      range.setStart(...point(block, start - from(block)));
      range.setEnd(...point(block, end - from(block)));
      return range;
    }).filter(Boolean);
    CSS.highlights.set("words", new Highlight(...ranges));
  };

  // --- what is selected ---

  let picked = null;

  const look = () => {
    const chosen = getSelection();
    const range = chosen.rangeCount && !chosen.isCollapsed ? chosen.getRangeAt(0) : null;
    const inside = range && blocks().some((block) => range.intersectsNode(block));
    const text = inside && !(document.activeElement || document.body).closest("textarea, input") ? spansOf(range) : null;
    if (text && text.spans.length) picked = text;
    else if (!range && !(document.activeElement || document.body).closest("dialog, .edit, .pick")) picked = null;
    if (pick) {
      pick.hidden = !picked || Boolean(panel());
      one("span", pick).textContent = picked ? picked.words : "";
      one("[data-pick=content]", pick).hidden = !here();
    }
    for (const button of every(".take")) button.hidden = !picked;
  };

  // --- forms ---

  const panel = () => [editor, adder].find((each) => each && each.open) || null;
  const field = (form, name) => one(`[name=${name}]`, form);
  const partOf = (form) => (field(form, "part") || {}).value || form.dataset.part || "text";

  const fill = (form, role, words, places) => {
    field(form, role).value = words;
    field(form, `${role}_at`).value = places;
    if (role === "content") {
      show(partOf(form), read(places));
      one(".handles", form).hidden = !places;
    }
  };

  const take = (form, role) => {
    if (!picked) return;
    const part = field(form, "part");
    if (part && role === "content") part.value = picked.part;
    fill(form, role, picked.words, told(picked.spans));
  };

  const open = (dialog, back) => {
    const other = panel();
    if (other) other.close();
    const form = one("form", dialog);
    field(form, "back").value = back;
    dialog.show();
    pick.hidden = true;
    return form;
  };

  const choose = (select, value) => {
    for (const option of select.options) option.defaultSelected = option.text === value;
    select.value = value;
  };

  const edit = () => {
    const note = here();
    if (!note) return;
    if (!editor || !note.dataset.content) {
      const form = one("#edit .edit");
      if (!form) return press("e");
      if (picked) take(form, "content");
      return one("select", form).focus();
    }
    const data = note.dataset;
    const form = open(editor, one(".quick [name=back]", note).value);
    form.dataset.part = data.part;
    field(form, "statement").value = data.statement;
    field(form, "speaker").options[0].text = data.who || "it is open who speaks";
    field(form, "speaker").value = "";
    field(form, "name").value = "";
    for (const role of ["content", "source", "cue"]) fill(form, role, data[role], data[`${role}At`]);
    choose(field(form, "statement_kind"), data.kind);
    choose(field(form, "act"), data.act);
    if (picked && picked.part === data.part) take(form, "content");
    field(form, "speaker").focus();
  };

  const missing = () => {
    if (!adder || !picked) return false;
    const form = open(adder, location.pathname + location.search);
    take(form, "content");
    field(form, "speaker").focus();
    return true;
  };

  const merge = () => {
    if (missing()) return;
    const same = document.getElementById("same");
    if (same) same.focus(); else press("m");
  };

  const undo = () => {
    const last = one("#undo-last button");
    if (!last) return press("u");
    const back = last.form.elements.back;
    back.value = back.value.split("#")[0] + location.hash;
    last.click();
  };

  // A word earlier or later, where the words begin or end.
  const moved = (form, end, by) => {
    const spans = read(field(form, "content_at").value);
    if (!spans.length) return;
    const span = end ? spans[spans.length - 1] : spans[0];
    const block = blockAt(partOf(form), span[0]);
    if (!block) return;
    const text = textOf(block);
    const word = (place) => /[\p{L}\p{N}]/u.test(text[place] || "");
    let place = span[end ? 1 : 0] - from(block);
    if (end) {
      if (by > 0) { while (place < text.length && !word(place)) place += 1; while (place < text.length && word(place)) place += 1; }
      else { while (place > 0 && word(place - 1)) place -= 1; while (place > 0 && !word(place - 1)) place -= 1; }
    } else if (by > 0) {
      while (place < text.length && word(place)) place += 1;
      while (place < text.length && !word(place)) place += 1;
    } else {
      while (place > 0 && !word(place - 1)) place -= 1;
      while (place > 0 && word(place - 1)) place -= 1;
    }
    const next = end ? [span[0], from(block) + place] : [from(block) + place, span[1]];
    if (next[0] >= next[1]) return;
    spans[end ? spans.length - 1 : 0] = next;
    fill(form, "content", wordsAt(partOf(form), spans), told(spans));
  };

  const shut = (dialog) => {
    dialog.close();
    if (CSS.highlights) CSS.highlights.delete("words");
    const note = here();
    if (note) note.focus({ preventScroll: true });
  };

  // --- copying ---

  const copy = async (from) => {
    try {
      await navigator.clipboard.writeText(from.dataset.copy);
    } catch {
      return false;
    }
    const was = from.textContent;
    from.textContent = "Copied";
    from.classList.add("copied-now");
    setTimeout(() => { from.textContent = was; from.classList.remove("copied-now"); }, 1500);
    return true;
  };

  const cite = () => {
    const note = here();
    const found = (note && one("[data-copy], .cite", note)) || one("#cite [data-copy]");
    if (found) found.click();
  };

  // --- what is pressed ---

  const keys = {
    j: () => step(1), k: () => step(-1), a: () => press("a"), r: () => press("r"), e: edit, m: merge, u: undo,
    o: () => press("o"), c: cite,
    "/": () => document.getElementById("q-top").focus(), "?": () => location.assign("/help"),
  };

  document.addEventListener("keydown", (event) => {
    const dialog = panel();
    if (event.key === "Escape" && dialog) return shut(dialog);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const handles = event.target.closest(".handles");
    if (handles && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      event.preventDefault();
      return moved(handles.closest("form"), !event.shiftKey, event.key === "ArrowRight" ? 1 : -1);
    }
    if (dialog) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const act = keys[event.key];
    if (!act || (!reading && !"/?u".includes(event.key))) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("selectionchange", look);

  document.addEventListener("input", (event) => {
    const box = event.target.closest(".words-field");
    if (box) one("input[type=hidden]", box).value = "";  // written by hand: the page is searched for the words
  });

  document.addEventListener("click", (event) => {
    const source = event.target.closest("[data-copy]");
    if (source && navigator.clipboard) {
      event.preventDefault();
      copy(source).then((done) => { if (!done && source.href) location.assign(source.href); });
      return;
    }
    const button = event.target.closest("button");
    if (button) {
      const { take: role, move, pick: wish } = button.dataset;
      if (role) take(button.form, role);
      if (move) moved(button.form, move.startsWith("end"), move.endsWith("+") ? 1 : -1);
      if (wish === "add") missing();
      if (wish === "content") edit();
      if ("close" in button.dataset) shut(button.closest("dialog"));
      return;
    }
    const piece = event.target.closest(".article:not(.plain) .st");
    if (!piece || event.target.closest("a") || !getSelection().isCollapsed) return;
    const to = all().findIndex((note) => note.dataset.statement === piece.dataset.s);
    if (to >= 0) go(to, wide.matches);
  });

  // --- at first ---

  for (const button of every("button[data-copy]")) button.hidden = !navigator.clipboard;
  for (const form of every("#edit .edit")) {
    const block = one("[data-from]");
    if (block) form.dataset.part = block.dataset.part;
    one(".handles", form).hidden = !field(form, "content_at").value;
  }
  const named = decodeURIComponent(location.hash.slice(1));
  const first = all().findIndex((note) => note.id && note.id === named);
  if (first >= 0) go(first);
  else if (one("[data-advance] [data-statement]") && one(".done")) go(0);
})();
