// SPDX-License-Identifier: MIT
// Measures what is visible on the page, in its elements as well, as WCAG 2.2 defines contrast. Returns what is below 4.5:1 (text) or
// 3:1 (large text, and the borders and grounds by which controls are recognised), and how much was measured.
() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const parent = (node) => node.parentElement ?? node.getRootNode().host ?? null;
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = parent(at)) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1 || (at.nodeName === "DIALOG" && colour[3] > 0)) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const luminance = ([r, g, b]) => {
    const linear = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const ratio = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const seen = { measured: 0, lowest: 21, faults: [] };
  const judge = (what, top, below, least) => {
    const found = ratio(over(top, below), below);
    seen.measured += 1;
    if (least === 4.5) seen.lowest = Math.min(seen.lowest, found);
    if (found < least) seen.faults.push(`${what}: ${found.toFixed(2)}:1`);
  };
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE && node.data.trim()) {
      const holder = node.parentElement;
      if (!holder?.checkVisibility() || holder.closest(".unseen")) return;
      const style = getComputedStyle(holder);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      judge(node.data.trim(), rgba(style.color), ground(holder), large ? 3 : 4.5);
    }
    if (node.nodeType !== Node.ELEMENT_NODE && node.nodeType !== Node.DOCUMENT_FRAGMENT_NODE) return;
    if (node.matches?.("select, input[role=switch]") && node.checkVisibility()) {
      const style = getComputedStyle(node);
      const edge = node.matches("select") ? style.borderTopColor : style.backgroundColor;
      judge(node.name, rgba(edge), ground(parent(node)), 3);
    }
    if (node.matches?.("svg") && node.checkVisibility()) {
      judge("icon", rgba(getComputedStyle(node).stroke), ground(parent(node)), 3);
    }
    if (node.shadowRoot) visit(node.shadowRoot);
    for (const child of node.childNodes) visit(child);
  };
  visit(document.body);
  return seen;
}
