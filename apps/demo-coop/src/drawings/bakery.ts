import type { Drawing } from "./Drawing.ts"

/** What Ash Bakery and the cooperative itself sell, drawn on a field of 160 by 120. */
export const bakery: { readonly [itemId: string]: Drawing } = {
  "sourdough-loaf": {
    ground: "#f3e2c7",
    shapes: `<ellipse cx="80" cy="94" rx="56" ry="8" fill="#dcc39a"/>
<path d="M26 84c0-34 26-52 54-52s54 18 54 52c0 9-12 12-54 12s-54-3-54-12z" fill="#b9743a"/>
<path d="M34 82c2-28 22-42 46-42s44 14 46 42c-8 6-84 6-92 0z" fill="#cf8d4c"/>
<path d="M58 50c8 8 12 20 12 34M80 45c5 10 7 24 6 40M102 50c2 10 2 22-2 34" fill="none" stroke="#f6e6c8"
 stroke-width="5" stroke-linecap="round"/>`
  },
  "rye-crackers": {
    ground: "#e9e3d2",
    shapes: `<rect x="34" y="58" width="62" height="42" rx="3" fill="#8d6238" transform="rotate(-9 65 79)"/>
<rect x="62" y="30" width="66" height="46" rx="3" fill="#b3844f" transform="rotate(7 95 53)"/>
<g fill="#6d4726"><circle cx="76" cy="42" r="2"/><circle cx="92" cy="44" r="2"/><circle cx="108" cy="46" r="2"/>
<circle cx="78" cy="56" r="2"/><circle cx="94" cy="58" r="2"/><circle cx="110" cy="60" r="2"/>
<circle cx="50" cy="80" r="2"/><circle cx="64" cy="84" r="2"/><circle cx="80" cy="88" r="2"/></g>`
  },
  "cinnamon-knot": {
    ground: "#f6dfd0",
    shapes: `<ellipse cx="80" cy="98" rx="46" ry="7" fill="#e2bfa6"/>
<circle cx="80" cy="62" r="38" fill="#c98346"/>
<path d="M80 62m-26 0a26 26 0 1 1 26 26a18 18 0 1 1 12-32a9 9 0 0 1-8 14" fill="none" stroke="#7b4720"
 stroke-width="7" stroke-linecap="round"/>
<g fill="#fff6ea"><circle cx="62" cy="42" r="2.5"/><circle cx="98" cy="48" r="2.5"/><circle cx="104" cy="74" r="2.5"/>
<circle cx="58" cy="82" r="2.5"/><circle cx="82" cy="34" r="2.5"/></g>`
  },
  "plum-cake": {
    ground: "#e8dcea",
    shapes: `<ellipse cx="80" cy="96" rx="58" ry="8" fill="#cbb6d0"/>
<path d="M28 58h104l-8 36H36z" fill="#d9a860"/>
<ellipse cx="80" cy="58" rx="52" ry="16" fill="#efc98a"/>
<g fill="#6b2c5b"><ellipse cx="54" cy="56" rx="11" ry="6"/><ellipse cx="80" cy="50" rx="11" ry="6"/>
<ellipse cx="106" cy="56" rx="11" ry="6"/><ellipse cx="80" cy="64" rx="11" ry="6"/></g>
<path d="M36 74h88" stroke="#b98542" stroke-width="2"/>`
  },
  "tote-bag": {
    ground: "#f4dfe3",
    shapes: `<ellipse cx="80" cy="108" rx="44" ry="5" fill="#dfc0c7"/>
<path d="M60 50c0-40 40-40 40 0" fill="none" stroke="#8a6d55" stroke-width="5"/>
<path d="M42 48h76l6 58H36z" fill="#f2e8d8"/>
<path d="M80 68c-14-14-28 6 0 26c28-20 14-40 0-26z" fill="#9b2c4a"/>`
  }
}
