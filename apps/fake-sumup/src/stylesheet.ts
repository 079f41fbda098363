/** The look of the practice pages: every text pair is at least 4.5 : 1 in both themes. */
export const stylesheet = `
:root { color-scheme: light dark; --bg: #f4f6f8; --surface: #ffffff; --ink: #1f2933; --muted: #4f5b67;
  --line: #c9d1d9; --control: #6b7783; --action: #1a4f8b; --on-action: #ffffff; --warn: #6b4300;
  --warn-bg: #fff1d6; --ok: #1f5f38; --ok-bg: #e6f2e9; --bad: #9b1c1c; --bad-bg: #fce8e6; --focus: #1f4fb5 }
@media (prefers-color-scheme: dark) {
  :root { --bg: #14181c; --surface: #1e242a; --ink: #eef1f4; --muted: #b4bec8; --line: #3c4650;
    --control: #8a96a2; --action: #9cc4f2; --on-action: #0c1f36; --warn: #f2c269; --warn-bg: #2f2208;
    --ok: #84d09b; --ok-bg: #14291b; --bad: #ff9b92; --bad-bg: #351413; --focus: #9dbdff } }
* { box-sizing: border-box }
body { margin: 0; background: var(--bg); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 34rem; margin: 0 auto; padding: 1rem; display: grid; gap: 1rem }
main:has(.wide) { max-width: 80rem }
.banner { padding: .75rem 1rem; text-align: center; background: var(--warn-bg); color: var(--warn) }
h1 { font-size: 1.5rem; line-height: 1.2; margin: .5rem 0 0 }
h2 { font-size: 1.1rem; margin: 0 }
summary { cursor: pointer; min-height: 24px }
summary h2 { display: inline }
details[open] > * + * { margin-top: .75rem }
p { margin: 0 }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 1rem;
  display: grid; gap: .75rem; min-width: 0 }
.amount { font-size: 2rem; font-weight: 600 }
.muted { color: var(--muted) }
.note { padding: .75rem 1rem; border-left: 4px solid; border-radius: 4px }
.ok { background: var(--ok-bg); color: var(--ok) }
.bad { background: var(--bad-bg); color: var(--bad) }
form { display: grid; gap: .75rem; margin: 0 }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end }
label { display: grid; gap: .25rem; font-weight: 600 }
input, select { font: inherit; font-weight: 400; color: inherit; background: var(--surface); padding: .5rem;
  border: 1px solid var(--control); border-radius: 6px; min-height: 44px; max-width: 100% }
input[type=number] { width: 7rem }
button { font: inherit; font-weight: 600; min-height: 44px; padding: .5rem 1rem; cursor: pointer;
  border: 1px solid var(--action); border-radius: 6px; background: var(--surface); color: var(--action) }
form > button { justify-self: start }
form > button.main { justify-self: stretch }
button.main { background: var(--action); color: var(--on-action) }
a { color: var(--action) }
a.back, nav a { display: inline-block; padding: .5rem 0; min-height: 24px }
nav { display: flex; flex-wrap: wrap; gap: 1rem }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0 }
dt { color: var(--muted) }
dd { margin: 0; overflow-wrap: anywhere }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .875rem }
th, td { text-align: left; padding: .35rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top }
`
