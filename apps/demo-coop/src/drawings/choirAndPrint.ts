import type { Drawing } from "./Drawing.ts"

/** What Mill Choir and the Print Workshop sell, drawn on a field of 160 by 120. */
export const choirAndPrint: { readonly [itemId: string]: Drawing } = {
  "winter-concert": {
    ground: "#dce4ef",
    shapes: `<rect x="28" y="36" width="104" height="52" rx="6" fill="#27415f"/>
<path d="M104 36v52" stroke="#dce4ef" stroke-width="2" stroke-dasharray="4 4"/>
<path d="M56 72V50l22-6v22" fill="none" stroke="#f6e6b4" stroke-width="4"/>
<ellipse cx="51" cy="72" rx="6" ry="5" fill="#f6e6b4"/><ellipse cx="73" cy="66" rx="6" ry="5" fill="#f6e6b4"/>
<g fill="#f6e6b4"><circle cx="118" cy="50" r="3"/><circle cx="118" cy="62" r="3"/><circle cx="118" cy="74" r="3"/></g>`
  },
  songbook: {
    ground: "#e9e6d5",
    shapes: `<rect x="42" y="20" width="80" height="86" rx="3" fill="#2f5d50"/>
<rect x="50" y="26" width="66" height="74" fill="#fbf8ee"/>
<g stroke="#8b8a7c" stroke-width="1.5"><path d="M56 44h54M56 49h54M56 54h54M56 59h54M56 76h54M56 81h54M56 86h54"/></g>
<g fill="#2a2024"><ellipse cx="66" cy="57" rx="4" ry="3"/><ellipse cx="84" cy="52" rx="4" ry="3"/>
<ellipse cx="102" cy="47" rx="4" ry="3"/><ellipse cx="76" cy="84" rx="4" ry="3"/></g>
<g fill="#c8c4b4"><circle cx="42" cy="34" r="4"/><circle cx="42" cy="54" r="4"/><circle cx="42" cy="74" r="4"/>
<circle cx="42" cy="94" r="4"/></g>`
  },
  recording: {
    ground: "#e6e1ea",
    shapes: `<circle cx="80" cy="60" r="44" fill="#bfc7d1"/><circle cx="80" cy="60" r="44" fill="none" stroke="#8f99a6"
 stroke-width="2"/>
<path d="M80 60L49 29a44 44 0 0 1 31-13z" fill="#e9d7f0"/><path d="M80 60l31 31a44 44 0 0 1-31 13z" fill="#d5ead9"/>
<circle cx="80" cy="60" r="14" fill="#f4f1f6"/><circle cx="80" cy="60" r="5" fill="#8f99a6"/>`
  },
  "linocut-card": {
    ground: "#eee4da",
    shapes: `<path d="M34 40h92v62H34z" fill="#d8c7b0"/><path d="M34 40l46 34l46-34" fill="none" stroke="#b29b7c"
 stroke-width="2"/>
<rect x="48" y="14" width="64" height="68" fill="#fdfaf3"/>
<path d="M60 62c0-18 12-28 24-28c10 0 16 6 18 12l6 4l-7 3c0 14-10 20-22 20c-8 0-14-4-19-11z" fill="#2a2024"/>
<path d="M84 44c8 0 12 4 13 10c-4 8-12 12-20 10c-2-10 0-18 7-20z" fill="#b8432f"/><circle cx="93" cy="42" r="2"
 fill="#fdfaf3"/>`
  },
  "fern-poster": {
    ground: "#e2e8dc",
    shapes: `<rect x="46" y="8" width="68" height="104" fill="#fdfcf5"/><rect x="52" y="14" width="56" height="92"
 fill="#1f4436"/>
<path d="M80 100V22" stroke="#a9cf8f" stroke-width="3"/>
<g stroke="#a9cf8f" stroke-width="5" stroke-linecap="round"><path d="M80 88l-18-8M80 88l18-8M80 76l-20-9M80 76l20-9
M80 64l-18-8M80 64l18-8M80 52l-14-7M80 52l14-7M80 40l-9-5M80 40l9-5"/></g>`
  },
  notebook: {
    ground: "#e3e1ee",
    shapes: `<rect x="44" y="18" width="76" height="90" rx="3" fill="#3c4f7c"/>
<path d="M44 18h12v90H44z" fill="#2a3858"/>
<g fill="none" stroke="#b9c6e8" stroke-width="2"><path d="M62 34c16-10 34 10 52 0M62 50c16-10 34 10 52 0
M62 66c16-10 34 10 52 0M62 82c16-10 34 10 52 0M62 98c16-10 34 10 52 0"/></g>
<g fill="#f4efe2"><circle cx="50" cy="34" r="2"/><circle cx="50" cy="63" r="2"/><circle cx="50" cy="92" r="2"/></g>`
  }
}
