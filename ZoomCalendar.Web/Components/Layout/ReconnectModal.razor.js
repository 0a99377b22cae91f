const modal = document.getElementById("components-reconnect-modal");
modal.addEventListener("components-reconnect-state-changed", stateChanged);
document.getElementById("components-reconnect-button").addEventListener("click", retry);
document.getElementById("components-resume-button").addEventListener("click", resume);

function stateChanged({ detail }) {
  if (detail.state === "show") modal.showModal();
  else if (detail.state === "hide") modal.close();
  else if (detail.state === "failed") document.addEventListener("visibilitychange", retryWhenVisible);
  else if (detail.state === "rejected") reload();
}

async function retry() {
  document.removeEventListener("visibilitychange", retryWhenVisible);
  try {
    // false: the server answered, but this page's session there is over. Its state is in the address, so a reload loses nothing.
    if (!await Blazor.reconnect() && !await Blazor.resumeCircuit()) reload();
    else modal.close();
  } catch {
    document.addEventListener("visibilitychange", retryWhenVisible);
  }
}

async function resume() {
  if (!await Blazor.resumeCircuit()) reload();
}

async function retryWhenVisible() {
  if (document.visibilityState === "visible") await retry();
}

// Unsaved input is kept and comes back with the page: no question.
function reload() {
  document.querySelectorAll("[data-unsaved]").forEach(mark => mark.removeAttribute("data-unsaved"));
  location.reload();
}
