// What contents report: h5p.org/documentation/api, class XAPIEvent; the statements' shape is xAPI 1.0.3, part two.
(() => {
  "use strict";
  const H5P = window.H5P;
  const VERBS = "http://adlnet.gov/expapi/verbs/", PLACES = 10000;
  const LOCAL_ID = "http://h5p.org/x-api/h5p-local-content-id", PART_ID = "http://h5p.org/x-api/h5p-subContentId";
  const KNOWN_VERBS = [
    "answered", "asked", "attempted", "attended", "commented", "completed", "exited", "experienced", "failed", "imported",
    "initialized", "interacted", "launched", "mastered", "passed", "preferred", "progressed", "registered", "responded",
    "resumed", "scored", "shared", "suspended", "terminated", "voided",
    "downloaded", "copied", "accessed-reuse", "accessed-embed", "accessed-copyright"];

  function XAPIEvent() { H5P.Event.call(this, "xAPI", { statement: {} }, { bubbles: true, external: true }); }
  XAPIEvent.prototype = Object.create(H5P.Event.prototype);
  XAPIEvent.allowedXAPIVerbs = KNOWN_VERBS;

  const seconds = (instance) => Math.round((Date.now() - instance.activityStartTime) / 10) / 100;

  Object.assign(XAPIEvent.prototype, {
    constructor: XAPIEvent,

    setScoredResult(raw, max, instance, completion, success) {
      const result = {};
      if (raw !== undefined) {
        result.score = { min: 0, raw };
        if (max !== undefined) {
          result.score.max = max;
          if (max > 0) result.score.scaled = Math.round((raw / max) * PLACES) / PLACES;
        }
      }
      result.completion = completion === undefined ? true : completion;
      if (success !== undefined) result.success = success;
      if (instance && instance.activityStartTime) result.duration = `PT${seconds(instance)}S`;
      this.data.statement.result = result;
    },

    setVerb(verb) {
      if (typeof verb === "object") this.data.statement.verb = verb;
      else if (KNOWN_VERBS.includes(verb)) this.data.statement.verb = { id: VERBS + verb, display: { "en-US": verb } };
    },

    getVerb(isFull) {
      const id = this.getVerifiedStatementValue(["verb", "id"]);
      return id === null || isFull ? id : id.replace(VERBS, "");
    },

    setObject(instance) {
      const definition = {};
      if (instance.contentId !== undefined) {
        definition.extensions = { [LOCAL_ID]: instance.contentId };
        if (instance.subContentId) definition.extensions[PART_ID] = instance.subContentId;
        const title = typeof instance.getTitle === "function" ? instance.getTitle() : H5P.titleOf(instance);
        if (title) definition.name = { "en-US": title };
      }
      this.data.statement.object = { id: this.getContentXAPIId(instance), objectType: "Activity", definition };
    },

    setContext(instance) {
      const activities = {};
      const asActivity = (id) => [{ id, objectType: "Activity" }];
      if (instance.parent && instance.parent.contentId !== undefined)
        activities.parent = asActivity(this.getContentXAPIId(instance.parent));
      if (instance.libraryInfo)
        activities.category = asActivity(`http://h5p.org/libraries/${instance.libraryInfo.versionedNameNoSpaces}`);
      if (Object.keys(activities).length) this.data.statement.context = { contextActivities: activities };
    },

    // Who learns is known to the records, not to the page
    setActor() {
      this.data.statement.actor = { objectType: "Agent", account: { name: "learner", homePage: window.H5PIntegration.siteUrl } };
    },

    getVerifiedStatementValue(keys) {
      let value = this.data.statement;
      for (const key of keys) {
        if (value === null || typeof value !== "object" || value[key] === undefined) return null;
        value = value[key];
      }
      return value;
    },

    getMaxScore() { return this.getVerifiedStatementValue(["result", "score", "max"]); },
    getScore() { return this.getVerifiedStatementValue(["result", "score", "raw"]); },

    getContentXAPIId(instance) {
      if (instance.contentId === undefined) return undefined;
      const whole = window.H5PIntegration.contents[`cid-${instance.contentId}`].url;
      return instance.subContentId ? `${whole}?subContentId=${instance.subContentId}` : whole;
    },

    isFromChild() {
      const parent = this.getVerifiedStatementValue(["context", "contextActivities", "parent", 0, "id"]);
      return parent === null || !parent.includes("subContentId");
    },
  });

  Object.assign(H5P.EventDispatcher.prototype, {
    createXAPIEventTemplate(verb, extra) {
      const event = new H5P.XAPIEvent();
      event.setActor();
      event.setVerb(verb);
      Object.assign(event.data.statement, extra);
      if (!event.data.statement.object) event.setObject(this);
      if (!event.data.statement.context) event.setContext(this);
      return event;
    },
    triggerXAPI(verb, extra) { this.trigger(this.createXAPIEventTemplate(verb, extra)); },
    triggerXAPICompleted(raw, max, success) { this.triggerXAPIScored(raw, max, "completed", true, success); },
    triggerXAPIScored(raw, max, verb, completion, success) {
      const event = this.createXAPIEventTemplate(verb);
      event.setScoredResult(raw, max, this, completion, success);
      this.trigger(event);
    },
    setActivityStarted() {
      if (this.activityStartTime !== undefined) return;
      // Not by triggerXAPI: some libraries have put something of their own in its place
      if (this.contentId !== undefined) this.trigger(this.createXAPIEventTemplate("attempted"));
      this.activityStartTime = Date.now();
    },
    getXAPIDataFromChildren(children) {
      return children.map((one) => (typeof one.getXAPIData === "function" ? one.getXAPIData() : null)).filter(Boolean);
    },
  });

  H5P.XAPIEvent = XAPIEvent;
})();
