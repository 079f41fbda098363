import type { Drawing } from "./Drawing.ts"

/** What Rose Farm sells, drawn on a field of 160 by 120. */
export const farm: { readonly [itemId: string]: Drawing } = {
  strawberries: {
    ground: "#e3f0df",
    shapes: `<g fill="#c9273f"><path d="M56 50c-18 0-22 14-16 28s14 22 18 22s14-8 20-22s-4-28-22-28z"/>
<path d="M104 50c-18 0-26 14-20 28s16 22 20 22s12-8 18-22s0-28-18-28z"/>
<path d="M80 32c-16 0-20 12-15 25s12 20 15 20s10-7 15-20s1-25-15-25z" fill="#dd3b50"/></g>
<g fill="#3f7d46"><path d="M56 50l-12-6 10 1 2-9 4 9 10-2-10 7z"/><path d="M104 50l-12-6 10 1 2-9 4 9 10-2-10 7z"/>
<path d="M80 32l-12-6 10 1 2-9 4 9 10-2-10 7z"/></g>
<g fill="#f9d7a0"><circle cx="74" cy="46" r="1.5"/><circle cx="84" cy="52" r="1.5"/><circle cx="78" cy="60" r="1.5"/>
<circle cx="50" cy="66" r="1.5"/><circle cx="60" cy="74" r="1.5"/><circle cx="100" cy="66" r="1.5"/>
<circle cx="108" cy="76" r="1.5"/></g>`
  },
  "hens-eggs": {
    ground: "#f2ead9",
    shapes: `<g fill="#e6c29a"><ellipse cx="52" cy="58" rx="15" ry="20"/><ellipse cx="108" cy="58" rx="15" ry="20"/></g>
<ellipse cx="80" cy="54" rx="15" ry="20" fill="#f7e6cd"/>
<g fill="#f7e6cd"><ellipse cx="52" cy="80" rx="15" ry="19"/><ellipse cx="108" cy="80" rx="15" ry="19"/></g>
<ellipse cx="80" cy="80" rx="15" ry="19" fill="#d9ae80"/>
<path d="M26 82h108l-8 24H34z" fill="#a89f8c"/>
<path d="M26 82h108" stroke="#8b8371" stroke-width="3"/>`
  },
  "rosehip-syrup": {
    ground: "#f8ded6",
    shapes: `<ellipse cx="80" cy="108" rx="30" ry="5" fill="#e2bcb0"/>
<path d="M70 16h20v22c12 6 18 14 18 26v38c0 4-3 6-6 6H58c-3 0-6-2-6-6V64c0-12 6-20 18-26z" fill="#e8eef0"/>
<path d="M54 62h52v40c0 3-2 4-4 4H58c-2 0-4-1-4-4z" fill="#c23b2a"/>
<rect x="68" y="10" width="24" height="10" rx="2" fill="#7d5a3a"/>
<rect x="60" y="70" width="40" height="24" fill="#fdf6ea"/>
<circle cx="80" cy="82" r="7" fill="#c23b2a"/><path d="M80 75l-4-4h8z" fill="#5a3a22"/>`
  },
  "rose-cutting": {
    ground: "#dfeae4",
    shapes: `<path d="M60 76h40l-6 32H66z" fill="#b9653f"/><rect x="56" y="70" width="48" height="10" rx="2" fill="#c9764d"/>
<path d="M80 72V34" stroke="#4b7a45" stroke-width="4"/>
<path d="M80 58c-16 2-22-8-22-14c14-2 20 4 22 14zM80 52c14 2 22-6 22-14c-12-2-20 4-22 14z" fill="#5d9155"/>
<g fill="#f0a9bb"><circle cx="80" cy="18" r="7"/><circle cx="69" cy="26" r="7"/><circle cx="73" cy="38" r="7"/>
<circle cx="87" cy="38" r="7"/><circle cx="91" cy="26" r="7"/></g><circle cx="80" cy="29" r="6" fill="#f3cf5b"/>`
  }
}
