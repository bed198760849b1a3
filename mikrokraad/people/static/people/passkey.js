// Joins the forms marked data-passkey to the browser's passkeys.
"use strict";

const passkeyForms = window.allauth.webauthn.forms;
const starts = {
  enter: (ids) => passkeyForms.loginForm({ ids: { ...ids, login: "passkey_enter" } }),
  use: (ids) => passkeyForms.authenticateForm({ ids: { ...ids, authenticate: "passkey_use" } }),
  add: (ids) => passkeyForms.signupForm({ ids: { ...ids, signup: "passkey_add" } }),
};

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const kind = form.dataset.passkey;
    form.hidden = false;
    starts[kind]({ credential: `passkey_${kind}_answer`, data: "passkey_options" });
    // Enter in the field of its name is a press of the button.
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      document.getElementById(`passkey_${kind}`).click();
    });
  }
} else {
  for (const note of document.querySelectorAll("[data-passkey-missing]")) note.hidden = false;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.querySelector("[data-passkey-problem]");
  problem.hidden = false;
  problem.focus();
});
