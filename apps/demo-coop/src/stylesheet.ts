/** The look of the practice services; every text pair is at least 4.5 : 1 in both themes. */
export const stylesheet = `
:root { color-scheme: light dark; --bg: light-dark(#fbf7f4, #1a1517); --surface: light-dark(#fff, #241d20);
  --ink: light-dark(#2a2024, #f4ecea); --muted: light-dark(#65555b, #bdaaac);
  --line: light-dark(#dccfc9, #43373b);
  --control: light-dark(#8a767b, #917f84); --rose: light-dark(#9b2c4a, #f08fa8);
  --rose-hover: light-dark(#7e2039, #f7b1c2); --on-rose: light-dark(#fff, #2b0a15);
  --ok: light-dark(#2b6a41, #84d09b); --ok-bg: light-dark(#e6f2e9, #14291b);
  --warn: light-dark(#7a4b00, #f2c269); --warn-bg: light-dark(#fff1d6, #2f2208);
  --focus: light-dark(#1f4fb5, #9dbdff) }
*, ::before, ::after { box-sizing: border-box }
body { margin: 0; min-height: 100dvh; display: grid; grid-template-rows: auto auto 1fr auto;
  background: var(--bg);
  color: var(--ink); font: 1.0625rem/1.55 system-ui, sans-serif }
.wrap { width: min(64rem, 100% - 2rem); margin-inline: auto }
h1, h2, h3 { font-family: ui-serif, Georgia, serif; font-weight: 600; line-height: 1.2; margin: 0;
  text-wrap: balance }
h1 { font-size: clamp(1.75rem, 1.5rem + 1.2vw, 2.375rem) } h2 { font-size: 1.5rem }
  h3 { font-size: 1.1875rem }
p { margin: 0; max-width: 65ch }
a { color: var(--rose); text-underline-offset: .2em } a:hover { color: var(--rose-hover) }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 2px }
  main:focus { outline: none }
.skip { position: absolute; inset-inline-start: -99rem }
.skip:focus { inset: .5rem auto auto .5rem; background: var(--surface); padding: .75rem; z-index: 2 }
.banner { padding: .5rem 1rem; text-align: center; max-width: none; background: var(--warn-bg);
  color: var(--warn);
  font-size: .875rem }
header { background: var(--surface); border-block-end: 1px solid var(--line) }
header .wrap { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center; min-height: 3.5rem }
header a { display: inline-flex; align-items: center; min-height: 2.75rem }
.brand { font: 600 1.25rem ui-serif, Georgia, serif; text-decoration: none }
nav { display: flex; flex-wrap: wrap; gap: 0 1.25rem; flex: 1 }
.account { margin-inline-start: auto }
@media (max-width: 40rem) { nav { order: 1; flex-basis: 100% } }
.account form { display: flex; gap: .5rem; align-items: center }
main { padding-block: 2rem 3rem; display: grid; gap: 1.5rem; align-content: start }
footer { border-block-start: 1px solid var(--line); color: var(--muted); font-size: .875rem;
  padding-block: 1.5rem }
section { display: grid; gap: .75rem }
.grid { list-style: none; margin: 0; padding: 0; display: grid; gap: 1.25rem;
  grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)) }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: .625rem; overflow: hidden;
  display: grid; grid-template-rows: auto 1fr }
.card svg, .picture svg { display: block; width: 100%; height: auto } .picture { max-width: 26rem }
.picture svg { border-radius: .625rem }
.body { padding: 1rem; display: flex; flex-direction: column; gap: .5rem; align-items: start }
.body > form, .body > .tag { margin-block-start: auto }
.body h3 a { display: inline-block; padding-block: .25rem }
.price { font-weight: 600; font-variant-numeric: tabular-nums }
.muted { color: var(--muted); font-size: .9375rem }
.tag { font-size: .875rem; font-weight: 600; padding: .125rem .625rem;
  border-radius: 1rem;
  background: var(--warn-bg); color: var(--warn) }
.note { border-inline-start: .375rem solid var(--ok); background: var(--ok-bg); border-radius: .625rem;
  padding: .75rem 1rem }
form.add, form.raise, .people form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end }
label { display: grid; gap: .125rem; font-size: .875rem; color: var(--muted) }
input[type=number] { font: inherit; color: var(--ink); width: 4rem; min-height: 2.75rem; text-align: center;
  background: var(--surface); border: 1px solid var(--control); border-radius: .625rem }
button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .5rem 1rem; cursor: pointer;
  border: 1px solid transparent; border-radius: .625rem; background: var(--rose); color: var(--on-rose) }
button:hover { background: var(--rose-hover) }
button.quiet { background: transparent; color: var(--ink); border-color: var(--control) }
button.link { background: none; border: 0; padding: .5rem; color: var(--rose); text-decoration: underline;
  font-weight: 400 }
.people { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .75rem }
table { border-collapse: collapse; width: 100% } .scroll { overflow-x: auto }
caption { text-align: start; color: var(--muted); padding-block-end: .5rem }
th, td { text-align: start; padding: .5rem .75rem .5rem 0; border-block-end: 1px solid var(--line);
  vertical-align: top }
@media (max-width: 40rem) { .stacked thead { display: none }
.stacked :is(tr, th, td) { display: block; border: 0; padding-block: .15rem }
.stacked tr { border-block-end: 1px solid var(--line); padding-block: .75rem } }
.letters { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem }
.letters iframe { width: 100%; height: 22rem; border: 1px solid var(--line); background: #fff }
.letters pre { white-space: pre-wrap }
.count { margin-inline-start: .375rem; padding: 0 .5rem; border-radius: 1rem; font-size: .875rem;
  background: var(--rose); color: var(--on-rose); font-variant-numeric: tabular-nums }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap }
`
