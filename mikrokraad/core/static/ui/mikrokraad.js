// Small comforts. Every page works without them.
"use strict";

// A form marked data-once is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  if (event.submitter) event.submitter.classList.add("button--busy");
});

// Coming back with the browser's arrow: the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll(".button--busy")) button.classList.remove("button--busy");
});

// HTMX answers leave the form in the page.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form) delete form.dataset.sent;
});

// Escape and a press elsewhere close the menu.
const menu = document.querySelector("[data-menu]");
if (menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

// What went wrong is read first, but not where it is only shown as a sample.
const problem = document.querySelector("[data-focus]:not([data-samples] *)");
if (problem) problem.focus();

// A form marked data-autosave saves itself a moment after a change. The answer holds
// elements with an id; each takes the place of the one that has it in the page.
const editor = document.querySelector("form[data-autosave]");
if (editor) {
  let timer = 0;
  let saving = false;
  let again = false;
  let waiting = null; // the press of a button that waits for a save under way

  const take = (html) => {
    const answer = new DOMParser().parseFromString(html, "text/html");
    for (const fresh of answer.querySelectorAll("[id]")) {
      const old = document.getElementById(fresh.id);
      if (old) old.replaceWith(fresh);
    }
  };

  const save = async () => {
    clearTimeout(timer);
    if (editor.dataset.sent) return;
    if (saving) {
      again = true;
      return;
    }
    saving = true;
    const body = new FormData(editor);
    body.delete("find");
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    let kept = false;
    try {
      const answer = await fetch(editor.action, { method: "POST", body, headers: { "X-Autosave": "yes" }, redirect: "error", signal: AbortSignal.timeout(10000), keepalive: body.get("seen").length < 30000 });
      kept = answer.ok;
      if (kept && !editor.dataset.sent) take(await answer.text());
    } catch {
      // No connection, or signed out meanwhile: the button says so when it is pressed.
    }
    const state = document.getElementById("saved");
    if (!kept && state && editor.dataset.unsaved) state.textContent = editor.dataset.unsaved;
    saving = false;
    if (waiting) {
      editor.requestSubmit(waiting.submitter);
    } else if (again) {
      again = false;
      save();
    }
  };

  // Sent beside a save under way, the form would find that somebody has just changed it.
  editor.addEventListener("submit", (event) => {
    waiting = saving ? event : null;
    if (saving) event.preventDefault();
  });

  editor.addEventListener("change", save);
  editor.addEventListener("input", (event) => {
    if (event.target.name === "find") return;
    clearTimeout(timer);
    timer = setTimeout(save, 3000);
  });
}

// A form marked data-upload shows how far its file has got; then the answer's page opens.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const file = form.querySelector("input[type=file]");
  const state = form.querySelector("[data-upload-state]");
  if (event.defaultPrevented || !form.matches("[data-upload]") || !state || !file.files.length) return;
  event.preventDefault();
  const bar = state.querySelector("progress");
  const words = state.querySelector("[role=status]");
  const body = new FormData(form, event.submitter);
  const request = new XMLHttpRequest();
  const plainly = () => form.submit();
  state.hidden = false;
  request.upload.addEventListener("progress", (sent) => {
    if (!sent.lengthComputable) return;
    bar.value = Math.floor((100 * sent.loaded) / sent.total);
    words.textContent = `${bar.value} %`;
  });
  request.addEventListener("load", () => {
    const moved = request.responseURL && request.responseURL.split("#")[0] !== form.action.split("#")[0];
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    const main = answer.querySelector("main");
    if (moved || !main) {
      location.assign(request.responseURL);
      return;
    }
    document.querySelector("main").replaceWith(main);
    const wrong = main.querySelector("[data-focus]");
    if (wrong) wrong.focus();
  });
  request.addEventListener("error", plainly);
  request.open("POST", form.action);
  request.send(body);
});

// A question that hangs on an answer (data-only-if="name=value") shows after that answer.
const hanging = document.querySelectorAll("[data-only-if]");
const showAsked = () => {
  for (const field of hanging) {
    const [name, value] = field.dataset.onlyIf.split("=");
    const chosen = document.querySelector(`input[name="${CSS.escape(name)}"]:checked`);
    const asked = chosen && chosen.value === value && !chosen.closest("[hidden]");
    field.closest(".field").hidden = !asked;
  }
};
if (hanging.length) {
  document.addEventListener("change", showAsked);
  showAsked();
}
