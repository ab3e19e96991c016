// The reader's languages first, as the browser has them. Without a script the list stays as it is.
// Nobody is led on by force: the region decides which helplines a page shows, and only the reader knows where they are.
(() => {
  const known = (tag) => { try { return new Intl.Locale(tag).maximize(); } catch { return null; } };
  const rank = (section, wanted) => {
    const own = known(section.lang);
    if (!own || own.language !== wanted.language || own.script !== wanted.script) return 0;
    return own.region === wanted.region ? 2 : 1;
  };
  const sections = [...document.querySelectorAll("main > section[lang]")];
  const chosen = new Set(navigator.languages.map(known).filter(Boolean).flatMap((wanted) =>
    [2, 1].flatMap((one) => sections.filter((section) => rank(section, wanted) === one))));
  if (!chosen.size) return;
  sections[0].before(...chosen);
  [...chosen][0].dataset.first = "";
})();
