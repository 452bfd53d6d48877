"use strict";
// Keys for reading and putting right. Everything they do can be done by links and buttons, too.
(() => {
  const all = () => [...document.querySelectorAll("[data-statement]")];
  const reading = document.querySelector("[data-reading]");
  const editor = document.getElementById("editor");
  let at = -1;

  const mark = (id, on) => {
    for (const piece of document.querySelectorAll(".st")) {
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
    const found = note && note.querySelector(`[data-key="${key}"]`);
    if (found) found.click();
    return Boolean(found);
  };

  const edit = () => {
    const note = here();
    if (!note) return;
    if (!editor) {
      const field = document.querySelector("#edit select, #edit input:not([type=hidden])");
      if (field) field.focus(); else press("e");
      return;
    }
    editor.querySelector("[name=statement]").value = note.dataset.statement;
    const back = note.querySelector(".quick [name=back]");
    if (back) editor.querySelector("[name=back]").value = back.value;
    editor.showModal();
    editor.querySelector("select").focus();
  };

  const undo = () => {
    const last = document.querySelector("#undo-last button");
    if (!last) return press("u");
    const back = last.form.elements.back;
    back.value = back.value.split("#")[0] + location.hash;
    last.click();
  };

  const step = (by) => {
    const notes = all();
    if (notes.length > 1) return go(at < 0 ? (by > 0 ? 0 : notes.length - 1) : at + by);
    const link = document.querySelector(by > 0 ? ".pages [data-key=j]" : ".pages [data-key=k]");
    if (link) link.click();
  };

  const keys = {
    j: () => step(1), k: () => step(-1), a: () => press("a"), r: () => press("r"), e: edit, u: undo, o: () => press("o"),
    "/": () => document.getElementById("q-top").focus(), "?": () => location.assign("/help"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (editor && editor.open)) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const act = keys[event.key];
    if (!act || (!reading && event.key !== "/" && event.key !== "?" && event.key !== "u")) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("click", (event) => {
    const piece = event.target.closest(".article:not(.plain) .st");
    if (!piece || event.target.closest("a")) return;
    const to = all().findIndex((note) => note.dataset.statement === piece.dataset.s);
    if (to >= 0) go(to, matchMedia("(min-width: 60rem)").matches);
  });

  const named = decodeURIComponent(location.hash.slice(1));
  const first = all().findIndex((note) => note.id && note.id === named);
  if (first >= 0) go(first);
  else if (document.querySelector("[data-advance] [data-statement]") && document.querySelector(".done")) go(0);
})();
