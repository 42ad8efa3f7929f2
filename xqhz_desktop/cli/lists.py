"""Commands for lists at work: duplicates, merge, unmerge, bin, restore-record, compare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xqhz_desktop.cli.command import JSON, WHERE, Argument, Command
from xqhz_desktop.cli.session import DONE, OPEN_FINDINGS, Session
from xqhz_desktop.cli.usage import WrongUsage
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import bin as recycle_bin
from xqhz_desktop.services import comparing, duplicates, merging, naming, reconcile
from xqhz_desktop.services.bin import Removed
from xqhz_desktop.storage import queries


def _duplicates(session: Session) -> int:
    kind, say = session.options.kind, session.language.say
    with session.work() as work:
        pairs = duplicates.candidates(work, naming.kind(kind).KIND, session.progress)
        with work.store.read() as reader:
            fields = reader.fields(kind)
    session.data(
        {
            "kind": kind,
            "pairs": [
                {
                    "score": pair.score,
                    "records": [naming.as_json(one, fields) for one in (pair.one, pair.other)],
                    "reasons": [say(reason) for reason in pair.reasons],
                    "against": [say(reason) for reason in pair.against],
                }
                for pair in pairs
            ],
        }
    )
    for pair in pairs:
        session.line(f"{pair.one.id}  {pair.one.called}")
        session.line(f"{pair.other.id}  {pair.other.called}")
        session.line("    " + session.language.value([*pair.reasons, *pair.against]))
    session.say(Message(NN_("{n} pair may be one.", "{n} pairs may be one."), n=len(pairs)))
    return DONE


def _merge(session: Session) -> int:
    options = session.options
    entity = naming.kind(options.kind)
    with session.work() as work:
        with work.store.read() as reader:
            keep, drop = (
                naming.reference(reader, entity.KIND, id) for id in (options.keep, options.drop)
            )
        moving = merging.beside(work, entity.KIND, keep, drop).moving
        alias = merging.merge(work, entity.KIND, keep, drop)
    moved = sum(moving.values())
    session.data({"merge": alias.id, "keep": keep, "drop": drop, "moved": dict(moving)})
    text = NN_(
        "Merged; {n} record was moved. “xqhz unmerge {id}” separates them again.",
        "Merged; {n} records were moved. “xqhz unmerge {id}” separates them again.",
    )
    session.say(Message(text, n=moved, id=alias.id))
    return DONE


def _unmerge(session: Session) -> int:
    with session.work() as work:
        step = merging.unmerge(work, session.options.id)
    session.data({"step": step})
    session.say(Message("Separated again."))
    return DONE


def _bin(session: Session) -> int:
    with session.work() as work:
        found = recycle_bin.contents(work, limit=0)
    session.data({"records": [_removed_json(one) for one in found]})
    for one in found:
        when, kind = session.language.value(one.at), session.language.say(BY_KIND[one.kind].LABEL)
        session.line(f"{one.id}  {when}  {one.by}  {kind}  {one.name}")
    session.say(Message("{n} in all", n=len(found)))
    return DONE


def _removed_json(one: Removed) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "name": one.name,
        "step": one.step,
        "at": one.at.isoformat(timespec="seconds"),
        "actor": one.by,
        "reason": one.reason or None,
        "belonging": dict(one.belonging),
    }


def _restore_record(session: Session) -> int:
    options = session.options
    with session.work() as work:
        try:
            step = recycle_bin.restore(work, [options.id], whole=options.whole)
        except recycle_bin.Needed:
            if not options.whole:
                raise
            needed = [one.id for one in recycle_bin.needed(work, [options.id])]
            step = recycle_bin.restore(work, [options.id, *needed], whole=True)
    session.data({"step": step})
    session.say(Message("Brought back. “xqhz undo” removes it again."))
    return DONE


def _compare(session: Session) -> int:
    options = session.options
    entity = naming.kind(options.kind)
    own = session.own_fields(entity.KIND)
    understood = reconcile.read(Path(options.file), entity.KIND, own=own)
    with session.work() as work:
        with work.store.read() as reader:
            pairs = naming.values(reader, entity, dict(map(_pair, options.where)))
        where = tuple(queries.Where(name, "=", value) for name, value in pairs.items())
        query = queries.Query(entity.KIND, where=where)
        done = reconcile.compare(work, query, understood, session.progress)
    if options.result:
        reconcile.write(done, Path(options.result), session.language)
    session.data(reconcile.as_json(done, session.language))
    for row in reconcile.rows(done, session.language):
        session.line("\t".join(row))
    session.say(comparing.summary(done))
    return DONE if done.agree else OPEN_FINDINGS


def _pair(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not equals:
        raise WrongUsage(Message("“{word}” is not FIELD=VALUE.", word=word), "xqhz compare")
    return name, value


_KIND = Argument("kind", metavar="KIND", help=N_("one of “xqhz kinds”"))
COMMANDS = (
    Command("duplicates", N_("find records that may be one"), (_KIND, JSON), _duplicates),
    Command(
        "merge",
        N_("make two records one"),
        (
            _KIND,
            Argument("keep", metavar="KEEP", help=N_("id, number or name of the one that stays")),
            Argument("drop", metavar="DROP", help=N_("id, number or name of the one that goes")),
            JSON,
        ),
        _merge,
    ),
    Command(
        "unmerge",
        N_("separate a merged record again"),
        (
            Argument("id", metavar="ID", help=N_("id of the merge, or of the record that went")),
            JSON,
        ),
        _unmerge,
    ),
    Command("bin", N_("list removed records"), (JSON,), _bin),
    Command(
        "restore-record",
        N_("bring a removed record back"),
        (
            Argument("id", metavar="ID", help=N_("id of the record, as “xqhz bin” says it")),
            Argument(
                "--whole",
                action="store_true",
                help=N_("with what belonged to it and what it belongs to"),
            ),
            JSON,
        ),
        _restore_record,
    ),
    Command(
        "compare",
        N_("hold a list of persons against a file"),
        (
            Argument("kind", metavar="KIND", help=N_("“student” or “placement”")),
            Argument("file", metavar="FILE"),
            WHERE,
            Argument("--result", default="", metavar="OUT.xlsx", help=N_("write the differences")),
            JSON,
        ),
        _compare,
    ),
)
"""Finding twins, the recycle bin, and lists held against each other."""
