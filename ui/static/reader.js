// Shows one article with the cited sentence marked and in view. Every word goes through textContent.
const add = (parent, tag, name, text) => {
  const element = parent.appendChild(document.createElement(tag));
  if (name) element.className = name;
  if (text) element.textContent = text;
  return element;
};

const build = (reader, data) => {
  reader.replaceChildren();
  add(reader, "p", "source", data.source);
  add(reader, "h3", "", data.title);
  for (const fact of data.facts) add(reader, "p", "fact", fact);
  if (data.address) {
    const link = add(add(reader, "p", "fact"), "a", "", data.address);
    link.href = data.address;
    link.target = "_blank";
    link.rel = "noopener noreferrer nofollow";
  }
  const text = add(reader, "div", "text");
  text.tabIndex = 0;
  text.setAttribute("role", "region");
  text.setAttribute("aria-label", "Text of the article");
  for (const paragraph of data.paragraphs) {
    const block = add(text, "p");
    for (const [words, rank] of paragraph) {
      if (rank) add(block, "mark", rank > 1 ? "exact" : "", words);
      else block.append(words);
    }
  }
  const mark = text.querySelector("mark");
  if (mark) text.scrollTop = mark.offsetTop - text.clientHeight / 3;
};

export default function ({ data, parentElement }) {
  const reader = parentElement.querySelector(".reader");
  const words = JSON.stringify(data);
  if (reader.words === words) return;
  build(reader, data);
  reader.words = words;
}
