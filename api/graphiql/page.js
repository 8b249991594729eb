// The GraphiQL page: the sample questions as tabs, first of them the one the address names (?question=2) or the query it
// carries (?query=…&variables=…).
"use strict";

const questions = JSON.parse(document.getElementById("questions").textContent);
const address = new URLSearchParams(window.location.search);
const linked = address.get("query");
const asked = Number(address.get("question"));

// Tabs live as long as the browser tab, so a reload keeps what was typed and a newcomer starts at the first question,
// whatever an earlier visit (or another program once served on this port) left behind. Theme, history and favourites stay.
const LASTING = ["graphiql:theme", "graphiql:queries", "graphiql:favorites"];
const drawer = (key) => (LASTING.includes(key) ? window.localStorage : window.sessionStorage);
const storage = {
  getItem: (key) => drawer(key).getItem(`quoth:${key}`),
  setItem: (key, value) => drawer(key).setItem(`quoth:${key}`, value),
  removeItem: (key) => drawer(key).removeItem(`quoth:${key}`),
  get length() {
    return window.localStorage.length + window.sessionStorage.length;
  },
  clear() {
    for (const kept of [window.localStorage, window.sessionStorage]) {
      Object.keys(kept)
        .filter((key) => key.startsWith("quoth:"))
        .forEach((key) => kept.removeItem(key));
    }
  },
};

let tabs = questions;
if (linked) {
  tabs = [{ query: linked, variables: address.get("variables") || undefined }, ...questions];
} else if (questions[asked - 1]) {
  tabs = [questions[asked - 1], ...questions.filter((_, index) => index !== asked - 1)];
}
const isReload = window.performance.getEntriesByType("navigation").some((entry) => entry.type === "reload");
if ((linked || asked) && !isReload) {
  // A followed link opens what it names, not the tabs of the page it was followed from.
  ["tabState", "query", "variables", "headers"].forEach((name) => storage.removeItem(`graphiql:${name}`));
}
if (!storage.getItem("graphiql:tabState") && tabs[0].variables) {
  // GraphiQL takes the query of the first default tab into its editor, the variables only from its storage.
  storage.setItem("graphiql:variables", tabs[0].variables);
}

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(
    GraphiQL,
    {
      fetcher: GraphiQL.createFetcher({ url: window.location.pathname }),
      storage,
      defaultTabs: tabs,
      plugins: [GraphiQLPluginExplorer.explorerPlugin()],
      inputValueDeprecation: true,
    },
    React.createElement(GraphiQL.Logo, null, "Quoth"),
  ),
);
