"""What can be wrong with a call, and the error codes of each book for it."""

from enum import Enum


class Fault(Enum):
    """Why a call failed, in neither book's numbers."""

    GENERAL = "general"
    ALREADY_INITIALIZED = "already initialized"
    INSTANCE_TERMINATED = "instance terminated"
    TERMINATE_BEFORE = "terminate before initialization"
    TERMINATE_AFTER = "terminate after termination"
    GET_BEFORE = "get before initialization"
    GET_AFTER = "get after termination"
    SET_BEFORE = "set before initialization"
    SET_AFTER = "set after termination"
    COMMIT_BEFORE = "commit before initialization"
    COMMIT_AFTER = "commit after termination"
    ARGUMENT = "argument"
    GET = "get failure"
    NO_CHILDREN = "no children"
    NO_COUNT = "no count"
    SET = "set failure"
    COMMIT = "commit failure"
    UNDEFINED = "undefined element"
    UNSET = "element without a value"
    KEYWORD = "keyword"
    READ_ONLY = "read only"
    WRITE_ONLY = "write only"
    TYPE = "type mismatch"
    RANGE = "out of range"
    DEPENDENCY = "dependency not established"


class Faulty(Exception):
    """A call that cannot be done; `api` turns it into an error code."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.value)


CODES_2004: dict[Fault, str] = {
    Fault.GENERAL: "101",
    Fault.ALREADY_INITIALIZED: "103",
    Fault.INSTANCE_TERMINATED: "104",
    Fault.TERMINATE_BEFORE: "112",
    Fault.TERMINATE_AFTER: "113",
    Fault.GET_BEFORE: "122",
    Fault.GET_AFTER: "123",
    Fault.SET_BEFORE: "132",
    Fault.SET_AFTER: "133",
    Fault.COMMIT_BEFORE: "142",
    Fault.COMMIT_AFTER: "143",
    Fault.ARGUMENT: "201",
    Fault.GET: "301",
    Fault.NO_CHILDREN: "301",
    Fault.NO_COUNT: "301",
    Fault.SET: "351",
    Fault.COMMIT: "391",
    Fault.UNDEFINED: "401",
    Fault.UNSET: "403",
    Fault.KEYWORD: "404",
    Fault.READ_ONLY: "404",
    Fault.WRITE_ONLY: "405",
    Fault.TYPE: "406",
    Fault.RANGE: "407",
    Fault.DEPENDENCY: "408",
}

TEXTS_2004: dict[str, str] = {
    "0": "No Error",
    "101": "General Exception",
    "102": "General Initialization Failure",
    "103": "Already Initialized",
    "104": "Content Instance Terminated",
    "111": "General Termination Failure",
    "112": "Termination Before Initialization",
    "113": "Termination After Termination",
    "122": "Retrieve Data Before Initialization",
    "123": "Retrieve Data After Termination",
    "132": "Store Data Before Initialization",
    "133": "Store Data After Termination",
    "142": "Commit Before Initialization",
    "143": "Commit After Termination",
    "201": "General Argument Error",
    "301": "General Get Failure",
    "351": "General Set Failure",
    "391": "General Commit Failure",
    "401": "Undefined Data Model Element",
    "402": "Unimplemented Data Model Element",
    "403": "Data Model Element Value Not Initialized",
    "404": "Data Model Element Is Read Only",
    "405": "Data Model Element Is Write Only",
    "406": "Data Model Element Type Mismatch",
    "407": "Data Model Element Value Out Of Range",
    "408": "Data Model Dependency Not Established",
}
"""The words of the RTE book, 3.1.7: content may look for them, so they are not translated."""

CODES_12: dict[Fault, str] = {
    **dict.fromkeys(Fault, "101"),
    Fault.TERMINATE_BEFORE: "301",
    Fault.GET_BEFORE: "301",
    Fault.SET_BEFORE: "301",
    Fault.COMMIT_BEFORE: "301",
    Fault.TERMINATE_AFTER: "301",
    Fault.GET_AFTER: "301",
    Fault.SET_AFTER: "301",
    Fault.COMMIT_AFTER: "301",
    Fault.ARGUMENT: "201",
    Fault.GET: "201",
    Fault.NO_CHILDREN: "202",
    Fault.NO_COUNT: "203",
    Fault.SET: "201",
    Fault.UNDEFINED: "201",
    Fault.UNSET: "0",
    Fault.KEYWORD: "402",
    Fault.READ_ONLY: "403",
    Fault.WRITE_ONLY: "404",
    Fault.TYPE: "405",
    Fault.RANGE: "405",
    Fault.DEPENDENCY: "201",
}

TEXTS_12: dict[str, str] = {
    "0": "No error",
    "101": "General Exception",
    "201": "Invalid argument error",
    "202": "Element cannot have children",
    "203": "Element not an array. Cannot have count",
    "301": "Not initialized",
    "401": "Not implemented error",
    "402": "Invalid set value, element is a keyword",
    "403": "Element is read only",
    "404": "Element is write only",
    "405": "Incorrect Data Type",
}
