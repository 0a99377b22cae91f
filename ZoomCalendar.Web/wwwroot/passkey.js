// Passkeys: the sign-in page, the page that sets up a second factor, and for pages with a circuit the two calls of the browser.

export const isAvailable = () =>
  typeof PublicKeyCredential === "function" && "parseRequestOptionsFromJSON" in PublicKeyCredential
  && "parseCreationOptionsFromJSON" in PublicKeyCredential;

// What went wrong, in one word: the page has the sentence for it.
const reason = error => ({ NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "known" })[error?.name] ?? "failed";

// The answer of the browser as JSON, or a word about the problem.
const answer = async ask => {
  try {
    return { credential: JSON.stringify(await ask()) };
  } catch (error) {
    return { problem: reason(error) };
  }
};

export const create = options => answer(() => navigator.credentials.create({
  publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options)),
}));

export const get = options => answer(() => navigator.credentials.get({
  publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(options)),
}));

const begin = async form => {
  const button = form.querySelector("[data-passkey-button]");
  const problem = form.querySelector("[data-passkey-problem]");
  // Before a challenge is too old.
  const renewal = 10 * 60 * 1000;
  let asked = new AbortController();
  let isPressed = false;
  let suggests = false;

  const say = text => {
    problem.textContent = text;
    problem.hidden = !text;
  };

  const ask = async mediation => {
    asked.abort();
    const { signal } = asked = new AbortController();
    const token = form.elements["__RequestVerificationToken"].value;
    const response = await fetch("/account/passkey-options", {
      method: "POST", body: new URLSearchParams({ "__RequestVerificationToken": token }), signal,
    });
    const begun = await response.json();
    if (begun.problem) return say(mediation ? "" : begun.problem);
    const used = await navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(begun.options), signal, ...(mediation && { mediation }),
    });
    form.elements["Passkey.Answer"].value = JSON.stringify(used);
    form.elements["Passkey.State"].value = begun.state;
    form.elements["Passkey.Remember"].value = document.querySelector("[data-remember]")?.checked ?? false;
    form.submit();
  };

  // Passkeys among the suggestions of the email field. Where that fails, the button remains.
  const suggest = () => {
    if (suggests && !isPressed) ask("conditional").catch(() => { });
  };

  button.addEventListener("click", async () => {
    if (isPressed) return;
    isPressed = true;
    say("");
    try {
      await ask();
    } catch (error) {
      say(form.dataset[reason(error)] ?? form.dataset.failed);
    }
    isPressed = false;
    suggest();
  });
  form.hidden = false;
  suggests = await PublicKeyCredential.isConditionalMediationAvailable?.() ?? false;
  suggest();
  setInterval(suggest, renewal);
};

const add = form => {
  const button = form.querySelector("[data-passkey-button]");
  const problem = form.querySelector("[data-passkey-problem]");
  button.addEventListener("click", async () => {
    [button.disabled, problem.hidden] = [true, true];
    const made = await create(form.dataset.options);
    if (made.credential) {
      form.elements["Added.Answer"].value = made.credential;
      form.submit();
      return;
    }
    problem.textContent = form.dataset[made.problem] ?? form.dataset.failed;
    [button.disabled, problem.hidden] = [false, false];
  });
  form.hidden = false;
};

const adding = document.querySelector("[data-passkey-add]");
if (adding && isAvailable()) add(adding);
const form = document.querySelector("[data-passkey-form]");
if (form && isAvailable()) begin(form);
