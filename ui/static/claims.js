// Sets claims with their receipts. Every word goes through textContent: nothing in it can become markup.
const add = (parent, tag, name, text) => {
  const element = parent.appendChild(document.createElement(tag));
  if (name) element.className = name;
  if (text) element.textContent = text;
  return element;
};

const addChip = (line, chip, trigger) => {
  const holder = add(line, "span", "chip-holder");
  const button = add(holder, "button", "chip", chip.label);
  button.type = "button";
  button.dataset.at = chip.at;
  button.setAttribute("aria-label", chip.name);
  button.onclick = () => trigger("receipt", chip.at);
  const hint = add(holder, "span", "hint");
  hint.setAttribute("aria-hidden", "true");
  add(hint, "span", "hint-source", chip.source);
  add(hint, "span", "hint-quote", chip.quote);
};

// The last word and the first chip stay on one line, so that no chip stands alone at the start of the next.
const addWords = (item, line, trigger) => {
  const cut = line.text.lastIndexOf(" ") + 1;
  add(item, "span", "words", line.text.slice(0, cut));
  const end = add(item, "span", line.text.length - cut < 24 ? "end" : "");
  add(end, "span", "words", line.text.slice(cut));
  line.chips.forEach((chip, index) => addChip(index ? item : end, chip, trigger));
};

const addLine = (list, line, trigger) => {
  const item = add(list, "li", line.problem ? "line doubtful" : "line");
  if (line.speaker) add(item, "span", "speaker", line.speaker);
  addWords(item, line, trigger);
  if (line.tag) add(item, "span", "tag", line.tag);
  if (line.problem) add(item, "p", "problem", line.problem);
  for (const note of line.notes) add(item, "p", "note", note);
};

const addLines = (parent, lines, trigger) => {
  if (!lines.length) return;
  const list = add(parent, "ul", "lines");
  for (const line of lines) addLine(list, line, trigger);
};

const addSection = (sheet, section, trigger) => {
  const box = add(sheet, "section", section.quiet ? "quiet" : "");
  if (section.kicker) add(box, "p", "kicker", section.kicker);
  add(box, "h3", "", section.heading);
  addLines(box, section.lines, trigger);
  if (!section.columns.length) return;
  const columns = add(box, "div", "columns");
  for (const column of section.columns) {
    const held = add(columns, "div", "column");
    add(held, "h4", "", column.heading);
    if (column.stance) add(held, "p", "stance", column.stance);
    addLines(held, column.lines, trigger);
  }
};

const build = (sheet, data, trigger) => {
  sheet.replaceChildren();
  if (data.question) add(sheet, "h2", "question", data.question);
  if (data.title) add(sheet, "h2", "title", data.title);
  for (const aside of data.asides) add(sheet, "p", "aside", aside);
  if (data.declined) add(sheet, "p", "declined", data.declined);
  for (const section of data.sections) addSection(sheet, section, trigger);
  for (const foot of data.feet) add(sheet, "p", "foot", foot);
};

export default function ({ data, parentElement, setTriggerValue }) {
  const sheet = parentElement.querySelector(".sheet");
  const words = JSON.stringify(data.sheet);
  // The same words are left standing, so that a click on a chip does not take the focus from it.
  if (sheet.words !== words) {
    build(sheet, data.sheet, setTriggerValue);
    sheet.words = words;
    if (data.newest) sheet.scrollIntoView({ block: "start" });
  }
  for (const chip of sheet.querySelectorAll(".chip")) {
    chip.setAttribute("aria-pressed", String(Number(chip.dataset.at) === data.open));
  }
}
