const walking = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "PageUp", "PageDown"]);

export const attach = root => root.addEventListener("keydown", event => { if (walking.has(event.key)) event.preventDefault(); });

export const focus = root => root.querySelector('.day[tabindex="0"]')?.focus();
