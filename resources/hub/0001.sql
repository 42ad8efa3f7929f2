-- The central server's tables. Every table of a school has school_id first in its keys: hash
-- partitions now, distributed tables (Citus) later, and row-level security as a second fence.

CREATE TABLE meta (name text PRIMARY KEY, value text NOT NULL);

CREATE TABLE account (          -- people of the bureau who look at the page
    name text PRIMARY KEY,
    password text NOT NULL,     -- Argon2id
    schools uuid[],             -- NULL: all of them
    failures integer NOT NULL DEFAULT 0,
    locked timestamptz,         -- until then no password is tried
    made timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE school (
    school_id uuid PRIMARY KEY,
    name text NOT NULL,
    code text NOT NULL DEFAULT '',
    key bytea NOT NULL,         -- the school's Ed25519 public key, which signs its devices
    joined timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE statement (        -- certificates and revocations the school's devices carry
    school_id uuid NOT NULL,
    id bytea NOT NULL,          -- SHA-256
    content bytea NOT NULL,
    PRIMARY KEY (school_id, id)
);

CREATE TABLE device (           -- what follows from the statements, to be found quickly
    school_id uuid NOT NULL,
    device bytea NOT NULL,      -- SHA-256 of the Ed25519 public key
    name text NOT NULL,
    sign bytea NOT NULL,
    age text NOT NULL,
    revoked timestamptz,
    seen timestamptz,
    skew bigint,                -- milliseconds its clock was ahead at the last contact
    PRIMARY KEY (school_id, device)
);
CREATE INDEX device_known ON device (device);

CREATE TABLE stream (
    school_id uuid NOT NULL,
    stream uuid NOT NULL,
    number integer NOT NULL,    -- what the states call it
    q bigint NOT NULL DEFAULT 0,
    context jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (school_id, stream),
    UNIQUE (school_id, number)
);

CREATE TABLE shape (
    school_id uuid NOT NULL,
    number integer NOT NULL,
    columns jsonb NOT NULL,
    PRIMARY KEY (school_id, number)
);

CREATE TABLE record (
    school_id uuid NOT NULL,
    kind text NOT NULL,
    id text NOT NULL,
    state bytea NOT NULL,       -- all registers, as on the laptops
    shown jsonb,                -- what is shown; NULL: removed, merged away
    special boolean NOT NULL DEFAULT false,
    conflicts integer NOT NULL DEFAULT 0,
    PRIMARY KEY (school_id, kind, id)
) PARTITION BY HASH (school_id);

CREATE TABLE tally (            -- how many records of a kind are shown, and conflicts open
    school_id uuid NOT NULL,
    kind text NOT NULL,
    shown bigint NOT NULL,
    conflicts bigint NOT NULL,
    PRIMARY KEY (school_id, kind)
);

CREATE TABLE link (             -- shown references: who points to whom
    school_id uuid NOT NULL,
    kind text NOT NULL,
    id text NOT NULL,
    field text NOT NULL,
    target_kind text NOT NULL,
    target text NOT NULL,
    PRIMARY KEY (school_id, kind, id, field)
) PARTITION BY HASH (school_id);

CREATE SEQUENCE segment_order;

CREATE TABLE segment (
    school_id uuid NOT NULL,
    id bytea NOT NULL,
    stream uuid NOT NULL,
    q0 bigint NOT NULL,
    q1 bigint NOT NULL,
    key bytea NOT NULL,         -- SHA-256 of the key that signed it
    head bytea NOT NULL,
    signature bytea NOT NULL,
    body bytea NOT NULL,        -- compressed
    state text NOT NULL,        -- applied, or why it waits or is set aside
    number bigint NOT NULL DEFAULT nextval('segment_order'),
    taken timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (school_id, id)
) PARTITION BY HASH (school_id);

CREATE TABLE upload (
    school_id uuid NOT NULL,
    id bytea NOT NULL,          -- SHA-256 of the file
    device bytea NOT NULL,
    length bigint NOT NULL,
    state text NOT NULL DEFAULT 'receiving',  -- receiving, waiting, taken, refused
    code text NOT NULL DEFAULT '',
    message text NOT NULL DEFAULT '',
    tries integer NOT NULL DEFAULT 0,
    begun timestamptz NOT NULL DEFAULT now(),
    ended timestamptz,
    segments integer NOT NULL DEFAULT 0,
    changes integer NOT NULL DEFAULT 0,
    PRIMARY KEY (school_id, id)
);
CREATE INDEX upload_waiting ON upload (begun) WHERE state = 'waiting';

CREATE TABLE outgoing (         -- packages made for a device, for a day
    school_id uuid NOT NULL,
    id bytea NOT NULL,
    device bytea NOT NULL,
    bytes bytea NOT NULL,
    made timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (school_id, id)
);

CREATE TABLE piece (            -- bytes of an upload until it is taken or refused
    school_id uuid NOT NULL,
    id bytea NOT NULL,
    at bigint NOT NULL,         -- offset
    bytes bytea NOT NULL,
    PRIMARY KEY (school_id, id, at)
);

CREATE TABLE file (             -- attached to records; never changed
    school_id uuid NOT NULL,
    hash bytea NOT NULL,        -- SHA-256
    mime text NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (school_id, hash)
);
ALTER TABLE file ALTER COLUMN bytes SET STORAGE EXTERNAL;  -- pictures do not shrink

CREATE TABLE wish (             -- files a device asked for
    school_id uuid NOT NULL,
    device bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (school_id, device, hash)
);

DO $$
DECLARE
    parts constant integer := 16;
    parent text;
    one integer;
BEGIN
    FOREACH parent IN ARRAY ARRAY['record', 'link', 'segment'] LOOP
        FOR one IN 0 .. parts - 1 LOOP
            EXECUTE format(
                'CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS %s, REMAINDER %s)',
                parent || '_' || one, parent, parts, one
            );
        END LOOP;
    END LOOP;
END $$;

CREATE INDEX record_shown ON record (school_id, kind) WHERE shown IS NOT NULL;
CREATE INDEX record_special ON record (school_id) WHERE special;
CREATE INDEX record_conflicts ON record (school_id) WHERE conflicts > 0;
CREATE INDEX link_target ON link (school_id, target);
CREATE INDEX segment_place ON segment (school_id, stream, q1, q0);
CREATE INDEX segment_unsettled ON segment (school_id, state) WHERE state <> 'applied';

-- The second fence: whoever works for one school sees that school, whatever a query forgot.
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY[
        'school', 'statement', 'device', 'stream', 'shape', 'record', 'link', 'segment', 'upload', 'piece', 'tally',
        'outgoing', 'file', 'wish'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', one);
        EXECUTE format(
            'CREATE POLICY own ON %I USING ('
            'current_setting(''xqhz.everything'', true) = ''on'' '
            'OR school_id = ANY (string_to_array(nullif('
            'current_setting(''xqhz.schools'', true), ''''), '','')::uuid[]))',
            one
        );
    END LOOP;
END $$;
