CREATE TABLE school (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	name_en TEXT NOT NULL,
	short_name TEXT NOT NULL,
	code TEXT NOT NULL,
	national_code TEXT NOT NULL,
	level TEXT NOT NULL,
	region TEXT NOT NULL,
	address TEXT NOT NULL,
	legal_representative TEXT NOT NULL,
	contact TEXT NOT NULL,
	phone TEXT NOT NULL,
	supervision_phone TEXT NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id)
);
CREATE INDEX ix_school_level ON school (level);
CREATE INDEX ix_school_sort_key ON school (sort_key, "row");
CREATE TABLE department (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	name_en TEXT NOT NULL,
	code TEXT NOT NULL,
	head TEXT,
	phone TEXT NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(head) REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_department_head ON department (head);
CREATE INDEX ix_department_sort_key ON department (sort_key, "row");
CREATE TABLE major (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	name_en TEXT NOT NULL,
	code TEXT NOT NULL,
	department TEXT,
	level TEXT NOT NULL,
	years INTEGER,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(department) REFERENCES department (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_major_code ON major (code);
CREATE INDEX ix_major_department ON major (department);
CREATE INDEX ix_major_level ON major (level);
CREATE INDEX ix_major_name ON major (name);
CREATE INDEX ix_major_sort_key ON major (sort_key, "row");
CREATE TABLE school_class (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	major TEXT,
	enrol_year INTEGER,
	head_teacher TEXT,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(major) REFERENCES major (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(head_teacher) REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_school_class_head_teacher ON school_class (head_teacher);
CREATE INDEX ix_school_class_major ON school_class (major);
CREATE INDEX ix_school_class_name ON school_class (name);
CREATE INDEX ix_school_class_sort_key ON school_class (sort_key, "row");
CREATE TABLE staff (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	staff_no TEXT NOT NULL,
	sex TEXT NOT NULL,
	department TEXT,
	title TEXT NOT NULL,
	phone TEXT NOT NULL,
	role TEXT NOT NULL,
	dual_qualified INTEGER NOT NULL,
	name_pinyin TEXT NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(department) REFERENCES department (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_staff_department ON staff (department);
CREATE INDEX ix_staff_name ON staff (name);
CREATE INDEX ix_staff_role ON staff (role);
CREATE INDEX ix_staff_sort_key ON staff (sort_key, "row");
CREATE INDEX ix_staff_staff_no ON staff (staff_no);
CREATE TABLE student (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	student_no TEXT NOT NULL,
	sex TEXT NOT NULL,
	school_class TEXT,
	id_type TEXT NOT NULL,
	id_no TEXT NOT NULL,
	birth_date TEXT,
	phone TEXT NOT NULL,
	guardian_name TEXT NOT NULL,
	guardian_relation TEXT NOT NULL,
	guardian_phone TEXT NOT NULL,
	guardian_id_no TEXT NOT NULL,
	registration_no TEXT NOT NULL,
	ethnic TEXT NOT NULL,
	political TEXT NOT NULL,
	address TEXT NOT NULL,
	enrol_date TEXT,
	status TEXT NOT NULL,
	name_pinyin TEXT NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(school_class) REFERENCES school_class (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_student_id_no ON student (id_no);
CREATE INDEX ix_student_school_class ON student (school_class);
CREATE INDEX ix_student_sex ON student (sex);
CREATE INDEX ix_student_sort_key ON student (sort_key, "row");
CREATE INDEX ix_student_status ON student (status);
CREATE INDEX ix_student_student_no ON student (student_no);
CREATE TABLE enterprise (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	uscc TEXT NOT NULL,
	no_code_reason TEXT NOT NULL,
	status TEXT NOT NULL,
	former_names TEXT NOT NULL,
	short_name TEXT NOT NULL,
	name_en TEXT NOT NULL,
	level TEXT NOT NULL,
	parent TEXT,
	industry TEXT NOT NULL,
	region TEXT NOT NULL,
	address TEXT NOT NULL,
	size TEXT NOT NULL,
	nature TEXT NOT NULL,
	legal_representative TEXT NOT NULL,
	contact TEXT NOT NULL,
	phone TEXT NOT NULL,
	staff_total INTEGER,
	staff_as_of TEXT,
	other_interns INTEGER,
	has_legal_status INTEGER NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(parent) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_enterprise_name ON enterprise (name);
CREATE INDEX ix_enterprise_nature ON enterprise (nature);
CREATE INDEX ix_enterprise_parent ON enterprise (parent);
CREATE INDEX ix_enterprise_size ON enterprise (size);
CREATE INDEX ix_enterprise_sort_key ON enterprise (sort_key, "row");
CREATE INDEX ix_enterprise_status ON enterprise (status);
CREATE INDEX ix_enterprise_uscc ON enterprise (uscc);
CREATE TABLE enterprise_contact (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	enterprise TEXT,
	name TEXT NOT NULL,
	post TEXT NOT NULL,
	phone TEXT NOT NULL,
	email TEXT NOT NULL,
	signatory INTEGER NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_enterprise_contact_enterprise ON enterprise_contact (enterprise);
CREATE INDEX ix_enterprise_contact_sort_key ON enterprise_contact (sort_key, "row");
CREATE TABLE mentor (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	enterprise TEXT,
	name TEXT NOT NULL,
	post TEXT NOT NULL,
	title TEXT NOT NULL,
	skill_level TEXT NOT NULL,
	phone TEXT NOT NULL,
	since TEXT,
	until TEXT,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_mentor_enterprise ON mentor (enterprise);
CREATE INDEX ix_mentor_skill_level ON mentor (skill_level);
CREATE INDEX ix_mentor_sort_key ON mentor (sort_key, "row");
CREATE TABLE position (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	enterprise TEXT,
	headcount INTEGER,
	staff_same_post INTEGER,
	other_interns INTEGER,
	majors TEXT NOT NULL,
	pay INTEGER,
	same_post_pay INTEGER,
	lowest_pay INTEGER,
	hours_per_day INTEGER,
	hours_per_week INTEGER,
	shift TEXT NOT NULL,
	labour_grade TEXT NOT NULL,
	hazards TEXT NOT NULL,
	region TEXT NOT NULL,
	address TEXT NOT NULL,
	lodging INTEGER NOT NULL,
	independent INTEGER NOT NULL,
	open INTEGER NOT NULL,
	duties TEXT NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_position_enterprise ON position (enterprise);
CREATE INDEX ix_position_shift ON position (shift);
CREATE INDEX ix_position_sort_key ON position (sort_key, "row");
CREATE TABLE placement_batch (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	school_year TEXT NOT NULL,
	term TEXT NOT NULL,
	start_date TEXT,
	end_date TEXT,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id)
);
CREATE INDEX ix_placement_batch_name ON placement_batch (name);
CREATE INDEX ix_placement_batch_sort_key ON placement_batch (sort_key, "row");
CREATE INDEX ix_placement_batch_term ON placement_batch (term);
CREATE INDEX ix_placement_batch_type ON placement_batch (type);
CREATE TABLE batch_class (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	batch TEXT,
	school_class TEXT,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(batch) REFERENCES placement_batch (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(school_class) REFERENCES school_class (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_batch_class_batch ON batch_class (batch);
CREATE INDEX ix_batch_class_school_class ON batch_class (school_class);
CREATE INDEX ix_batch_class_sort_key ON batch_class (sort_key, "row");
CREATE TABLE placement (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	student TEXT,
	enterprise TEXT,
	position TEXT,
	batch TEXT,
	start_date TEXT,
	end_date TEXT,
	status TEXT NOT NULL,
	tutor TEXT,
	mentor TEXT,
	weekly_hours INTEGER,
	allowance INTEGER,
	organisation TEXT NOT NULL,
	arrangement TEXT NOT NULL,
	major_match TEXT NOT NULL,
	agreement_no TEXT NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(student) REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(position) REFERENCES position (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(batch) REFERENCES placement_batch (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(tutor) REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(mentor) REFERENCES mentor (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_placement_batch ON placement (batch);
CREATE INDEX ix_placement_enterprise ON placement (enterprise);
CREATE INDEX ix_placement_mentor ON placement (mentor);
CREATE INDEX ix_placement_position ON placement (position);
CREATE INDEX ix_placement_sort_key ON placement (sort_key, "row");
CREATE INDEX ix_placement_status ON placement (status);
CREATE INDEX ix_placement_student ON placement (student);
CREATE INDEX ix_placement_tutor ON placement (tutor);
CREATE TABLE alias (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	of_kind TEXT NOT NULL,
	dropped TEXT NOT NULL,
	kept TEXT NOT NULL,
	name TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id)
);
CREATE INDEX ix_alias_dropped ON alias (dropped);
CREATE INDEX ix_alias_sort_key ON alias (sort_key, "row");
CREATE TABLE apart (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	of_kind TEXT NOT NULL,
	one TEXT NOT NULL,
	other TEXT NOT NULL,
	name TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id)
);
CREATE INDEX ix_apart_sort_key ON apart (sort_key, "row");
CREATE TABLE own_list (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	name_en TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id)
);
CREATE INDEX ix_own_list_sort_key ON own_list (sort_key, "row");
CREATE TABLE own_choice (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	own_list TEXT,
	name TEXT NOT NULL,
	name_en TEXT NOT NULL,
	place INTEGER,
	retired INTEGER NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(own_list) REFERENCES own_list (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_own_choice_own_list ON own_choice (own_list);
CREATE INDEX ix_own_choice_sort_key ON own_choice (sort_key, "row");
CREATE TABLE own_field (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	of_kind TEXT NOT NULL,
	name TEXT NOT NULL,
	name_en TEXT NOT NULL,
	type TEXT NOT NULL,
	own_list TEXT,
	required INTEGER NOT NULL,
	search INTEGER NOT NULL,
	private INTEGER NOT NULL,
	place INTEGER,
	retired INTEGER NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(own_list) REFERENCES own_list (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_own_field_own_list ON own_field (own_list);
CREATE INDEX ix_own_field_sort_key ON own_field (sort_key, "row");
CREATE INDEX ix_own_field_type ON own_field (type);
CREATE TABLE export_layout (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	of_kind TEXT NOT NULL,
	name TEXT NOT NULL,
	columns TEXT NOT NULL,
	totals INTEGER NOT NULL,
	usual INTEGER NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id)
);
CREATE INDEX ix_export_layout_sort_key ON export_layout (sort_key, "row");
CREATE TABLE attachment (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	of_kind TEXT NOT NULL,
	owner TEXT NOT NULL,
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	size INTEGER,
	mime TEXT NOT NULL,
	day TEXT,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id)
);
CREATE INDEX ix_attachment_owner ON attachment (owner);
CREATE INDEX ix_attachment_sort_key ON attachment (sort_key, "row");
CREATE INDEX ix_attachment_type ON attachment (type);
CREATE TABLE meta (
	name TEXT NOT NULL,
	value TEXT,
	PRIMARY KEY (name)
);
CREATE TABLE journal_step (
	number INTEGER NOT NULL,
	stream TEXT NOT NULL,
	q INTEGER NOT NULL,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	actor_name TEXT NOT NULL,
	title TEXT NOT NULL,
	reason TEXT NOT NULL,
	kinds TEXT NOT NULL,
	records INTEGER NOT NULL,
	undoes INTEGER,
	undone INTEGER NOT NULL,
	taken INTEGER NOT NULL,
	deps TEXT NOT NULL,
	schema TEXT NOT NULL,
	PRIMARY KEY (number)
);
CREATE UNIQUE INDEX ix_journal_step_stream ON journal_step (stream, q);
CREATE TABLE journal_entry (
	step INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record TEXT NOT NULL,
	"before" TEXT,
	"after" TEXT,
	along TEXT,
	PRIMARY KEY (step, kind, record),
	FOREIGN KEY(step) REFERENCES journal_step (number)
)
 WITHOUT ROWID;
CREATE INDEX ix_journal_entry_record ON journal_entry (record, step);
CREATE TABLE draft (
	id TEXT NOT NULL,
	session TEXT NOT NULL,
	kind TEXT NOT NULL,
	record TEXT NOT NULL,
	person TEXT NOT NULL,
	at INTEGER NOT NULL,
	step INTEGER NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE sync_row (
	"row" INTEGER NOT NULL,
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	state BLOB NOT NULL,
	alive INTEGER NOT NULL,
	special INTEGER NOT NULL,
	open INTEGER NOT NULL,
	unknown INTEGER NOT NULL,
	PRIMARY KEY ("row")
);
CREATE UNIQUE INDEX ix_sync_row_id ON sync_row (kind, id);
CREATE INDEX ix_sync_row_open ON sync_row ("row") WHERE open <> 0;
CREATE INDEX ix_sync_row_special ON sync_row ("row") WHERE special <> 0;
CREATE INDEX ix_sync_row_unknown ON sync_row ("row") WHERE unknown <> 0;
CREATE TABLE sync_shape (
	n INTEGER NOT NULL,
	names TEXT NOT NULL,
	PRIMARY KEY (n)
);
CREATE TABLE sync_stream (
	n INTEGER NOT NULL,
	stream TEXT NOT NULL,
	q INTEGER NOT NULL,
	context TEXT NOT NULL,
	PRIMARY KEY (n),
	UNIQUE (stream)
);
CREATE TABLE sync_chain (
	stream TEXT NOT NULL,
	q INTEGER NOT NULL,
	id TEXT NOT NULL,
	device TEXT NOT NULL,
	PRIMARY KEY (stream)
);
CREATE TABLE sync_sealed (
	stream TEXT NOT NULL,
	q INTEGER NOT NULL,
	body BLOB NOT NULL,
	PRIMARY KEY (stream, q)
);
CREATE TABLE sync_segment (
	id TEXT NOT NULL,
	stream TEXT NOT NULL,
	q0 INTEGER NOT NULL,
	q1 INTEGER NOT NULL,
	state TEXT NOT NULL,
	at INTEGER NOT NULL,
	head BLOB NOT NULL,
	sig BLOB NOT NULL,
	body BLOB NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX ix_sync_segment_state ON sync_segment (state) WHERE state <> 'applied';
CREATE INDEX ix_sync_segment_stream ON sync_segment (stream, q0);
CREATE TABLE sync_package (
	id TEXT NOT NULL,
	at INTEGER NOT NULL,
	taken INTEGER NOT NULL,
	device TEXT NOT NULL,
	file TEXT NOT NULL,
	about TEXT NOT NULL,
	backup TEXT NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE sync_device (
	device TEXT NOT NULL,
	knows TEXT NOT NULL,
	returned TEXT NOT NULL,
	told INTEGER NOT NULL,
	receipt BLOB,
	PRIMARY KEY (device)
);
CREATE TABLE sync_wanted (
	device TEXT NOT NULL,
	hash TEXT NOT NULL,
	PRIMARY KEY (device, hash)
);
CREATE TABLE sync_statement (
	id TEXT NOT NULL,
	body BLOB NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE school_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE school_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE department_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE department_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE major_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE major_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE school_class_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE school_class_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE staff_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE staff_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE student_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE student_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE enterprise_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE enterprise_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE enterprise_contact_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE enterprise_contact_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE mentor_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE mentor_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE position_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE position_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE placement_batch_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE placement_batch_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE batch_class_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE batch_class_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE placement_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE placement_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE alias_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE alias_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE apart_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE apart_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE own_list_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE own_list_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE own_choice_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE own_choice_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE own_field_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE own_field_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE export_layout_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE export_layout_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE attachment_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE attachment_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
