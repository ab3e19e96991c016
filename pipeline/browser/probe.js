// Measures what a browser shows of a page. It judges nothing: the rules do.
() => {
  const round = (value) => Math.round(value * 100) / 100;
  const box = (r) => ({ left: round(r.left + scrollX), top: round(r.top + scrollY), width: round(r.width), height: round(r.height) });
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

  // Whatever syntax a computed colour has, a canvas turns it into four bytes.
  const colour = (css) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, round(a / 255)];
  };

  const above = (element) => {
    const found = [];
    for (let one = element; one; one = one.parentElement) found.unshift(one);
    return found;
  };

  const printed = matchMedia("print").matches; // printers leave backgrounds out
  const paper = (() => {
    const one = document.body.appendChild(document.createElement("i"));
    one.style.color = "Canvas";
    const found = colour(getComputedStyle(one).color);
    one.remove();
    return found;
  })();

  const faded = ([r, g, b, a], element) =>
    [r, g, b, above(element).reduce((left, one) => left * Number(getComputedStyle(one).opacity), a)];

  const name = (element) => {
    const tag = element.tagName.toLowerCase();
    const kind = [...element.classList].map((one) => `.${one}`).join("");
    return `<${tag}${kind}> “${element.textContent.trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  };

  const texts = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) if (walker.currentNode.data.trim()) found.push(walker.currentNode);
    return found;
  };

  const ranged = (node, start, end) => {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    return range;
  };

  const what = (element) => {
    const block = element.closest("[data-safety]");
    if (block) return `safety text “${block.dataset.safety}”`;
    return element.closest("[aria-labelledby=helplines], .card") ? "card of helplines" : "article";
  };

  const words = (node) => {
    const element = node.parentElement;
    const start = node.data.search(/\S/);
    const range = ranged(node, start, node.data.trimEnd().length);
    const link = element.closest("a[href]");
    const style = getComputedStyle(element);
    return {
      text: node.data.trim().replace(/\s+/g, " "),
      what: what(element),
      link: link ? link.getAttribute("href") : "",
      boxes: [...range.getClientRects()].filter((r) => r.width * r.height).map(box),
      colour: faded(colour(style.webkitTextFillColor), element),
      grounds: [paper, ...(printed ? [] : above(element).map((one) => colour(getComputedStyle(one).backgroundColor)))],
    };
  };

  const added = (element, part) => {
    const content = getComputedStyle(element, part).content;
    return /^"/.test(content) ? JSON.parse(content) : "";
  };

  const shown = (element) => {
    const inside = [...element.childNodes].map((child) =>
      child.nodeType === Node.TEXT_NODE ? child.data : child.nodeType === Node.ELEMENT_NODE ? shown(child) : "");
    return added(element, "::before") + inside.join("") + added(element, "::after");
  };

  const number = (link) => {
    link.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    // A link that begins a line may leave an empty piece at the end of the line before.
    const r = [...link.getClientRects()].reduce((one, other) => (other.width > one.width ? other : one), new DOMRect());
    const under = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
    return {
      href: link.getAttribute("href"),
      shown: shown(link).trim(),
      what: what(link),
      digits: texts(link).flatMap((node) => [...node.data.matchAll(/\p{Nd}/gu)].map((found) =>
        box(ranged(node, found.index, found.index + found[0].length).getBoundingClientRect()))),
      target: box(r),
      reached: !!under && link.contains(under),
    };
  };

  const target = (element) => {
    const around = element.parentElement.closest("p, li, td, th, dd, h1, h2, h3, h4, figcaption, caption, blockquote, div");
    const inline = getComputedStyle(element).display === "inline";
    return {
      name: name(element),
      box: box(element.getBoundingClientRect()),
      inline: inline && !!around && around.textContent.trim() !== element.textContent.trim(),
    };
  };

  // What a box scrolls or clips on its own does not widen the page.
  const contained = (element) => above(element.parentElement ?? element)
    .some((one) => one !== document.documentElement && one !== document.body && getComputedStyle(one).overflowX !== "visible");

  const all = [...document.body.querySelectorAll("*")];
  const seen = all.filter((one) => one.checkVisibility());
  const edge = document.documentElement.clientWidth;
  const sticks = (r) => r.width > 0 && (r.right > edge + 1 || r.left < -1);
  const wide = seen.filter((one) => sticks(one.getBoundingClientRect()) && !contained(one) && !one.matches(".skip"));
  const matters = (node) => {
    const element = node.parentElement;
    if (element.closest("[data-safety]")) return true;
    return !!element.closest('.card, a[href^="tel:" i], a[href^="sms:" i]') && (!!element.closest("a") || /\p{Nd}{3}/u.test(node.data));
  };
  const held = texts(document.querySelector("main") ?? document.body).filter(matters);
  for (const node of held) node.parentElement.dataset.held = "";
  const dialled = [...document.querySelectorAll('a[href^="tel:" i], a[href^="sms:" i]')];
  const first = document.querySelector("main .card a[href]");
  const numbers = dialled.map(number);
  scrollTo({ top: 0, behavior: "instant" });
  return {
    lang: document.documentElement.lang,
    width: document.documentElement.scrollWidth,
    wide: wide.map(name).slice(0, 3),
    words: held.map(words),
    numbers,
    targets: seen.filter((one) => one.matches("a[href], button, summary, input, select")).map(target),
    card: first && box(first.getBoundingClientRect()),
  };
}
