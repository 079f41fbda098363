import { balances } from "./adminBodies.ts"
import type { Checkout } from "./Checkout.ts"
import { wireTime } from "./Clock.ts"
import { eventNames } from "./events.ts"
import { faultKind, faultKinds, isFaultName } from "./faultKinds.ts"
import { type Html, html, layout } from "./html.ts"
import { spoken } from "./money.ts"
import type { Provider } from "./Provider.ts"
import { switchesBody } from "./Switches.ts"
import { refunded } from "./Transaction.ts"

const clockTime = (ms: number): string => wireTime(ms).slice(11, 19)

const table = (caption: string, heads: ReadonlyArray<string>, rows: ReadonlyArray<Html>): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.length === 0 ? html`<tr><td colspan="${heads.length}">Nothing yet</td></tr>` : rows}</tbody>
</table></div>`

const cells = (...values: ReadonlyArray<Html | string | number | undefined>): Html =>
  html`<tr>${values.map((value) => html`<td>${value}</td>`)}</tr>\n`

const options = (names: ReadonlyArray<string>): ReadonlyArray<Html> =>
  names.map((name) => html`<option>${name}</option>`)

const happenForm = (which: string): Html => html`<section class="card" id="event">
<h2>Make something happen</h2>
<form method="post" action="/_admin/do/event"><div class="row">
<label for="which">Reference or checkout id<input id="which" name="which" value="${which}" required></label>
<label for="event-name">What<select id="event-name" name="event">${options(eventNames)}</select></label>
<label for="amount">Amount (refund)<input id="amount" name="amount" inputmode="decimal" size="8"></label>
<button class="main">Do it</button>
</div></form></section>`

const clockForm = ({ clock }: Provider): Html => html`<section class="card" id="clock">
<h2>Clock</h2>
<p>${wireTime(clock.now())}, ${Math.round(clock.offset() / 1000)} s ahead, × ${clock.scale()}</p>
<form method="post" action="/_admin/do/clock"><div class="row">
<label for="advance">Seconds<input id="advance" name="advance" type="number" min="0" value="60"></label>
<button>Move it on</button>
</div></form></section>`

const faultForm = (which: string): Html => html`<form method="post" action="/_admin/do/fault">
<h3>Add a rule</h3><div class="row">
<label for="fault">Fault<select id="fault" name="fault">${options(Object.keys(faultKinds))}</select></label>
<label for="with">With (JSON)<input id="with" name="with" placeholder='{"s": 30}'></label>
<label for="times">Times<input id="times" name="times" size="6" placeholder="1"></label>
<label for="reference">Reference<input id="reference" name="reference" value="${which}"></label>
<label for="merchant">Merchant<input id="merchant" name="merchant" size="12"></label>
<label for="method">Method<input id="method" name="method" size="6"></label>
<label for="path">Path<input id="path" name="path" placeholder="/v0.1/checkouts*"></label>
<label for="nth">From the nth on<input id="nth" name="nth" type="number" min="1"></label>
<label for="chance">Chance<input id="chance" name="chance" inputmode="decimal" size="6" placeholder="1"></label>
<button>Add</button>
</div></form>`

const removeForm = (id: number): Html => html`<form method="post" action="/_admin/do/remove-fault">
<input type="hidden" name="id" value="${id}"><button aria-label="Remove rule ${id}">Remove</button></form>`

const faultSection = ({ faults }: Provider, which: string): Html => {
  const rules = faults.list().slice(-50).reverse()
  const rows = rules.map(({ id, fault, match, with: given, times, fired }) =>
    cells(id, fault, JSON.stringify(match), JSON.stringify(given), times, fired, removeForm(id))
  )
  const kinds = Object.keys(faultKinds).map((name) => {
    const { says, with: given = {} } = isFaultName(name) ? faultKind(name) : { says: "" }
    return html`<dt>${name}</dt><dd>${says} ${Object.entries(given)
      .map(([key, what]) => `${key}: ${what}`)
      .join("; ")}</dd>\n`
  })
  return html`<section class="card" id="faults"><h2>Faults</h2>
${table("Rules, newest first", ["Rule", "Fault", "Match", "With", "Times", "Fired", ""], rows)}
${faultForm(which)}
<details><summary>What each does</summary><dl>${kinds}</dl></details></section>`
}

const callSection = ({ calls }: Provider): Html => {
  const rows = calls
    .newest(50)
    .map(({ at, method, path, reference, result, ms, faults }) =>
      cells(clockTime(at), `${method} ${path}`, reference, result, ms, faults.join(", "))
    )
  return html`<section class="card" id="calls"><h2>Calls</h2>
