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
	credit TEXT NOT NULL,
	credit_on TEXT,
	paused_reason TEXT NOT NULL,
	agency INTEGER NOT NULL,
	venue INTEGER NOT NULL,
	hospital TEXT NOT NULL,
	emergency_phone TEXT NOT NULL,
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
	starts_at TEXT NOT NULL,
	ends_at TEXT NOT NULL,
	days_per_week INTEGER,
	on_rest_days INTEGER NOT NULL,
	on_holidays INTEGER NOT NULL,
	pay_cycle TEXT NOT NULL,
	in_kind INTEGER NOT NULL,
	simple INTEGER NOT NULL,
	remote INTEGER NOT NULL,
	country TEXT NOT NULL,
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
CREATE TABLE decision (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	minutes_no TEXT NOT NULL,
	held_on TEXT,
	published_from TEXT,
	published_until TEXT,
	published_where TEXT NOT NULL,
	objections TEXT NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id)
);
CREATE INDEX ix_decision_sort_key ON decision (sort_key, "row");
CREATE TABLE decided (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	decision TEXT,
	enterprise TEXT,
	verdict TEXT NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(decision) REFERENCES decision (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_decided_decision ON decided (decision);
CREATE INDEX ix_decided_enterprise ON decided (enterprise);
CREATE INDEX ix_decided_sort_key ON decided (sort_key, "row");
CREATE INDEX ix_decided_verdict ON decided (verdict);
CREATE TABLE site_assessment (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	enterprise TEXT,
	visited_on TEXT,
	visitors TEXT NOT NULL,
	received_by TEXT NOT NULL,
	address TEXT NOT NULL,
	qualification TEXT NOT NULL,
	integrity TEXT NOT NULL,
	management TEXT NOT NULL,
	post TEXT NOT NULL,
	hours TEXT NOT NULL,
	workplace TEXT NOT NULL,
	living TEXT NOT NULL,
	health TEXT NOT NULL,
	safety TEXT NOT NULL,
	findings TEXT NOT NULL,
	conclusion TEXT NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_site_assessment_conclusion ON site_assessment (conclusion);
CREATE INDEX ix_site_assessment_enterprise ON site_assessment (enterprise);
CREATE INDEX ix_site_assessment_sort_key ON site_assessment (sort_key, "row");
CREATE TABLE agreement (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	agreement_no TEXT NOT NULL,
	enterprise TEXT,
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	signed_on TEXT,
	start_date TEXT,
	end_date TEXT,
	copies INTEGER,
	held_by TEXT NOT NULL,
	owner TEXT,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(owner) REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_agreement_agreement_no ON agreement (agreement_no);
CREATE INDEX ix_agreement_enterprise ON agreement (enterprise);
CREATE INDEX ix_agreement_kind ON agreement (kind);
CREATE INDEX ix_agreement_owner ON agreement (owner);
CREATE INDEX ix_agreement_sort_key ON agreement (sort_key, "row");
CREATE INDEX ix_agreement_state ON agreement (state);
CREATE TABLE agreement_party (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	agreement TEXT,
	enterprise TEXT,
	role TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(agreement) REFERENCES agreement (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_agreement_party_agreement ON agreement_party (agreement);
CREATE INDEX ix_agreement_party_enterprise ON agreement_party (enterprise);
CREATE INDEX ix_agreement_party_sort_key ON agreement_party (sort_key, "row");
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
	owner TEXT,
	plan_no TEXT NOT NULL,
	plan_approved_on TEXT,
	rules_agreed_on TEXT,
	safety_rules_on TEXT,
	emergency_plan_on TEXT,
	report_cycle TEXT NOT NULL,
	visit_days INTEGER,
	usual_share INTEGER,
	school_share INTEGER,
	enterprise_share INTEGER,
	final_share INTEGER,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(owner) REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_placement_batch_name ON placement_batch (name);
CREATE INDEX ix_placement_batch_owner ON placement_batch (owner);
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
CREATE TABLE non_participant (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	batch TEXT,
	student TEXT,
	reason TEXT NOT NULL,
	proof TEXT NOT NULL,
	until TEXT,
	approved_by TEXT NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(batch) REFERENCES placement_batch (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(student) REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_non_participant_batch ON non_participant (batch);
CREATE INDEX ix_non_participant_reason ON non_participant (reason);
CREATE INDEX ix_non_participant_sort_key ON non_participant (sort_key, "row");
CREATE INDEX ix_non_participant_student ON non_participant (student);
CREATE TABLE consent (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	student TEXT,
	batch TEXT,
	state TEXT NOT NULL,
	student_signed_on TEXT,
	guardian_name TEXT NOT NULL,
	guardian_relation TEXT NOT NULL,
	guardian_signed_on TEXT,
	refusal TEXT NOT NULL,
	lodging_signed_on TEXT,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(student) REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(batch) REFERENCES placement_batch (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_consent_batch ON consent (batch);
CREATE INDEX ix_consent_sort_key ON consent (sort_key, "row");
CREATE INDEX ix_consent_state ON consent (state);
CREATE INDEX ix_consent_student ON consent (student);
CREATE TABLE application (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	student TEXT,
	batch TEXT,
	company TEXT NOT NULL,
	enterprise TEXT,
	work TEXT NOT NULL,
	asked_on TEXT,
	reason TEXT NOT NULL,
	student_signed_on TEXT,
	guardian_signed_on TEXT,
	state TEXT NOT NULL,
	answered_on TEXT,
	answered_by TEXT,
	answer TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(student) REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(batch) REFERENCES placement_batch (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(answered_by) REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_application_answered_by ON application (answered_by);
CREATE INDEX ix_application_batch ON application (batch);
CREATE INDEX ix_application_enterprise ON application (enterprise);
CREATE INDEX ix_application_sort_key ON application (sort_key, "row");
CREATE INDEX ix_application_state ON application (state);
CREATE INDEX ix_application_student ON application (student);
CREATE TABLE training (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	batch TEXT,
	enterprise TEXT,
	held_on TEXT,
	hours INTEGER,
	trainer TEXT NOT NULL,
	exam INTEGER NOT NULL,
	pass_score INTEGER,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(batch) REFERENCES placement_batch (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_training_batch ON training (batch);
CREATE INDEX ix_training_enterprise ON training (enterprise);
CREATE INDEX ix_training_kind ON training (kind);
CREATE INDEX ix_training_sort_key ON training (sort_key, "row");
CREATE TABLE training_result (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	training TEXT,
	student TEXT,
	attended INTEGER NOT NULL,
	score INTEGER,
	passed INTEGER NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(training) REFERENCES training (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(student) REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_training_result_sort_key ON training_result (sort_key, "row");
CREATE INDEX ix_training_result_student ON training_result (student);
CREATE INDEX ix_training_result_training ON training_result (training);
CREATE TABLE filing (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	authority TEXT NOT NULL,
	document_no TEXT NOT NULL,
	filed_on TEXT,
	valid_from TEXT,
	valid_until TEXT,
	batch TEXT,
	enterprise TEXT,
	position TEXT,
	student TEXT,
	scope TEXT NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(batch) REFERENCES placement_batch (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(position) REFERENCES position (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(student) REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_filing_batch ON filing (batch);
CREATE INDEX ix_filing_enterprise ON filing (enterprise);
CREATE INDEX ix_filing_kind ON filing (kind);
CREATE INDEX ix_filing_position ON filing (position);
CREATE INDEX ix_filing_sort_key ON filing (sort_key, "row");
CREATE INDEX ix_filing_state ON filing (state);
CREATE INDEX ix_filing_student ON filing (student);
CREATE TABLE policy (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	policy_no TEXT NOT NULL,
	kind TEXT NOT NULL,
	start_date TEXT,
	end_date TEXT,
	premium INTEGER,
	payer TEXT NOT NULL,
	purchaser TEXT NOT NULL,
	sum_insured INTEGER,
	phone TEXT NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id)
);
CREATE INDEX ix_policy_kind ON policy (kind);
CREATE INDEX ix_policy_payer ON policy (payer);
CREATE INDEX ix_policy_policy_no ON policy (policy_no);
CREATE INDEX ix_policy_sort_key ON policy (sort_key, "row");
CREATE TABLE cover (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	policy TEXT,
	student TEXT,
	start_date TEXT,
	end_date TEXT,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(policy) REFERENCES policy (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(student) REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_cover_policy ON cover (policy);
CREATE INDEX ix_cover_sort_key ON cover (sort_key, "row");
CREATE INDEX ix_cover_student ON cover (student);
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
	channel TEXT NOT NULL,
	lodging TEXT NOT NULL,
	independent INTEGER NOT NULL,
	no_pay_reason TEXT NOT NULL,
	continues TEXT,
	share INTEGER,
	end_reason TEXT NOT NULL,
	unpapered TEXT NOT NULL,
	agreement TEXT,
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
	FOREIGN KEY(mentor) REFERENCES mentor (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(continues) REFERENCES placement (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(agreement) REFERENCES agreement (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_placement_agreement ON placement (agreement);
CREATE INDEX ix_placement_batch ON placement (batch);
CREATE INDEX ix_placement_continues ON placement (continues);
CREATE INDEX ix_placement_enterprise ON placement (enterprise);
CREATE INDEX ix_placement_mentor ON placement (mentor);
CREATE INDEX ix_placement_position ON placement (position);
CREATE INDEX ix_placement_sort_key ON placement (sort_key, "row");
CREATE INDEX ix_placement_status ON placement (status);
CREATE INDEX ix_placement_student ON placement (student);
CREATE INDEX ix_placement_tutor ON placement (tutor);
CREATE TABLE tripartite (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	placement TEXT,
	agreement_no TEXT NOT NULL,
	state TEXT NOT NULL,
	school TEXT NOT NULL,
	enterprise TEXT NOT NULL,
	student TEXT NOT NULL,
	guardian TEXT NOT NULL,
	signed_on TEXT,
	outside INTEGER NOT NULL,
	copies INTEGER,
	model INTEGER NOT NULL,
	fees TEXT NOT NULL,
	papers_kept INTEGER NOT NULL,
	overtime_consent INTEGER NOT NULL,
	reason TEXT NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(placement) REFERENCES placement (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_tripartite_agreement_no ON tripartite (agreement_no);
CREATE INDEX ix_tripartite_enterprise ON tripartite (enterprise);
CREATE INDEX ix_tripartite_guardian ON tripartite (guardian);
CREATE INDEX ix_tripartite_placement ON tripartite (placement);
CREATE INDEX ix_tripartite_school ON tripartite (school);
CREATE INDEX ix_tripartite_sort_key ON tripartite (sort_key, "row");
CREATE INDEX ix_tripartite_state ON tripartite (state);
CREATE INDEX ix_tripartite_student ON tripartite (student);
CREATE TABLE extra_agreement (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	placement TEXT,
	received_on TEXT,
	reviewer TEXT,
	state TEXT NOT NULL,
	opinion TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(placement) REFERENCES placement (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(reviewer) REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_extra_agreement_placement ON extra_agreement (placement);
CREATE INDEX ix_extra_agreement_reviewer ON extra_agreement (reviewer);
CREATE INDEX ix_extra_agreement_sort_key ON extra_agreement (sort_key, "row");
CREATE INDEX ix_extra_agreement_state ON extra_agreement (state);
CREATE TABLE attendance (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	placement TEXT,
	month TEXT NOT NULL,
	days INTEGER,
	allowance INTEGER,
	boarding INTEGER,
	d01 TEXT NOT NULL,
	d02 TEXT NOT NULL,
	d03 TEXT NOT NULL,
	d04 TEXT NOT NULL,
	d05 TEXT NOT NULL,
	d06 TEXT NOT NULL,
	d07 TEXT NOT NULL,
	d08 TEXT NOT NULL,
	d09 TEXT NOT NULL,
	d10 TEXT NOT NULL,
	d11 TEXT NOT NULL,
	d12 TEXT NOT NULL,
	d13 TEXT NOT NULL,
	d14 TEXT NOT NULL,
	d15 TEXT NOT NULL,
	d16 TEXT NOT NULL,
	d17 TEXT NOT NULL,
	d18 TEXT NOT NULL,
	d19 TEXT NOT NULL,
	d20 TEXT NOT NULL,
	d21 TEXT NOT NULL,
	d22 TEXT NOT NULL,
	d23 TEXT NOT NULL,
	d24 TEXT NOT NULL,
	d25 TEXT NOT NULL,
	d26 TEXT NOT NULL,
	d27 TEXT NOT NULL,
	d28 TEXT NOT NULL,
	d29 TEXT NOT NULL,
	d30 TEXT NOT NULL,
	d31 TEXT NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(placement) REFERENCES placement (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_attendance_month ON attendance (month);
CREATE INDEX ix_attendance_placement ON attendance (placement);
CREATE INDEX ix_attendance_sort_key ON attendance (sort_key, "row");
CREATE TABLE leave (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	placement TEXT,
	kind TEXT NOT NULL,
	start_date TEXT,
	end_date TEXT,
	reason TEXT NOT NULL,
	approved_by TEXT NOT NULL,
	returned_on TEXT,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(placement) REFERENCES placement (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_leave_kind ON leave (kind);
CREATE INDEX ix_leave_placement ON leave (placement);
CREATE INDEX ix_leave_sort_key ON leave (sort_key, "row");
CREATE TABLE pay (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	placement TEXT,
	month TEXT NOT NULL,
	amount INTEGER,
	deducted INTEGER,
	paid_on TEXT,
	directly INTEGER NOT NULL,
	in_kind INTEGER NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(placement) REFERENCES placement (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_pay_placement ON pay (placement);
CREATE INDEX ix_pay_sort_key ON pay (sort_key, "row");
CREATE TABLE student_report (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	placement TEXT,
	kind TEXT NOT NULL,
	number INTEGER,
	received_on TEXT,
	state TEXT NOT NULL,
	grade TEXT NOT NULL,
	read_on TEXT,
	comment TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(placement) REFERENCES placement (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_student_report_kind ON student_report (kind);
CREATE INDEX ix_student_report_number ON student_report (number);
CREATE INDEX ix_student_report_placement ON student_report (placement);
CREATE INDEX ix_student_report_sort_key ON student_report (sort_key, "row");
CREATE INDEX ix_student_report_state ON student_report (state);
CREATE TABLE visit (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	enterprise TEXT,
	batch TEXT,
	visitor TEXT,
	state TEXT NOT NULL,
	way TEXT NOT NULL,
	planned_on TEXT,
	made_on TEXT,
	seen INTEGER,
	received_by TEXT NOT NULL,
	hours TEXT NOT NULL,
	pay TEXT NOT NULL,
	safety TEXT NOT NULL,
	lodging TEXT NOT NULL,
	fees TEXT NOT NULL,
	papers TEXT NOT NULL,
	agencies TEXT NOT NULL,
	findings TEXT NOT NULL,
	trouble TEXT NOT NULL,
	advice TEXT NOT NULL,
	follow_up TEXT NOT NULL,
	due_on TEXT,
	settled_on TEXT,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(batch) REFERENCES placement_batch (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(visitor) REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_visit_batch ON visit (batch);
CREATE INDEX ix_visit_enterprise ON visit (enterprise);
CREATE INDEX ix_visit_sort_key ON visit (sort_key, "row");
CREATE INDEX ix_visit_state ON visit (state);
CREATE INDEX ix_visit_visitor ON visit (visitor);
CREATE INDEX ix_visit_way ON visit (way);
CREATE TABLE visit_student (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	visit TEXT,
	student TEXT,
	said TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(visit) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(student) REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_visit_student_sort_key ON visit_student (sort_key, "row");
CREATE INDEX ix_visit_student_student ON visit_student (student);
CREATE INDEX ix_visit_student_visit ON visit_student (visit);
CREATE TABLE incident (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	placement TEXT,
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	happened_on TEXT,
	place TEXT NOT NULL,
	what TEXT NOT NULL,
	hospital TEXT NOT NULL,
	guardian_told_on TEXT,
	insurer_told_on TEXT,
	claim_no TEXT NOT NULL,
	done TEXT NOT NULL,
	closed_on TEXT,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(placement) REFERENCES placement (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_incident_kind ON incident (kind);
CREATE INDEX ix_incident_placement ON incident (placement);
CREATE INDEX ix_incident_sort_key ON incident (sort_key, "row");
CREATE INDEX ix_incident_state ON incident (state);
CREATE TABLE placement_event (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	placement TEXT,
	kind TEXT NOT NULL,
	day TEXT,
	"before" TEXT NOT NULL,
	"after" TEXT NOT NULL,
	reason TEXT NOT NULL,
	"by" TEXT,
	undone INTEGER NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(placement) REFERENCES placement (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY("by") REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_placement_event_by ON placement_event ("by");
CREATE INDEX ix_placement_event_kind ON placement_event (kind);
CREATE INDEX ix_placement_event_placement ON placement_event (placement);
CREATE INDEX ix_placement_event_sort_key ON placement_event (sort_key, "row");
CREATE TABLE score (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	student TEXT,
	placement TEXT,
	usual INTEGER,
	school INTEGER,
	enterprise INTEGER,
	final INTEGER,
	total INTEGER,
	grade TEXT NOT NULL,
	sitting TEXT NOT NULL,
	assessed_on TEXT,
	self_summary TEXT NOT NULL,
	enterprise_opinion TEXT NOT NULL,
	school_opinion TEXT NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(student) REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(placement) REFERENCES placement (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_score_grade ON score (grade);
CREATE INDEX ix_score_placement ON score (placement);
CREATE INDEX ix_score_sort_key ON score (sort_key, "row");
CREATE INDEX ix_score_student ON score (student);
CREATE TABLE survey (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	enterprise TEXT,
	batch TEXT,
	asked TEXT NOT NULL,
	student TEXT,
	answered_on TEXT,
	"match" INTEGER,
	guidance INTEGER,
	conditions INTEGER,
	safety INTEGER,
	satisfied INTEGER,
	fees TEXT NOT NULL,
	remarks TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(enterprise) REFERENCES enterprise (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(batch) REFERENCES placement_batch (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(student) REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_survey_asked ON survey (asked);
CREATE INDEX ix_survey_batch ON survey (batch);
CREATE INDEX ix_survey_enterprise ON survey (enterprise);
CREATE INDEX ix_survey_sort_key ON survey (sort_key, "row");
CREATE INDEX ix_survey_student ON survey (student);
CREATE TABLE rule_pack (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	version TEXT NOT NULL,
	state TEXT NOT NULL,
	in_force TEXT,
	adopted_on TEXT,
	written TEXT NOT NULL,
	note TEXT NOT NULL,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id)
);
CREATE INDEX ix_rule_pack_sort_key ON rule_pack (sort_key, "row");
CREATE INDEX ix_rule_pack_state ON rule_pack (state);
CREATE TABLE finding_answer (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	placement TEXT,
	rule TEXT NOT NULL,
	reason TEXT NOT NULL,
	said TEXT NOT NULL,
	pack TEXT NOT NULL,
	facts TEXT NOT NULL,
	answered_on TEXT,
	"by" TEXT,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(placement) REFERENCES placement (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY("by") REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_finding_answer_by ON finding_answer ("by");
CREATE INDEX ix_finding_answer_placement ON finding_answer (placement);
CREATE INDEX ix_finding_answer_sort_key ON finding_answer (sort_key, "row");
CREATE TABLE work_answer (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	position TEXT,
	word TEXT NOT NULL,
	applies INTEGER NOT NULL,
	reason TEXT NOT NULL,
	answered_on TEXT,
	"by" TEXT,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(position) REFERENCES position (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY("by") REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_work_answer_by ON work_answer ("by");
CREATE INDEX ix_work_answer_position ON work_answer (position);
CREATE INDEX ix_work_answer_sort_key ON work_answer (sort_key, "row");
CREATE TABLE compliance_sheet (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	name TEXT NOT NULL,
	batch TEXT,
	taken_on TEXT,
	placements INTEGER,
	findings INTEGER,
	packs TEXT NOT NULL,
	digest TEXT NOT NULL,
	body TEXT NOT NULL,
	"by" TEXT,
	own TEXT,
	PRIMARY KEY ("row"),
	UNIQUE (id),
	FOREIGN KEY(batch) REFERENCES placement_batch (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY("by") REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_compliance_sheet_batch ON compliance_sheet (batch);
CREATE INDEX ix_compliance_sheet_by ON compliance_sheet ("by");
CREATE INDEX ix_compliance_sheet_sort_key ON compliance_sheet (sort_key, "row");
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
CREATE TABLE verdict (
	placement TEXT NOT NULL,
	rule TEXT NOT NULL,
	since TEXT NOT NULL,
	gone TEXT,
	severity TEXT NOT NULL,
	state TEXT NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (placement, rule, since)
)
 WITHOUT ROWID;
CREATE INDEX ix_verdict_gone ON verdict (gone);
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
CREATE TABLE decision_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE decision_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE decided_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE decided_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE site_assessment_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE site_assessment_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE agreement_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE agreement_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE agreement_party_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE agreement_party_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE placement_batch_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE placement_batch_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE batch_class_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE batch_class_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE non_participant_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE non_participant_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE consent_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE consent_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE application_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE application_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE training_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE training_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE training_result_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE training_result_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE filing_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE filing_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE policy_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE policy_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE cover_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE cover_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE placement_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE placement_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE tripartite_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE tripartite_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE extra_agreement_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE extra_agreement_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE attendance_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE attendance_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE leave_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE leave_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE pay_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE pay_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE student_report_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE student_report_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE visit_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE visit_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE visit_student_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE visit_student_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE incident_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE incident_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE placement_event_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE placement_event_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE score_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE score_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE survey_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE survey_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE rule_pack_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE rule_pack_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE finding_answer_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE finding_answer_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE work_answer_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE work_answer_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
CREATE TABLE compliance_sheet_keys (row INTEGER NOT NULL PRIMARY KEY, sort_key TEXT NOT NULL, keys TEXT NOT NULL);
CREATE VIRTUAL TABLE compliance_sheet_fts USING fts5(keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5');
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
