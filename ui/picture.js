// A chart as a picture to take along. The browser that shows the chart draws the picture too, so it
// needs nothing of the server: title, what is shown, the key, the chart as it stands, its source, and
// plan, scenario and reading. What can be pressed says which with data-picture="png" or "svg".
// (No tag may be written out in this file: Streamlit would take the script for smuggling.)
if (!window.klimatinvestPictures) {
  window.klimatinvestPictures = true;
  const NS = "http://www.w3.org/2000/svg";
  const EDGE = 24, LEAST = 480, SHARP = 3;
  const FONT = '"Source Sans", "Source Sans Pro", sans-serif';
  const SHAPE = ["fill", "stroke", "stroke-width", "color", "font-family", "font-size", "font-weight", "text-anchor", "display"];

  const make = (name, attributes, ...inside) => {
    const made = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };

  const pen = document.createElement("canvas").getContext("2d");
  const lines = (text, font, width) => {
    pen.font = font;
    const found = [""];
    for (const word of text.trim().split(/ +/)) {
      const longer = `${found.at(-1)} ${word}`.trim();
      if (pen.measureText(longer).width > width && found.at(-1)) found.push(word);
      else found[found.length - 1] = longer;
    }
    return found;
  };

  // Everything is written from above, each part under the one before it.
  class Sheet {
    // Words as large as those on the page: scale is how much larger than on a desk.
    constructor(width, scale) {
      this.width = width;
      this.scale = scale;
      this.y = EDGE;
      this.drawn = [];
    }

    write(text, { size = 14, weight = 400, colour = "#111827", above = 0 } = {}) {
      size *= this.scale;
      this.y += above * this.scale;
      for (const line of lines(text, `${weight} ${size}px ${FONT}`, this.width - 2 * EDGE)) {
        this.y += size * 1.35;
        this.drawn.push(make("text", { x: EDGE, y: this.y - size * 0.3, fill: colour, "font-size": size, "font-weight": weight }, line));
      }
    }

    key(items) {
      const { scale } = this, size = 14 * scale;
      let x = EDGE;
      if (items.length) this.y += 30 * scale;
      items.forEach((item, place) => {
        const swatch = item.querySelector(".swatch"), style = getComputedStyle(swatch);
        const colour = style.getPropertyValue("--colour"), light = style.getPropertyValue("--light");
        pen.font = `${size}px ${FONT}`;
        const room = pen.measureText(item.textContent).width + 42 * scale;
        if (x + room > this.width - EDGE && x > EDGE) [x, this.y] = [EDGE, this.y + 22 * scale];
        const form = ["solid", "outlined", "hatched", "dotted"].find((each) => swatch.classList.contains(each));
        if (form === "hatched" || form === "dotted") {
          const mark = form === "hatched" ? make("path", { d: "M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2", stroke: colour, "stroke-width": 1.5 }) : make("circle", { cx: 2, cy: 2, r: 1, fill: colour });
          const tile = form === "hatched" ? 6 : 4;
          this.drawn.push(make("pattern", { id: `key-${place}`, width: tile, height: tile, patternUnits: "userSpaceOnUse" }, make("rect", { width: tile, height: tile, fill: "#ffffff" }), mark));
        }
        const fill = { solid: colour, outlined: light }[form] ?? `url(#key-${place})`;
        this.drawn.push(make("rect", { x, y: this.y - 11 * scale, width: size, height: 11 * scale, fill, stroke: colour, "stroke-width": 1.5 }));
        this.drawn.push(make("text", { x: x + 20 * scale, y: this.y, fill: "#111827", "font-size": size }, item.textContent));
        x += room;
      });
      if (items.length) this.y += 8 * scale;
    }

    chart(layers, box) {
      this.y += 12;
      for (const layer of layers) {
        const from = layer.getBoundingClientRect(), copy = layer.cloneNode(true);
        const around = getComputedStyle(layer), left = parseFloat(around.paddingLeft) || 0, right = parseFloat(around.paddingRight) || 0;
        if (layer.matches("svg.chart")) inlined(layer, copy, "*", SHAPE);
        else inlined(layer, copy, "text, tspan", ["font-size"]);
        // What a mouse pulls at is invisible here, and black where that is not understood.
        for (const each of copy.querySelectorAll(".draglayer, .hoverlayer, .zoomlayer, .modebar-container")) each.remove();
        for (const each of ["class", "style", "role", "aria-labelledby"]) copy.removeAttribute(each);
        for (const [key, value] of Object.entries({
          x: EDGE + from.left - box.left + left, y: this.y + from.top - box.top,
          width: from.width - left - right, height: from.height, overflow: "visible",
        })) copy.setAttribute(key, value);
        this.drawn.push(copy);
      }
      this.y += box.height;
    }

    done(title, alt) {
      const height = Math.ceil(this.y + EDGE);
      return make("svg", { xmlns: NS, width: this.width, height, viewBox: `0 0 ${this.width} ${height}`, role: "img", "font-family": FONT },
        make("title", {}, title), make("desc", {}, alt),
        make("rect", { width: this.width, height, fill: "#ffffff" }), ...this.drawn);
    }
  }

  // What the style sheet says: all of it for a chart that is drawn on the server, and how large text
  // is for one that is drawn in the browser, which says the rest itself.
  const inlined = (shown, copy, of, names) => {
    const copies = copy.querySelectorAll(of);
    shown.querySelectorAll(of).forEach((each, place) => {
      const style = getComputedStyle(each);
      for (const name of names) copies[place].style.setProperty(name, style.getPropertyValue(name));
    });
  };

  // The picture of the chart whose foot this is. Between its title and its foot stands the chart.
  const drawn = (foot) => {
    const after = foot.closest("[data-testid=stElementContainer]");
    let before = after, chart = null, points = [];
    while (before && !before.querySelector(".chart-title")) {
      before = before.previousElementSibling;
      chart ??= before?.querySelector(".js-plotly-plot, svg.chart");
      points.push(...(before?.querySelectorAll(".beside li") ?? []));
    }
    const title = before.querySelector(".chart-title"), subtitle = before.querySelector(".chart-subtitle");
    const box = chart.getBoundingClientRect();
    const layers = chart.matches("svg") ? [chart] : [...chart.querySelectorAll(".main-svg")];
    const { color: muted, fontSize } = getComputedStyle(subtitle);
    const sheet = new Sheet(Math.ceil(Math.max(box.width + 2 * EDGE, LEAST)), parseFloat(fontSize) / 14);
    sheet.write(title.textContent, { size: 20, weight: 600 });
    sheet.write(subtitle.textContent, { colour: muted });
    sheet.key([...before.querySelectorAll(".key li")]);
    sheet.chart(layers, box);
    for (const point of points) sheet.write(point.textContent, { above: 4 });
    sheet.write(foot.querySelector(".chart-source").textContent, { colour: muted, above: 8 });
    sheet.write(foot.dataset.said, { size: 12, colour: muted });
    return sheet.done(title.textContent, foot.dataset.alt);
  };

  // Plotly names its patterns and clips by the page's address; in a file they are in the file.
  const text = (picture) => new XMLSerializer().serializeToString(picture).replace(/url\((?:&quot;|")?[^)#"&]*#([^)"&]+)(?:&quot;|")?\)/g, "url(#$1)");

  // A picture that is painted knows no fonts but its own.
  const typeface = async () => {
    for (const sheet of document.styleSheets) {
      for (const rule of sheet.cssRules ?? []) {
        if (!(rule instanceof CSSFontFaceRule) || !/Source Sans/.test(rule.style.fontFamily) || /italic/.test(rule.style.fontStyle)) continue;
        const source = /url\("?([^")]+)/.exec(rule.style.getPropertyValue("src"))?.[1];
        const file = await (await fetch(new URL(source, sheet.href ?? document.baseURI))).blob();
        const inside = await new Promise((read) => {
          const reader = new FileReader();
          reader.onload = () => read(reader.result);
          reader.readAsDataURL(file);
        });
        return `@font-face { font-family: "Source Sans"; font-weight: 200 900; src: url(${inside}); }`;
      }
    }
    return "";
  };

  const painted = async (picture) => {
    picture.prepend(make("style", {}, await typeface()));
    const image = new Image(), size = [picture.getAttribute("width"), picture.getAttribute("height")];
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text(picture))}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = size.map((each) => each * SHARP);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((give, refuse) => canvas.toBlob((blob) => (blob ? give(blob) : refuse()), "image/png"));
  };

  document.addEventListener("click", async (click) => {
    const pressed = click.target.closest?.("[data-picture]");
    if (!pressed) return;
    const foot = pressed.closest(".chart-foot"), kind = pressed.dataset.picture;
    const failed = foot.querySelector(".failed");
    try {
      const picture = drawn(foot);
      const file = kind === "png" ? await painted(picture) : new Blob([text(picture)], { type: "image/svg+xml" });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = `${foot.dataset.name}.${kind}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      failed.textContent = "";
    } catch (error) {
      console.error(error);
      failed.textContent = foot.dataset.failed;
    }
  });
}