${table(`Newest 50 of ${calls.count()}`, ["At", "Call", "Reference", "Answer", "ms", "Faults"], rows)}</section>`
}

const deliverySection = ({ webhooks }: Provider): Html => {
  const rows = webhooks.log
    .newest(50)
    .map(({ tries, nextAt, reference, url, state, faults }) =>
      cells(
        nextAt === undefined ? clockTime(tries.at(-1)?.at ?? 0) : `next ${clockTime(nextAt)}`,
        reference,
        URL.parse(url)?.host,
        state,
        tries.map(({ result }) => result).join(", "),
        faults.join(", ")
      )
    )
  const heads = ["At", "Reference", "To", "State", "Answers", "Faults"]
  return html`<section class="card" id="webhooks"><h2>Webhooks</h2>
${table(`Newest 50 of ${webhooks.log.count()}`, heads, rows)}</section>`
}

const checkoutRow = (checkout: Checkout, { ledger }: Provider): Html => {
  const { currency, reference } = checkout
  const paid = ledger.transactionsOf(checkout).filter(({ status }) => status === "SUCCESSFUL")
  const back = paid.reduce((sum, one) => sum + refunded(one), 0)
  return cells(
    html`<a href="/_admin?which=${encodeURIComponent(checkout.id)}#event">${reference}</a>`,
    checkout.merchantCode,
    spoken(checkout.amount, currency),
    checkout.status,
    spoken(
      paid.reduce((sum, one) => sum + one.amount, 0),
      currency
    ),
    spoken(back, currency)
  )
}

const ledgerSection = (provider: Provider): Html => {
  const sums = balances(provider).map(({ merchant, captured, refunded: back, chargedBack, balance }) =>
    cells(
      `${merchant.name} (${merchant.code})`,
      ...[captured, back, chargedBack, balance].map((minor) => spoken(minor, merchant.currency))
    )
  )
  const checkouts = [...provider.ledger.checkouts()].slice(-50).reverse()
  const heads = ["Reference", "Merchant", "Asked", "Status", "Taken", "Refunded"]
  return html`<section class="card" id="ledger"><h2>Ledger</h2>
${table("Balance of each merchant", ["Merchant", "Captured", "Refunded", "Charged back", "Balance"], sums)}
${table(
  `Newest 50 of ${provider.ledger.counts().checkouts} checkouts`,
  heads,
  checkouts.map((checkout) => checkoutRow(checkout, provider))
)}</section>`
}

const switchSection = ({ switches }: Provider): Html => {
  const rows = Object.entries(switchesBody(switches)).map(([name, value]) => cells(name, String(value)))
  return html`<section class="card" id="switches"><h2>Switches</h2>
<p class="muted">What only the real provider could answer, in its strictest reading.</p>
<details><summary>All switches</summary>${table("Switches", ["Switch", "Is"], rows)}</details>
<form method="post" action="/_admin/do/switch"><div class="row">
<label for="switch">Switch<select id="switch" name="name">${options(Object.keys(switches))}</select></label>
<label for="value">Value<input id="value" name="value" required></label><button>Set</button>
</div></form></section>`
}

/** The page of links and forms that shows and moves everything. */
export const adminPage = (provider: Provider, query: { readonly [name: string]: unknown }): Html => {
  const text = (name: string): string => (typeof query[name] === "string" ? query[name] : "")
  const said = text("said")
  const which = text("which")
  const reference = provider.ledger.checkout(which)?.reference ?? which
  return layout(
    "Practice payments: behind the counter",
    html`<h1 class="wide">Practice payments: behind the counter</h1>
${said === "" ? "" : html`<p class="note ok" role="status">${said}</p>`}
<nav aria-label="This page"><a href="/_admin">Refresh</a><a href="/_admin?follow">Refresh every 3 seconds</a>
<a href="#calls">Calls</a><a href="#webhooks">Webhooks</a><a href="#faults">Faults</a>
<a href="#ledger">Ledger</a></nav>
${happenForm(which)}
${callSection(provider)}
${deliverySection(provider)}
${faultSection(provider, reference)}
${ledgerSection(provider)}
${clockForm(provider)}
${switchSection(provider)}
<section class="card"><h2>Begin again</h2><form method="post" action="/_admin/do/reset">
<p>Empties the ledger, the faults and the logs.</p><button>Empty everything</button></form></section>`
  )
}
