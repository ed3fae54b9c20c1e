"""The tables of the index."""

import sqlite3

SCHEMA_VERSION = 18
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
create index record_id on record(id, active, kind, country);
create index record_file on record(file);
create table label(folded text, loose text, bag text, type text, english integer, background integer,
                   record integer, primary key(folded, type, record)) without rowid;
create index label_record on label(record);
create index label_loose on label(loose);
create index label_bag on label(bag);
create table about(term integer, position integer, id text, primary key(term, position)) without rowid;
create index about_id on about(id);
create table citation(source text, record integer, places integer, primary key(source, record)) without rowid;
create index citation_record on citation(record);
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
create index spelling_level on spelling(level);
create table letter(letter text primary key) without rowid;
"""


def create(connection: sqlite3.Connection, stamp: str) -> None:
    """Make the tables in an empty database; ``stamp`` says by and for what the index is made."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    connection.execute("insert into meta values('stamp', ?)", (stamp,))
