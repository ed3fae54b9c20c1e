"""The tables of the index."""

import sqlite3

SCHEMA_VERSION = 31
"""Counts changes of the tables or of what stands in them; an index of another version is made anew."""

_SCHEMA = """
create table meta(name text primary key, value text) without rowid;
create table file(id integer primary key, layer integer, path text, size integer, mtime_ns integer,
                  unique(layer, path));
create table folder(layer integer, name text, stamp blob, primary key(layer, name)) without rowid;
create table record(rowid integer primary key, file integer, layer integer, position integer,
                    active integer default 0, id text, kind text, name text, aliases text,
                    summary text, country text, tags text, looked_at text, mark text,
                    retired integer, body blob);
create table manifest(file integer primary key, layer integer, policy text);
create table hidden(file integer, layer integer, id text, reason text, primary key(id, file)) without rowid;
create table label(folded text, loose text, bag text, type text, languages text, stress integer,
                   record integer);
create table about(term integer, position integer, id text, primary key(term, position)) without rowid;
create table joint(term integer, number integer, slot integer, slots integer, concept text,
                   primary key(term, number, slot, concept)) without rowid;
create table alike(word text, bag text, record integer, primary key(word, bag, record)) without rowid;
create table citation(source text, record integer, places integer, primary key(source, record)) without rowid;
create table problem(file integer, line integer, "column" integer, code text, severity text,
                     message text, hint text);
create table content(rowid integer primary key, name text, labels text, summary text, body text,
                     said text, spelt text);
create virtual table search using fts5(
  name, labels, summary, body, content='content',
  tokenize="porter unicode61 remove_diacritics 0 categories 'L* N* Co M*'");
create virtual table indexed using fts5vocab(search, row);
create table best(token text, record integer, primary key(token, record)) without rowid;
create table spelling(id integer primary key, word text unique, level text, records integer,
                      labels integer);
create table letter(letter text primary key) without rowid;
"""

_INDEXES = """
create index if not exists record_id on record(id, active, kind, country);
create index if not exists record_file on record(file);
create index if not exists label_folded on label(folded, loose);
create index if not exists label_record on label(record);
create index if not exists label_loose on label(loose);
create index if not exists label_bag on label(bag);
create index if not exists about_id on about(id);
create index if not exists joint_concept on joint(concept);
create index if not exists alike_record on alike(record);
create index if not exists citation_record on citation(record);
create index if not exists spelling_level on spelling(level);
"""


def create(connection: sqlite3.Connection, stamp: str) -> None:
    """Make the tables in an empty database; ``stamp`` says by and for what the index is made.

    They get their indexes when the first records are in (:func:`add_indexes`).
    """
    _execute(connection, _SCHEMA)
    connection.execute("insert into meta values('stamp', ?)", (stamp,))


def add_indexes(connection: sqlite3.Connection) -> None:
    """Give the tables the indexes they lack. Made of many rows at once an index takes half the time."""
    _execute(connection, _INDEXES)


def _execute(connection: sqlite3.Connection, statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            connection.execute(statement)
