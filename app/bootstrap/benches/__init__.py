"""Benches: `python main.py bench NAME` prints the figure beside its raw limit of the same run."""

from app.bootstrap.benches.answer import AnswerBench
from app.bootstrap.benches.bundles import BundleBench
from app.bootstrap.benches.certificates import CertificatesBench
from app.bootstrap.benches.convert import ConvertBench
from app.bootstrap.benches.find_statements import FindStatementsBench
from app.bootstrap.benches.hr_file import HrFileBench
from app.bootstrap.benches.launch import LaunchBench
from app.bootstrap.benches.matrix import MatrixBench
from app.bootstrap.benches.overview import OverviewBench
from app.bootstrap.benches.packages import PackageBench
from app.bootstrap.benches.people_list import PeopleListBench
from app.bootstrap.benches.reminders import RemindersBench
from app.bootstrap.benches.room import RoomBench
from app.bootstrap.benches.rules import RulesBench
from app.bootstrap.benches.set_value import SetValueBench
from app.bootstrap.benches.start import StartBench
from app.bootstrap.benches.statements import StatementsBench
from app.bootstrap.benches.status import StatusBench
from app.bootstrap.benches.sync import SyncBench
from app.core.base.measuring import Bench

BENCHES: tuple[Bench, ...] = (
    StartBench(),
    AnswerBench(),
    CertificatesBench(),
    PeopleListBench(),
    HrFileBench(),
    OverviewBench(),
    StatementsBench(),
    FindStatementsBench(),
    PackageBench(),
    LaunchBench(),
    SetValueBench(),
    ConvertBench(),
    BundleBench(),
    SyncBench(),
    RulesBench(),
    StatusBench(),
    MatrixBench(),
    RemindersBench(),
    RoomBench(),
)

__all__ = ["BENCHES"]
