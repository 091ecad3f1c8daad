"""What was done, in words that an auditor reads: one line for every action of a transaction."""

from app.core.base.words import _, mark

ACTIONS = {
    "account.change-own": mark("Own PIN or password changed"),
    "account.disable": mark("Account disabled"),
    "account.enable": mark("Account enabled"),
    "account.give": mark("Account given"),
    "account.pin-slips": mark("PIN slips made"),
    "account.set-badge": mark("Badge set"),
    "account.set-password": mark("Password set"),
    "account.set-pin": mark("PIN set"),
    "account.take-away": mark("PIN, password or badge taken away"),
    "account.unlock": mark("Account unlocked"),
    "assignment.assign": mark("Training assigned"),
    "attempt.answer": mark("Question answered"),
    "attempt.extend": mark("More time given for an attempt"),
    "attempt.lift_waiting": mark("Waiting before a quiz ended"),
    "attempt.resume": mark("Attempt resumed"),
    "attempt.seat": mark("Place in an attempt noted"),
    "attempt.start": mark("Attempt started"),
    "attempt.submit": mark("Attempt handed in"),
    "attempt.unlock": mark("Further attempt given"),
    "bank.create": mark("Question bank created"),
    "bank.import": mark("Questions imported"),
    "bank.rename": mark("Question bank renamed"),
    "certificate.document": mark("Certificate's document kept"),
    "certificate.issue_due": mark("Certificates issued"),
    "certificate.revoke": mark("Certificate revoked"),
    "course.begin": mark("Course begun"),
    "course.begin_again": mark("Course begun again"),
    "course.bring-back": mark("Course brought back"),
    "course.create": mark("Course created"),
    "course.discard-draft": mark("Draft of a course discarded"),
    "course.duplicate": mark("Course duplicated"),
    "course.edit": mark("Course edited"),
    "course.import": mark("Course imported"),
    "course.publish": mark("Course published"),
    "course.retire": mark("Course retired"),
    "document.delete": mark("xAPI document deleted"),
    "document.merge": mark("xAPI document changed"),
    "document.put": mark("xAPI document kept"),
    "document.settle": mark("xAPI documents of a lesson kept"),
    "extra_time.end": mark("Extra time ended"),
    "extra_time.give": mark("Extra time given"),
    "job-role.add": mark("Job role added"),
    "job-role.rename": mark("Job role renamed"),
    "lesson.add": mark("Lesson added"),
    "lesson.pause": mark("Lesson paused"),
    "lesson.progress": mark("Lesson worked on"),
    "org-unit.add": mark("Department added"),
    "org-unit.move": mark("Department moved"),
    "org-unit.rename": mark("Department renamed"),
    "package.commit": mark("Package reported results"),
    "package.end": mark("Part of a package left"),
    "package.keep": mark("Place in a package kept"),
    "package.move": mark("Package went to another part"),
    "package.pause": mark("Package paused"),
    "package.waive": mark("Part of a package waived"),
    "people.import": mark("People imported"),
    "people.take-back": mark("Import of people taken back"),
    "person.add": mark("Person added"),
    "person.edit": mark("Person edited"),
    "person.leave": mark("Person left"),
    "person.move": mark("Person moved"),
    "person.rejoin": mark("Person came back"),
    "question.add": mark("Question added"),
    "question.attach": mark("File put into a question"),
    "question.bring-back": mark("Question brought back"),
    "question.duplicate": mark("Question duplicated"),
    "question.edit": mark("Question edited"),
    "question.move": mark("Question moved"),
    "question.withdraw": mark("Question withdrawn"),
    "role.grant": mark("Role granted"),
    "role.revoke": mark("Role revoked"),
    "sign-in": mark("Signed in"),
    "sign-in.again": mark("Proved again who they are"),
    "sign-in.confirmed": mark("Confirmed who they are"),
    "sign-in.in": mark("Signed in"),
    "sign-in.locked": mark("Account locked"),
    "sign-in.out": mark("Signed out"),
    "sign-in.refused": mark("Sign-in refused"),
    "sign-in.try": mark("Sign-in tried"),
    "sign-in.unlocked": mark("Account unlocked"),
    "site.first-administrator": mark("First administrator added"),
    "site.found": mark("Site founded"),
    "statement.record": mark("xAPI statements recorded"),
    "station.add": mark("Training PC added"),
}


def action_in_words(action: str) -> str:
    """Return what was done; an action of another version of the program as it is written."""
    if action in ACTIONS:
        return _(ACTIONS[action])
    words = action.replace(".", ": ").replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def actions_in_words(words: str) -> frozenset[str]:
    """Return the actions whose words contain `words`, in the language on screen."""
    wanted = words.casefold()
    return frozenset(action for action in ACTIONS if wanted in action_in_words(action).casefold())
