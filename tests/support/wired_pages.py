"""cmi5 and xAPI packages made for the tests: their pages speak to the endpoint with a few words of script."""

from tests.support.packages import Files, cmi5_structure, unit

XAPI = """<!doctype html><title>Fire</title><p>Fire</p><script>
const told = new URLSearchParams(location.search), actor = JSON.parse(told.get("actor"));
const activity = told.get("activity_id") || told.get("activityId"), registration = told.get("registration");
const endpoint = told.get("endpoint");
let auth = told.get("auth");
const headers = () => ({ "Content-Type": "application/json", "X-Experience-API-Version": "1.0.3", Authorization: auth });
const statement = (verb, more) => ({ id: crypto.randomUUID(), timestamp: new Date().toISOString(), actor,
  verb: { id: "http://adlnet.gov/expapi/verbs/" + verb }, object: { id: activity }, context: { registration }, ...more });
const put = (said, more) => fetch(endpoint + "statements?statementId=" + said.id,
  { method: "PUT", headers: headers(), body: JSON.stringify(said), ...more });
const say = (verb, more) => put(statement(verb, more)).then((answer) => answer.status);
</script>"""
"""A page of xAPI: `say(verb, more)` gives the status of the answer."""

CMI5 = (
    XAPI
    + """<script>
const C = "https://w3id.org/xapi/cmi5/context/";
let data;
const state = (id) => fetch(endpoint + "activities/state?" + new URLSearchParams({ stateId: id, activityId: activity,
  agent: told.get("actor"), registration }), { headers: headers() });
const define = (verb, result) => {
  const category = [{ id: C + "categories/cmi5" }];
  if (["completed", "passed", "failed"].includes(verb)) category.push({ id: C + "categories/moveon" });
  const context = structuredClone(data.contextTemplate);
  context.registration = registration;
  context.contextActivities.category = category;
  if (result && result.score && data.masteryScore !== undefined) context.extensions[C + "extensions/masteryscore"] = data.masteryScore;
  return put(statement(verb, { context, ...(result && { result: { duration: "PT1S", ...result } }) })).then((answer) => answer.status);
};
const ready = (async () => {
  auth = "Basic " + (await (await fetch(told.get("fetch"), { method: "POST" })).json())["auth-token"];
  data = await (await state("LMS.LaunchData")).json();
  await fetch(endpoint + "agents/profile?" + new URLSearchParams({ profileId: "cmi5LearnerPreferences",
    agent: told.get("actor") }), { headers: headers() });
  return define("initialized");
})();
</script>"""
)
"""A page of cmi5: `ready` is over when it is initialized; `define(verb, result)` gives a status."""


def cmi5_units(*titles: str, move_on: str = "Passed", page: str = CMI5) -> Files:
    """Return a cmi5 package of units with these titles, each with the same page."""
    made = [
        unit(
            identifier=f"https://example.org/fire/{place}",
            url=f"unit{place}.html?own={place}",
            attributes=f'moveOn="{move_on}" masteryScore="0.8"',
        ).replace("Rules", title)
        for place, title in enumerate(titles, start=1)
    ]
    pages = {f"unit{place}.html": page for place in range(1, len(titles) + 1)}
    return {"cmi5.xml": cmi5_structure("".join(made)), **pages}
