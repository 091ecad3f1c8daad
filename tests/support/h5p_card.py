"""An H5P content made for the tests: its libraries use what such libraries use."""

import json

from tests.support.packages import Files

GROUND = """
H5P.Ground = (() => {
  function Ground(params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    this.params = params;
    this.contentId = contentId;
    this.presses = (extras.previousState || {presses: 0}).presses;
  }
  Ground.prototype = Object.create(H5P.EventDispatcher.prototype);
  Ground.prototype.constructor = Ground;
  Ground.prototype.getCurrentState = function () { return {presses: this.presses}; };
  return Ground;
})();
"""

CARD = """
H5P.Card = (($) => {
  function Card(params, contentId, extras) {
    H5P.Ground.call(this, params, contentId, extras);
    this.knewItsPlace = this.isRoot();
    this.title = H5P.createTitle(extras.metadata.title);
  }
  Card.prototype = Object.create(H5P.Ground.prototype);
  Card.prototype.constructor = Card;
  Card.prototype.getTitle = function () { return this.title; };
  Card.prototype.attach = function ($container) {
    this.setActivityStarted();
    $container.addClass('h5p-card').append($('<p>', {html: this.params.text}));
    const picture = $('<img>', {id: 'picture', src: H5P.getPath(this.params.picture.path, this.contentId)});
    const part = $('<div>', {id: 'part'});
    $container.append(picture, part);
    this.part = H5P.newRunnable(this.params.part, this.contentId, part, false, {parent: this});
    this.on('xAPI', (event) => {
      if (event.getVerb() === 'answered') $container.attr('data-heard', event.getScore() + '/' + event.getMaxScore());
    });
    $('<button>', {id: 'press', text: 'Press', click: () => { this.presses++; H5P.setUserData(this.contentId, 'pressed', this.presses); }}).appendTo($container);
    $('<button>', {id: 'finish', text: 'Finish', click: () => {
      const dialog = new H5P.ConfirmationDialog({headerText: 'Finish?', dialogText: 'All of it.'}).appendTo($container[0]);
      dialog.on('confirmed', () => this.triggerXAPIScored(3, 4, 'completed', true, true));
      dialog.show();
    }}).appendTo($container);
  };
  return Card;
})(H5P.jQuery);
"""

PART = """
H5P.Part = function (params, contentId) {
  H5P.EventDispatcher.call(this);
  this.attach = (container) => {
    container.text(params.question).on('click', () => this.triggerXAPIScored(1, 1, 'answered', true, true));
  };
};
"""


def h5p_card() -> Files:
    """Return a content of three libraries; the main one is asked for first and needs the others."""
    about = {
        "title": "<b>Fire</b> card",
        "language": "en",
        "mainLibrary": "H5P.Card",
        "preloadedDependencies": [_named("H5P.Card", 1, 2), _named("H5P.Part", 1, 0)],
        "license": "U",
    }
    content = {
        "text": "<p>Leave by the <em>stairs</em></p>",
        "picture": {"path": "images/exit.svg", "mime": "image/svg+xml"},
        "part": {
            "library": "H5P.Part 1.0",
            "params": {"question": "Lift or stairs?"},
            "subContentId": "0f2f6a0a-7b57-4f5c-9d0c-2a1c7a0c3d11",
        },
    }
    return {
        "h5p.json": json.dumps(about),
        "content/content.json": json.dumps(content),
        "content/images/exit.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>',
        **_library("H5P.Card", 1, 2, CARD, needs=[_named("H5P.Ground", 1, 0)]),
        **_library("H5P.Part", 1, 0, PART),
        **_library("H5P.Ground", 1, 0, GROUND),
    }


def _named(name: str, major: int, minor: int) -> dict[str, object]:
    return {"machineName": name, "majorVersion": major, "minorVersion": minor}


def _library(
    name: str, major: int, minor: int, script: str, needs: list[dict[str, object]] | None = None
) -> Files:
    about = {
        "title": name,
        **_named(name, major, minor),
        "patchVersion": 0,
        "runnable": 1,
        "preloadedJs": [{"path": "main.js"}],
        "preloadedDependencies": needs or [],
        "coreApi": {"majorVersion": 1, "minorVersion": 24},
    }
    folder = f"{name}-{major}.{minor}"
    return {f"{folder}/library.json": json.dumps(about), f"{folder}/main.js": script}
