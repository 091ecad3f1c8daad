-- What a new SQLite database begins with. Made by `python -m tools.migration at-once`: never edited.
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE asset (
	sha256 VARCHAR(64) NOT NULL, 
	size BIGINT NOT NULL, 
	media_type VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	added_at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_asset PRIMARY KEY (id), 
	CONSTRAINT uq_asset_sha256 UNIQUE (sha256)
);
CREATE TRIGGER keep_asset_delete BEFORE DELETE ON asset WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'asset rows are never changed by DELETE'); END;
CREATE TRIGGER keep_asset_update BEFORE UPDATE ON asset WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'asset rows are never changed by UPDATE'); END;
CREATE TABLE attempt_seat (
	attempt_id BLOB NOT NULL, 
	seen_at BIGINT NOT NULL, 
	position INTEGER NOT NULL, 
	flagged TEXT NOT NULL, 
	CONSTRAINT pk_attempt_seat PRIMARY KEY (attempt_id)
);
CREATE TABLE course_progress (
	start_id BLOB NOT NULL, 
	person_id BLOB NOT NULL, 
	course_id BLOB NOT NULL, 
	lessons_done INTEGER NOT NULL, 
	lessons_required INTEGER NOT NULL, 
	best_score_hundredths INTEGER, 
	active_seconds INTEGER NOT NULL, 
	last_at BIGINT NOT NULL, 
	completed_at BIGINT, 
	valid_until VARCHAR(10), is_stuck BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_course_progress PRIMARY KEY (start_id)
);
CREATE INDEX ix_course_progress_course_id ON course_progress (course_id);
CREATE INDEX ix_course_progress_person_id ON course_progress (person_id);
CREATE TABLE lesson_state (
	start_id BLOB NOT NULL, 
	lesson_id BLOB NOT NULL, 
	state TEXT NOT NULL, 
	share VARCHAR NOT NULL, 
	active_seconds INTEGER NOT NULL, 
	unsaved TEXT NOT NULL, 
	updated_at BIGINT NOT NULL, 
	CONSTRAINT pk_lesson_state PRIMARY KEY (start_id, lesson_id)
);
CREATE TABLE org_unit_reach (
	above_id BLOB NOT NULL, 
	below_id BLOB NOT NULL, 
	CONSTRAINT pk_org_unit_reach PRIMARY KEY (above_id, below_id)
);
CREATE INDEX ix_org_unit_reach_below_id ON org_unit_reach (below_id);
CREATE TABLE search_text (
	id INTEGER NOT NULL, 
	asset VARCHAR(64), 
	source VARCHAR NOT NULL, 
	place INTEGER NOT NULL, 
	body VARCHAR NOT NULL, 
	CONSTRAINT pk_search_text PRIMARY KEY (id)
);
CREATE INDEX ix_search_text_asset ON search_text (asset);
CREATE TABLE sign_in_guard (
	account_id BLOB NOT NULL, 
	failures INTEGER NOT NULL, 
	last_at BIGINT NOT NULL, 
	CONSTRAINT pk_sign_in_guard PRIMARY KEY (account_id)
);
CREATE TABLE site (
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	founded_at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_site PRIMARY KEY (id)
);
CREATE TRIGGER keep_site_delete BEFORE DELETE ON site WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'site rows are never changed by DELETE'); END;
CREATE TABLE journal_seal (
	id INTEGER NOT NULL, 
	log_id INTEGER NOT NULL, 
	seq BIGINT NOT NULL, 
	root BLOB NOT NULL, 
	sealed_at BIGINT NOT NULL, 
	public_key BLOB NOT NULL, 
	signature BLOB NOT NULL, 
	CONSTRAINT fk_journal_seal_log_id FOREIGN KEY(log_id) REFERENCES journal_log (id), 
	CONSTRAINT pk_journal_seal PRIMARY KEY (id)
);
CREATE INDEX ix_journal_seal_log_id ON journal_seal (log_id);
CREATE TRIGGER keep_journal_seal_delete BEFORE DELETE ON journal_seal BEGIN SELECT RAISE(ABORT, 'journal_seal rows are never changed by DELETE'); END;
CREATE TRIGGER keep_journal_seal_update BEFORE UPDATE ON journal_seal BEGIN SELECT RAISE(ABORT, 'journal_seal rows are never changed by UPDATE'); END;
CREATE TABLE placement (
	person_id BLOB NOT NULL, 
	org_unit_id BLOB NOT NULL, 
	job_role_id BLOB, 
	manager_id BLOB, 
	from_on VARCHAR(10) NOT NULL, 
	to_on VARCHAR(10), 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_placement_job_role_id FOREIGN KEY(job_role_id) REFERENCES job_role (id), 
	CONSTRAINT fk_placement_manager_id FOREIGN KEY(manager_id) REFERENCES person (id), 
	CONSTRAINT fk_placement_org_unit_id FOREIGN KEY(org_unit_id) REFERENCES org_unit (id), 
	CONSTRAINT fk_placement_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_placement PRIMARY KEY (id)
);
CREATE INDEX ix_placement_job_role_id ON placement (job_role_id);
CREATE INDEX ix_placement_org_unit_id ON placement (org_unit_id);
CREATE INDEX ix_placement_person_id ON placement (person_id);
CREATE TRIGGER keep_placement_delete BEFORE DELETE ON placement WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'placement rows are never changed by DELETE'); END;
CREATE TABLE question (
	bank_id BLOB NOT NULL, 
	name VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	current_version_id BLOB, 
	withdrawn_at BIGINT, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_question_bank_id FOREIGN KEY(bank_id) REFERENCES question_bank (id), 
	CONSTRAINT pk_question PRIMARY KEY (id)
);
CREATE INDEX ix_question_bank_id ON question (bank_id);
CREATE TRIGGER keep_question_delete BEFORE DELETE ON question WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'question rows are never changed by DELETE'); END;
CREATE TABLE search_place (
	id INTEGER NOT NULL, 
	text_id INTEGER NOT NULL, 
	course_id BLOB NOT NULL, 
	lesson_key BLOB, 
	language VARCHAR NOT NULL, 
	CONSTRAINT fk_search_place_text_id FOREIGN KEY(text_id) REFERENCES search_text (id), 
	CONSTRAINT pk_search_place PRIMARY KEY (id)
);
CREATE INDEX ix_search_place_course_id ON search_place (course_id);
CREATE INDEX ix_search_place_text_id ON search_place (text_id);
CREATE TABLE site_key (
	site_id BLOB NOT NULL, 
	token_key BLOB NOT NULL, 
	pdf_certificate BLOB NOT NULL, 
	since BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_site_key_site_id FOREIGN KEY(site_id) REFERENCES site (id), 
	CONSTRAINT pk_site_key PRIMARY KEY (id)
);
CREATE TRIGGER keep_site_key_delete BEFORE DELETE ON site_key WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'site_key rows are never changed by DELETE'); END;
CREATE TRIGGER keep_site_key_update BEFORE UPDATE ON site_key WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'site_key rows are never changed by UPDATE'); END;
CREATE TABLE credential (
	account_id BLOB NOT NULL, 
	kind VARCHAR NOT NULL, 
	secret VARCHAR NOT NULL, 
	must_change BOOLEAN NOT NULL, 
	set_at BIGINT NOT NULL, 
	revoked_at BIGINT, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_credential_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT pk_credential PRIMARY KEY (id)
);
CREATE INDEX ix_credential_account_id ON credential (account_id);
CREATE INDEX ix_credential_secret ON credential (secret);
CREATE TRIGGER keep_credential_delete BEFORE DELETE ON credential WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'credential rows are never changed by DELETE'); END;
CREATE TABLE lesson (
	version_id BLOB NOT NULL, 
	position INTEGER NOT NULL, 
	"key" BLOB NOT NULL, 
	kind VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	is_required BOOLEAN NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_lesson_version_id FOREIGN KEY(version_id) REFERENCES course_version (id), 
	CONSTRAINT pk_lesson PRIMARY KEY (id), 
	CONSTRAINT uq_lesson_version_id_position UNIQUE (version_id, position)
);
CREATE INDEX ix_lesson_key ON lesson ("key");
CREATE TRIGGER keep_lesson_delete BEFORE DELETE ON lesson WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'lesson rows are never changed by DELETE'); END;
CREATE TRIGGER keep_lesson_update BEFORE UPDATE ON lesson WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'lesson rows are never changed by UPDATE'); END;
CREATE TABLE role_grant (
	account_id BLOB NOT NULL, 
	role VARCHAR NOT NULL, 
	org_unit_id BLOB, 
	granted_at BIGINT NOT NULL, 
	revoked_at BIGINT, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_role_grant_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_role_grant_org_unit_id FOREIGN KEY(org_unit_id) REFERENCES org_unit (id), 
	CONSTRAINT pk_role_grant PRIMARY KEY (id)
);
CREATE INDEX ix_role_grant_account_id ON role_grant (account_id);
CREATE TRIGGER keep_role_grant_delete BEFORE DELETE ON role_grant WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'role_grant rows are never changed by DELETE'); END;
CREATE TABLE sign_in (
	account_id BLOB, 
	event VARCHAR NOT NULL, 
	method VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_sign_in_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT pk_sign_in PRIMARY KEY (id)
);
CREATE INDEX ix_sign_in_account_id ON sign_in (account_id);
CREATE TRIGGER keep_sign_in_delete BEFORE DELETE ON sign_in WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'sign_in rows are never changed by DELETE'); END;
CREATE TRIGGER keep_sign_in_update BEFORE UPDATE ON sign_in WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'sign_in rows are never changed by UPDATE'); END;
CREATE TABLE course_completion (
	start_id BLOB NOT NULL, 
	person_id BLOB NOT NULL, 
	course_id BLOB NOT NULL, 
	at BIGINT NOT NULL, 
	score VARCHAR, 
	valid_until VARCHAR(10), 
	id BLOB NOT NULL, 
	CONSTRAINT fk_course_completion_course_id FOREIGN KEY(course_id) REFERENCES course (id), 
	CONSTRAINT fk_course_completion_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_course_completion_start_id FOREIGN KEY(start_id) REFERENCES course_start (id), 
	CONSTRAINT pk_course_completion PRIMARY KEY (id), 
	CONSTRAINT uq_course_completion_start_id UNIQUE (start_id)
);
CREATE INDEX ix_course_completion_expiry ON course_completion (course_id, valid_until);
CREATE INDEX ix_course_completion_newest ON course_completion (person_id, course_id, at);
CREATE TRIGGER keep_course_completion_delete BEFORE DELETE ON course_completion WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'course_completion rows are never changed by DELETE'); END;
CREATE TRIGGER keep_course_completion_update BEFORE UPDATE ON course_completion WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'course_completion rows are never changed by UPDATE'); END;
CREATE TABLE learning_session (
	start_id BLOB NOT NULL, 
	lesson_id BLOB NOT NULL, 
	began_at BIGINT NOT NULL, 
	ended_at BIGINT NOT NULL, 
	active_seconds INTEGER NOT NULL, 
	trace TEXT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_learning_session_lesson_id FOREIGN KEY(lesson_id) REFERENCES lesson (id), 
	CONSTRAINT fk_learning_session_start_id FOREIGN KEY(start_id) REFERENCES course_start (id), 
	CONSTRAINT pk_learning_session PRIMARY KEY (id)
);
CREATE INDEX ix_learning_session_ended ON learning_session (ended_at, start_id);
CREATE INDEX ix_learning_session_start_id ON learning_session (start_id);
CREATE TRIGGER keep_learning_session_delete BEFORE DELETE ON learning_session WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'learning_session rows are never changed by DELETE'); END;
CREATE TRIGGER keep_learning_session_update BEFORE UPDATE ON learning_session WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'learning_session rows are never changed by UPDATE'); END;
CREATE TABLE lesson_completion (
	start_id BLOB NOT NULL, 
	lesson_id BLOB NOT NULL, 
	at BIGINT NOT NULL, 
	rule VARCHAR NOT NULL, 
	evidence TEXT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_lesson_completion_lesson_id FOREIGN KEY(lesson_id) REFERENCES lesson (id), 
	CONSTRAINT fk_lesson_completion_start_id FOREIGN KEY(start_id) REFERENCES course_start (id), 
	CONSTRAINT pk_lesson_completion PRIMARY KEY (id), 
	CONSTRAINT uq_lesson_completion_start_id_lesson_id UNIQUE (start_id, lesson_id)
);
CREATE TRIGGER keep_lesson_completion_delete BEFORE DELETE ON lesson_completion WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'lesson_completion rows are never changed by DELETE'); END;
CREATE TRIGGER keep_lesson_completion_update BEFORE UPDATE ON lesson_completion WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'lesson_completion rows are never changed by UPDATE'); END;
CREATE TABLE assignment (
	person_id BLOB NOT NULL, 
	requirement_id BLOB NOT NULL, 
	cycle INTEGER NOT NULL, 
	assigned_at BIGINT NOT NULL, 
	origin VARCHAR NOT NULL, 
	due_on VARCHAR(10), 
	completion_id BLOB, 
	closed_at BIGINT, 
	cancelled_reason VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, source VARCHAR DEFAULT 'manual' NOT NULL, late_after VARCHAR(10), counts_from BIGINT, waived_until VARCHAR(10), outcome VARCHAR, rule_id BLOB CONSTRAINT fk_assignment_rule_id REFERENCES enrolment_rule (id), credit_id BLOB CONSTRAINT fk_assignment_credit_id REFERENCES requirement_credit (id), delegation_id BLOB CONSTRAINT fk_assignment_delegation_id REFERENCES delegation (id), 
	CONSTRAINT fk_assignment_completion_id FOREIGN KEY(completion_id) REFERENCES course_completion (id), 
	CONSTRAINT fk_assignment_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_assignment_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_assignment PRIMARY KEY (id), 
	CONSTRAINT uq_assignment_person_id_requirement_id_cycle UNIQUE (person_id, requirement_id, cycle)
);
CREATE INDEX ix_assignment_delegation_id ON assignment (delegation_id) WHERE delegation_id IS NOT NULL;
CREATE INDEX ix_assignment_open_due ON assignment (due_on, person_id) WHERE closed_at IS NULL;
CREATE INDEX ix_assignment_requirement_id ON assignment (requirement_id);
CREATE INDEX ix_assignment_rule_id ON assignment (rule_id);
CREATE TRIGGER keep_assignment_delete BEFORE DELETE ON assignment WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'assignment rows are never changed by DELETE'); END;
CREATE TABLE attempt_outage (
	attempt_id BLOB NOT NULL, 
	began_at BIGINT NOT NULL, 
	ended_at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_attempt_outage_attempt_id FOREIGN KEY(attempt_id) REFERENCES attempt (id), 
	CONSTRAINT pk_attempt_outage PRIMARY KEY (id)
);
CREATE INDEX ix_attempt_outage_attempt_id ON attempt_outage (attempt_id);
CREATE TRIGGER keep_attempt_outage_delete BEFORE DELETE ON attempt_outage WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'attempt_outage rows are never changed by DELETE'); END;
CREATE TRIGGER keep_attempt_outage_update BEFORE UPDATE ON attempt_outage WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'attempt_outage rows are never changed by UPDATE'); END;
CREATE TABLE attempt_result (
	attempt_id BLOB NOT NULL, 
	submitted_at BIGINT NOT NULL, 
	ended_by VARCHAR NOT NULL, 
	score VARCHAR NOT NULL, 
	score_hundredths INTEGER NOT NULL, 
	passed BOOLEAN NOT NULL, 
	report TEXT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_attempt_result_attempt_id FOREIGN KEY(attempt_id) REFERENCES attempt (id), 
	CONSTRAINT pk_attempt_result PRIMARY KEY (id), 
	CONSTRAINT uq_attempt_result_attempt_id UNIQUE (attempt_id)
);
CREATE TRIGGER keep_attempt_result_delete BEFORE DELETE ON attempt_result WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'attempt_result rows are never changed by DELETE'); END;
CREATE TRIGGER keep_attempt_result_update BEFORE UPDATE ON attempt_result WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'attempt_result rows are never changed by UPDATE'); END;
CREATE TABLE certificate_document (
	certificate_id BLOB NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	size INTEGER NOT NULL, 
	made_at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_certificate_document_certificate_id FOREIGN KEY(certificate_id) REFERENCES certificate (id), 
	CONSTRAINT pk_certificate_document PRIMARY KEY (id), 
	CONSTRAINT uq_certificate_document_certificate_id UNIQUE (certificate_id)
);
CREATE TRIGGER keep_certificate_document_delete BEFORE DELETE ON certificate_document WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'certificate_document rows are never changed by DELETE'); END;
CREATE TRIGGER keep_certificate_document_update BEFORE UPDATE ON certificate_document WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'certificate_document rows are never changed by UPDATE'); END;
CREATE TABLE certificate_revocation (
	certificate_id BLOB NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_certificate_revocation_certificate_id FOREIGN KEY(certificate_id) REFERENCES certificate (id), 
	CONSTRAINT pk_certificate_revocation PRIMARY KEY (id), 
	CONSTRAINT uq_certificate_revocation_certificate_id UNIQUE (certificate_id)
);
CREATE TRIGGER keep_certificate_revocation_delete BEFORE DELETE ON certificate_revocation WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'certificate_revocation rows are never changed by DELETE'); END;
CREATE TRIGGER keep_certificate_revocation_update BEFORE UPDATE ON certificate_revocation WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'certificate_revocation rows are never changed by UPDATE'); END;
CREATE TABLE extra_time (
	person_id BLOB NOT NULL, 
	percent INTEGER NOT NULL, 
	seconds INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_extra_time_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_extra_time PRIMARY KEY (id)
);
CREATE INDEX ix_extra_time_person_id ON extra_time (person_id);
CREATE TRIGGER keep_extra_time_delete BEFORE DELETE ON extra_time WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'extra_time rows are never changed by DELETE'); END;
CREATE TRIGGER keep_extra_time_update BEFORE UPDATE ON extra_time WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'extra_time rows are never changed by UPDATE'); END;
CREATE TABLE attempt_unlock (
	person_id BLOB NOT NULL, 
	lesson_id BLOB NOT NULL, 
	adds_attempt BOOLEAN NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_attempt_unlock_lesson_id FOREIGN KEY(lesson_id) REFERENCES lesson (id), 
	CONSTRAINT fk_attempt_unlock_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_attempt_unlock PRIMARY KEY (id)
);
CREATE INDEX ix_attempt_unlock_person_id ON attempt_unlock (person_id);
CREATE TRIGGER keep_attempt_unlock_delete BEFORE DELETE ON attempt_unlock WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'attempt_unlock rows are never changed by DELETE'); END;
CREATE TRIGGER keep_attempt_unlock_update BEFORE UPDATE ON attempt_unlock WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'attempt_unlock rows are never changed by UPDATE'); END;
CREATE TABLE attempt_extension (
	attempt_id BLOB NOT NULL, 
	seconds INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_attempt_extension_attempt_id FOREIGN KEY(attempt_id) REFERENCES attempt (id), 
	CONSTRAINT pk_attempt_extension PRIMARY KEY (id)
);
CREATE INDEX ix_attempt_extension_attempt_id ON attempt_extension (attempt_id);
CREATE TRIGGER keep_attempt_extension_delete BEFORE DELETE ON attempt_extension WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'attempt_extension rows are never changed by DELETE'); END;
CREATE TRIGGER keep_attempt_extension_update BEFORE UPDATE ON attempt_extension WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'attempt_extension rows are never changed by UPDATE'); END;
CREATE TABLE package_state (
	registration BLOB NOT NULL, 
	start_id BLOB NOT NULL, 
	lesson_id BLOB NOT NULL, 
	state TEXT NOT NULL, 
	reported TEXT NOT NULL, 
	updated_at BIGINT NOT NULL, 
	CONSTRAINT pk_package_state PRIMARY KEY (registration)
);
CREATE INDEX ix_package_state_start_id ON package_state (start_id);
CREATE TABLE package_report (
	start_id BLOB NOT NULL, 
	lesson_id BLOB NOT NULL, 
	registration BLOB NOT NULL, 
	package VARCHAR(64) NOT NULL, 
	activity VARCHAR NOT NULL, 
	attempt INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	cause VARCHAR NOT NULL, 
	completion VARCHAR NOT NULL, 
	success VARCHAR NOT NULL, 
	score VARCHAR, 
	progress VARCHAR, 
	session_seconds INTEGER, 
	seconds_open INTEGER NOT NULL, 
	doubts TEXT NOT NULL, 
	data TEXT NOT NULL, 
	state TEXT, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_package_report_lesson_id FOREIGN KEY(lesson_id) REFERENCES lesson (id), 
	CONSTRAINT fk_package_report_start_id FOREIGN KEY(start_id) REFERENCES course_start (id), 
	CONSTRAINT pk_package_report PRIMARY KEY (id)
);
CREATE INDEX ix_package_report_registration ON package_report (registration, at);
CREATE INDEX ix_package_report_start_id ON package_report (start_id);
CREATE TRIGGER keep_package_report_delete BEFORE DELETE ON package_report WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'package_report rows are never changed by DELETE'); END;
CREATE TRIGGER keep_package_report_update BEFORE UPDATE ON package_report WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'package_report rows are never changed by UPDATE'); END;
CREATE TABLE statement_key (
	"key" BLOB NOT NULL, 
	stored BIGINT NOT NULL, 
	statement_id BLOB NOT NULL, 
	origin_id BLOB NOT NULL, 
	CONSTRAINT pk_statement_key PRIMARY KEY ("key", stored, statement_id, origin_id)
)
 WITHOUT ROWID;
CREATE TABLE xapi_activity (
	"key" BLOB NOT NULL, 
	definition TEXT NOT NULL, 
	CONSTRAINT pk_xapi_activity PRIMARY KEY ("key")
);
CREATE TABLE xapi_document (
	id BLOB NOT NULL, 
	kind VARCHAR NOT NULL, 
	activity VARCHAR NOT NULL, 
	agent VARCHAR NOT NULL, 
	registration BLOB, 
	name VARCHAR NOT NULL, 
	content BLOB, 
	media_type VARCHAR NOT NULL, 
	etag VARCHAR NOT NULL, 
	updated_at BIGINT NOT NULL, 
	is_settled BOOLEAN NOT NULL, 
	CONSTRAINT pk_xapi_document PRIMARY KEY (id)
);
CREATE INDEX ix_xapi_document_place ON xapi_document (kind, activity, agent);
CREATE INDEX ix_xapi_document_unsettled ON xapi_document (is_settled);
CREATE TABLE statement (
	stored BIGINT NOT NULL, 
	person_id BLOB, 
	refers_to BLOB, 
	voids BLOB, 
	meaning BLOB NOT NULL, 
	document TEXT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_statement_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_statement PRIMARY KEY (id)
);
CREATE INDEX ix_statement_person ON statement (person_id, stored);
CREATE INDEX ix_statement_refers_to ON statement (refers_to);
CREATE INDEX ix_statement_stored ON statement (stored, id);
CREATE INDEX ix_statement_voids ON statement (voids);
CREATE TRIGGER keep_statement_delete BEFORE DELETE ON statement WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'statement rows are never changed by DELETE'); END;
CREATE TRIGGER keep_statement_update BEFORE UPDATE ON statement WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'statement rows are never changed by UPDATE'); END;
CREATE TABLE xapi_document_version (
	document_id BLOB NOT NULL, 
	kind VARCHAR NOT NULL, 
	activity VARCHAR NOT NULL, 
	agent VARCHAR NOT NULL, 
	registration BLOB, 
	name VARCHAR NOT NULL, 
	person_id BLOB, 
	at BIGINT NOT NULL, 
	content BLOB, 
	media_type VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_xapi_document_version_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_xapi_document_version PRIMARY KEY (id)
);
CREATE INDEX ix_xapi_document_version ON xapi_document_version (document_id, at);
CREATE INDEX ix_xapi_document_version_person_id ON xapi_document_version (person_id);
CREATE TRIGGER keep_xapi_document_version_delete BEFORE DELETE ON xapi_document_version WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'xapi_document_version rows are never changed by DELETE'); END;
CREATE TRIGGER keep_xapi_document_version_update BEFORE UPDATE ON xapi_document_version WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'xapi_document_version rows are never changed by UPDATE'); END;
CREATE TABLE conversion (
	original VARCHAR(64) NOT NULL, 
	converted VARCHAR(64) NOT NULL, 
	tool VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_conversion PRIMARY KEY (id)
);
CREATE INDEX ix_conversion_original ON conversion (original);
CREATE TRIGGER keep_conversion_delete BEFORE DELETE ON conversion WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'conversion rows are never changed by DELETE'); END;
CREATE TRIGGER keep_conversion_update BEFORE UPDATE ON conversion WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'conversion rows are never changed by UPDATE'); END;
CREATE TABLE publish_confirmation (
	version_id BLOB NOT NULL, 
	warnings TEXT NOT NULL, 
	confirmed_by BLOB, 
	confirmed_at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_publish_confirmation_version_id FOREIGN KEY(version_id) REFERENCES course_version (id), 
	CONSTRAINT pk_publish_confirmation PRIMARY KEY (id), 
	CONSTRAINT uq_publish_confirmation_version_id UNIQUE (version_id)
);
CREATE TRIGGER keep_publish_confirmation_delete BEFORE DELETE ON publish_confirmation WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'publish_confirmation rows are never changed by DELETE'); END;
CREATE TRIGGER keep_publish_confirmation_update BEFORE UPDATE ON publish_confirmation WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'publish_confirmation rows are never changed by UPDATE'); END;
CREATE TABLE response (
	attempt_id BLOB NOT NULL, 
	question_version_id BLOB NOT NULL, 
	response TEXT NOT NULL, 
	share VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_response_attempt_id FOREIGN KEY(attempt_id) REFERENCES attempt (id), 
	CONSTRAINT pk_response PRIMARY KEY (attempt_id, id)
)
 WITHOUT ROWID;
CREATE TRIGGER keep_response_delete BEFORE DELETE ON response WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'response rows are never changed by DELETE'); END;
CREATE TRIGGER keep_response_update BEFORE UPDATE ON response WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'response rows are never changed by UPDATE'); END;
CREATE TABLE journal_entry (
	place INTEGER NOT NULL, 
	stamp BIGINT NOT NULL, 
	wall BIGINT NOT NULL, 
	offset_minutes INTEGER NOT NULL, 
	actor BLOB, 
	action VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	hash BLOB NOT NULL, 
	body BLOB NOT NULL, 
	CONSTRAINT pk_journal_entry PRIMARY KEY (place)
);
CREATE TRIGGER keep_journal_entry_delete BEFORE DELETE ON journal_entry BEGIN SELECT RAISE(ABORT, 'journal_entry rows are never changed by DELETE'); END;
CREATE TRIGGER keep_journal_entry_update BEFORE UPDATE ON journal_entry BEGIN SELECT RAISE(ABORT, 'journal_entry rows are never changed by UPDATE'); END;
CREATE TABLE journal_mention (
	"key" BLOB NOT NULL, 
	place BIGINT NOT NULL, 
	CONSTRAINT pk_journal_mention PRIMARY KEY ("key", place)
)
 WITHOUT ROWID;
CREATE TABLE journal_mention_head (
	log_id INTEGER NOT NULL, 
	seq BIGINT NOT NULL, 
	CONSTRAINT pk_journal_mention_head PRIMARY KEY (log_id)
);
CREATE TABLE projection_turn (
	id INTEGER NOT NULL, 
	CONSTRAINT pk_projection_turn PRIMARY KEY (id)
);
CREATE TABLE row_aside (
	table_name VARCHAR NOT NULL, 
	row_id BLOB NOT NULL, 
	shown_id BLOB NOT NULL, 
	state BLOB NOT NULL, 
	CONSTRAINT pk_row_aside PRIMARY KEY (table_name, row_id)
)
 WITHOUT ROWID;
CREATE INDEX ix_row_aside_shown_id ON row_aside (shown_id);
CREATE TABLE row_repointed (
	table_name VARCHAR NOT NULL, 
	row_id BLOB NOT NULL, 
	column_name VARCHAR NOT NULL, 
	own_id BLOB NOT NULL, 
	CONSTRAINT pk_row_repointed PRIMARY KEY (table_name, row_id, column_name)
)
 WITHOUT ROWID;
CREATE INDEX ix_row_repointed_own_id ON row_repointed (own_id);
CREATE TABLE column_contest (
	table_name VARCHAR NOT NULL, 
	row_id BLOB NOT NULL, 
	column_name VARCHAR NOT NULL, 
	live BLOB NOT NULL, 
	early BLOB NOT NULL, 
	CONSTRAINT pk_column_contest PRIMARY KEY (table_name, row_id, column_name)
)
 WITHOUT ROWID;
CREATE TABLE "account" (
	login VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	person_id BLOB, 
	disabled_at BIGINT, 
	opens_at BIGINT, 
	closes_at BIGINT, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, home_site_id BLOB, 
	CONSTRAINT fk_account_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_account PRIMARY KEY (id), 
	CONSTRAINT uq_account_person_id UNIQUE (person_id)
);
CREATE INDEX ix_account_login ON account (login);
CREATE TRIGGER keep_account_delete BEFORE DELETE ON account WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'account rows are never changed by DELETE'); END;
CREATE TABLE "course" (
	code VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	topic VARCHAR NOT NULL, 
	draft TEXT, 
	current_version_id BLOB, 
	retired_at BIGINT, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_course PRIMARY KEY (id)
);
CREATE INDEX ix_course_code ON course (code);
CREATE INDEX ix_course_title ON course (title);
CREATE TRIGGER keep_course_delete BEFORE DELETE ON course WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'course rows are never changed by DELETE'); END;
CREATE TABLE "question_bank" (
	code VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_question_bank PRIMARY KEY (id)
);
CREATE INDEX ix_question_bank_code ON question_bank (code);
CREATE TRIGGER keep_question_bank_delete BEFORE DELETE ON question_bank WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'question_bank rows are never changed by DELETE'); END;
CREATE TABLE "requirement" (
	code VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	course_id BLOB, 
	valid_months INTEGER, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, type VARCHAR DEFAULT 'course' NOT NULL, description VARCHAR DEFAULT '' NOT NULL, retired_on VARCHAR(10), titles TEXT, wording VARCHAR DEFAULT '' NOT NULL, wordings TEXT, 
	CONSTRAINT fk_requirement_course_id FOREIGN KEY(course_id) REFERENCES course (id), 
	CONSTRAINT pk_requirement PRIMARY KEY (id), 
	CONSTRAINT uq_requirement_course_id UNIQUE (course_id)
);
CREATE INDEX ix_requirement_code ON requirement (code);
CREATE TRIGGER keep_requirement_delete BEFORE DELETE ON requirement WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'requirement rows are never changed by DELETE'); END;
CREATE TABLE "course_version" (
	course_id BLOB NOT NULL, 
	number INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	outline TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	published_at BIGINT NOT NULL, 
	published_by BLOB, 
	note VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_course_version_course_id FOREIGN KEY(course_id) REFERENCES course (id), 
	CONSTRAINT pk_course_version PRIMARY KEY (id)
);
CREATE INDEX ix_course_version_course_id_number ON course_version (course_id, number);
CREATE TRIGGER keep_course_version_delete BEFORE DELETE ON course_version WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'course_version rows are never changed by DELETE'); END;
CREATE TRIGGER keep_course_version_update BEFORE UPDATE ON course_version WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'course_version rows are never changed by UPDATE'); END;
CREATE TABLE "question_version" (
	question_id BLOB NOT NULL, 
	number INTEGER NOT NULL, 
	type VARCHAR NOT NULL, 
	question TEXT NOT NULL, 
	written_at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_question_version_question_id FOREIGN KEY(question_id) REFERENCES question (id), 
	CONSTRAINT pk_question_version PRIMARY KEY (id)
);
CREATE INDEX ix_question_version_question_id_number ON question_version (question_id, number);
CREATE TRIGGER keep_question_version_delete BEFORE DELETE ON question_version WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'question_version rows are never changed by DELETE'); END;
CREATE TRIGGER keep_question_version_update BEFORE UPDATE ON question_version WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'question_version rows are never changed by UPDATE'); END;
CREATE TABLE "attempt" (
	person_id BLOB NOT NULL, 
	lesson_id BLOB NOT NULL, 
	number INTEGER NOT NULL, 
	seed BIGINT NOT NULL, 
	began_at BIGINT NOT NULL, 
	language VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_attempt_lesson_id FOREIGN KEY(lesson_id) REFERENCES lesson (id), 
	CONSTRAINT fk_attempt_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_attempt PRIMARY KEY (id)
);
CREATE INDEX ix_attempt_lesson_id ON attempt (lesson_id);
CREATE INDEX ix_attempt_person_id_lesson_id_number ON attempt (person_id, lesson_id, number);
CREATE TRIGGER keep_attempt_delete BEFORE DELETE ON attempt WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'attempt rows are never changed by DELETE'); END;
CREATE TRIGGER keep_attempt_update BEFORE UPDATE ON attempt WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'attempt rows are never changed by UPDATE'); END;
CREATE TABLE person_listing (
	number VARCHAR NOT NULL, 
	person_id BLOB NOT NULL, 
	name VARCHAR NOT NULL, 
	search_text VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	left_on VARCHAR(10), 
	org_unit_id BLOB, 
	org_unit VARCHAR NOT NULL, 
	job_role_id BLOB, 
	job_role VARCHAR NOT NULL, location_word VARCHAR DEFAULT '' NOT NULL, shift_word VARCHAR DEFAULT '' NOT NULL, agency_word VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_person_listing PRIMARY KEY (number, person_id), 
	CONSTRAINT uq_person_listing_person_id UNIQUE (person_id)
)
 WITHOUT ROWID;
CREATE INDEX ix_person_listing_filters ON person_listing (number, left_on, org_unit_id, job_role_id, kind);
CREATE TABLE key_certificate (
	document BLOB NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_key_certificate PRIMARY KEY (id)
);
CREATE TRIGGER keep_key_certificate_delete BEFORE DELETE ON key_certificate WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'key_certificate rows are never changed by DELETE'); END;
CREATE TRIGGER keep_key_certificate_update BEFORE UPDATE ON key_certificate WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'key_certificate rows are never changed by UPDATE'); END;
CREATE TABLE key_revocation (
	document BLOB NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_key_revocation PRIMARY KEY (id)
);
CREATE TRIGGER keep_key_revocation_delete BEFORE DELETE ON key_revocation WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'key_revocation rows are never changed by DELETE'); END;
CREATE TRIGGER keep_key_revocation_update BEFORE UPDATE ON key_revocation WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'key_revocation rows are never changed by UPDATE'); END;
CREATE TABLE station (
	site_id BLOB NOT NULL, 
	public_key BLOB NOT NULL, 
	incarnation BLOB NOT NULL, 
	label VARCHAR NOT NULL, 
	joined_at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_station PRIMARY KEY (id)
);
CREATE TRIGGER keep_station_delete BEFORE DELETE ON station WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'station rows are never changed by DELETE'); END;
CREATE TRIGGER keep_station_update BEFORE UPDATE ON station WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'station rows are never changed by UPDATE'); END;
CREATE TABLE "journal_log" (
	id INTEGER NOT NULL, 
	station BLOB NOT NULL, 
	incarnation BLOB NOT NULL, 
	scope VARCHAR NOT NULL, 
	branch INTEGER DEFAULT '0' NOT NULL, 
	parent_id INTEGER, 
	forked_at BIGINT DEFAULT '0' NOT NULL, 
	applied BIGINT, 
	proved BIGINT DEFAULT '0' NOT NULL, 
	seen BIGINT DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_journal_log PRIMARY KEY (id), 
	CONSTRAINT uq_journal_log_station_incarnation_scope_branch UNIQUE (station, incarnation, scope, branch)
);
CREATE TABLE sent_file (
	kind VARCHAR NOT NULL, 
	destination VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	station BLOB NOT NULL, 
	account_id BLOB, 
	made_at BIGINT NOT NULL, 
	recipients TEXT NOT NULL, 
	entries INTEGER NOT NULL, 
	size BIGINT NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	written_to VARCHAR NOT NULL, 
	carries BLOB NOT NULL, 
	id BLOB NOT NULL, sheets INTEGER, 
	CONSTRAINT pk_sent_file PRIMARY KEY (id)
);
CREATE INDEX ix_sent_file_destination ON sent_file (kind, destination, made_at);
CREATE INDEX ix_sent_file_made_at ON sent_file (made_at);
CREATE TRIGGER keep_sent_file_delete BEFORE DELETE ON sent_file WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'sent_file rows are never changed by DELETE'); END;
CREATE TRIGGER keep_sent_file_update BEFORE UPDATE ON sent_file WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'sent_file rows are never changed by UPDATE'); END;
CREATE TABLE sync_peer (
	station BLOB NOT NULL, 
	holds BLOB NOT NULL, 
	lacks_assets BLOB NOT NULL, 
	said_at BIGINT NOT NULL, 
	heard_at BIGINT NOT NULL, 
	last_number INTEGER NOT NULL, knows_revoked BLOB, 
	CONSTRAINT pk_sync_peer PRIMARY KEY (station)
);
CREATE TABLE incoming_file (
	sha256 VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	bundle_id BLOB, 
	sender BLOB, 
	number INTEGER, 
	state VARCHAR NOT NULL, 
	said VARCHAR NOT NULL, 
	applied INTEGER NOT NULL, 
	repeated INTEGER NOT NULL, 
	came_at BIGINT NOT NULL, 
	CONSTRAINT pk_incoming_file PRIMARY KEY (sha256)
);
CREATE TABLE signed_head (
	station BLOB NOT NULL, 
	incarnation BLOB NOT NULL, 
	scope VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	head BLOB NOT NULL, 
	document BLOB NOT NULL, 
	CONSTRAINT pk_signed_head PRIMARY KEY (station, incarnation, scope, seq, head)
);
CREATE TABLE twin (
	station BLOB NOT NULL, 
	incarnation BLOB NOT NULL, 
	scope VARCHAR NOT NULL, 
	forked_at BIGINT NOT NULL, 
	found_at BIGINT NOT NULL, 
	seen_at BIGINT, 
	CONSTRAINT pk_twin PRIMARY KEY (station, incarnation, scope, forked_at)
);
CREATE TABLE incarnation (
	station BLOB NOT NULL, 
	incarnation BLOB NOT NULL, 
	parent BLOB NOT NULL, 
	heads TEXT NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_incarnation PRIMARY KEY (id)
);
CREATE TRIGGER keep_incarnation_delete BEFORE DELETE ON incarnation WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'incarnation rows are never changed by DELETE'); END;
CREATE TRIGGER keep_incarnation_update BEFORE UPDATE ON incarnation WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'incarnation rows are never changed by UPDATE'); END;
CREATE TABLE incarnation_seen (
	incarnation_id BLOB NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_incarnation_seen_incarnation_id FOREIGN KEY(incarnation_id) REFERENCES incarnation (id), 
	CONSTRAINT pk_incarnation_seen PRIMARY KEY (id)
);
CREATE INDEX ix_incarnation_seen_incarnation_id ON incarnation_seen (incarnation_id);
CREATE TRIGGER keep_incarnation_seen_delete BEFORE DELETE ON incarnation_seen WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'incarnation_seen rows are never changed by DELETE'); END;
CREATE TRIGGER keep_incarnation_seen_update BEFORE UPDATE ON incarnation_seen WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'incarnation_seen rows are never changed by UPDATE'); END;
CREATE TABLE backup_event (
	station BLOB NOT NULL, 
	event VARCHAR NOT NULL, 
	digest BLOB NOT NULL, 
	made_at BIGINT NOT NULL, 
	place VARCHAR NOT NULL, 
	what VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_backup_event PRIMARY KEY (id)
);
CREATE TRIGGER keep_backup_event_delete BEFORE DELETE ON backup_event WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'backup_event rows are never changed by DELETE'); END;
CREATE TRIGGER keep_backup_event_update BEFORE UPDATE ON backup_event WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'backup_event rows are never changed by UPDATE'); END;
CREATE TABLE "person" (
	number VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	name_local VARCHAR NOT NULL, 
	search_text VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	joined_on VARCHAR(10), 
	left_on VARCHAR(10), 
	home_site_id BLOB, 
	merged_as_id BLOB, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, location VARCHAR DEFAULT '' NOT NULL, shift VARCHAR DEFAULT '' NOT NULL, agency VARCHAR DEFAULT '' NOT NULL, gate_pass VARCHAR DEFAULT '' NOT NULL, gate_pass_until VARCHAR(10), reads VARCHAR DEFAULT 'alone' NOT NULL, former_numbers VARCHAR DEFAULT '' NOT NULL, contact VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (id), 
	CONSTRAINT uq_person_merged_as_id UNIQUE (merged_as_id)
);
CREATE INDEX ix_person_former_numbers ON person (former_numbers) WHERE former_numbers <> '';
CREATE INDEX ix_person_gate_pass_until ON person (gate_pass_until) WHERE gate_pass_until IS NOT NULL;
CREATE INDEX ix_person_number ON person (number);
CREATE TRIGGER keep_person_delete BEFORE DELETE ON person WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'person rows are never changed by DELETE'); END;
CREATE TABLE person_decision (
	verdict VARCHAR NOT NULL, 
	stays_id BLOB NOT NULL, 
	other_id BLOB NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_person_decision PRIMARY KEY (id)
);
CREATE INDEX ix_person_decision_other_id ON person_decision (other_id);
CREATE INDEX ix_person_decision_stays_id ON person_decision (stays_id);
CREATE TRIGGER keep_person_decision_delete BEFORE DELETE ON person_decision WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'person_decision rows are never changed by DELETE'); END;
CREATE TRIGGER keep_person_decision_update BEFORE UPDATE ON person_decision WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'person_decision rows are never changed by UPDATE'); END;
CREATE TABLE "course_start" (
	person_id BLOB NOT NULL, 
	begun_by_id BLOB, 
	course_id BLOB NOT NULL, 
	version_id BLOB NOT NULL, 
	cycle INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_course_start_course_id FOREIGN KEY(course_id) REFERENCES course (id), 
	CONSTRAINT fk_course_start_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_course_start_version_id FOREIGN KEY(version_id) REFERENCES course_version (id), 
	CONSTRAINT pk_course_start PRIMARY KEY (id), 
	CONSTRAINT uq_course_start_begun_by_id_course_id_cycle UNIQUE (begun_by_id, course_id, cycle)
);
CREATE INDEX ix_course_start_course_id ON course_start (course_id);
CREATE INDEX ix_course_start_person_id_course_id_cycle ON course_start (person_id, course_id, cycle);
CREATE TRIGGER keep_course_start_delete BEFORE DELETE ON course_start WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'course_start rows are never changed by DELETE'); END;
CREATE TRIGGER keep_course_start_update BEFORE UPDATE ON course_start WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'course_start rows are never changed by UPDATE'); END;
CREATE TABLE "org_unit" (
	site_id BLOB, 
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	parent_id BLOB, 
	closed_on VARCHAR(10), 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_org_unit_parent_id FOREIGN KEY(parent_id) REFERENCES org_unit (id), 
	CONSTRAINT pk_org_unit PRIMARY KEY (id), 
	CONSTRAINT uq_org_unit_site_id_code UNIQUE (site_id, code)
);
CREATE INDEX ix_org_unit_code ON org_unit (code);
CREATE INDEX ix_org_unit_parent_id ON org_unit (parent_id);
CREATE TRIGGER keep_org_unit_delete BEFORE DELETE ON org_unit WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'org_unit rows are never changed by DELETE'); END;
CREATE TABLE "job_role" (
	site_id BLOB, 
	code VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	closed_on VARCHAR(10), 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_job_role PRIMARY KEY (id), 
	CONSTRAINT uq_job_role_site_id_code UNIQUE (site_id, code)
);
CREATE INDEX ix_job_role_code ON job_role (code);
CREATE TRIGGER keep_job_role_delete BEFORE DELETE ON job_role WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'job_role rows are never changed by DELETE'); END;
CREATE TABLE person_key (
	person_id BLOB NOT NULL, 
	"key" BLOB NOT NULL, 
	CONSTRAINT pk_person_key PRIMARY KEY (person_id, "key")
)
 WITHOUT ROWID;
CREATE TABLE person_key_wanted (
	person_id BLOB NOT NULL, 
	CONSTRAINT pk_person_key_wanted PRIMARY KEY (person_id)
)
 WITHOUT ROWID;
CREATE TABLE asset_destroyed (
	sha256 VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_asset_destroyed PRIMARY KEY (sha256)
)
 WITHOUT ROWID;
CREATE TABLE sync_key_asked (
	station BLOB NOT NULL, 
	person_id BLOB NOT NULL, 
	CONSTRAINT pk_sync_key_asked PRIMARY KEY (station, person_id)
);
CREATE TABLE erasure_request (
	person_id BLOB NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_erasure_request PRIMARY KEY (id)
);
CREATE INDEX ix_erasure_request_person_id ON erasure_request (person_id);
CREATE TRIGGER keep_erasure_request_delete BEFORE DELETE ON erasure_request WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'erasure_request rows are never changed by DELETE'); END;
CREATE TRIGGER keep_erasure_request_update BEFORE UPDATE ON erasure_request WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'erasure_request rows are never changed by UPDATE'); END;
CREATE TABLE erasure_withdrawn (
	request_id BLOB NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_erasure_withdrawn_request_id_erasure_request FOREIGN KEY(request_id) REFERENCES erasure_request (id), 
	CONSTRAINT pk_erasure_withdrawn PRIMARY KEY (id), 
	CONSTRAINT uq_erasure_withdrawn_request_id UNIQUE (request_id)
);
CREATE TRIGGER keep_erasure_withdrawn_delete BEFORE DELETE ON erasure_withdrawn WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'erasure_withdrawn rows are never changed by DELETE'); END;
CREATE TRIGGER keep_erasure_withdrawn_update BEFORE UPDATE ON erasure_withdrawn WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'erasure_withdrawn rows are never changed by UPDATE'); END;
CREATE TABLE person_erasure (
	person_id BLOB NOT NULL, 
	request_id BLOB, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_person_erasure PRIMARY KEY (id), 
	CONSTRAINT uq_person_erasure_person_id UNIQUE (person_id)
);
CREATE TRIGGER keep_person_erasure_delete BEFORE DELETE ON person_erasure WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'person_erasure rows are never changed by DELETE'); END;
CREATE TRIGGER keep_person_erasure_update BEFORE UPDATE ON person_erasure WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'person_erasure rows are never changed by UPDATE'); END;
CREATE TABLE legal_hold (
	person_id BLOB NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_legal_hold PRIMARY KEY (id)
);
CREATE INDEX ix_legal_hold_person_id ON legal_hold (person_id);
CREATE TRIGGER keep_legal_hold_delete BEFORE DELETE ON legal_hold WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'legal_hold rows are never changed by DELETE'); END;
CREATE TRIGGER keep_legal_hold_update BEFORE UPDATE ON legal_hold WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'legal_hold rows are never changed by UPDATE'); END;
CREATE TABLE legal_hold_lifted (
	hold_id BLOB NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_legal_hold_lifted_hold_id_legal_hold FOREIGN KEY(hold_id) REFERENCES legal_hold (id), 
	CONSTRAINT pk_legal_hold_lifted PRIMARY KEY (id), 
	CONSTRAINT uq_legal_hold_lifted_hold_id UNIQUE (hold_id)
);
CREATE TRIGGER keep_legal_hold_lifted_delete BEFORE DELETE ON legal_hold_lifted WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'legal_hold_lifted rows are never changed by DELETE'); END;
CREATE TRIGGER keep_legal_hold_lifted_update BEFORE UPDATE ON legal_hold_lifted WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'legal_hold_lifted rows are never changed by UPDATE'); END;
CREATE TABLE retention_rule (
	site_id BLOB NOT NULL, 
	years INTEGER NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_retention_rule PRIMARY KEY (id), 
	CONSTRAINT uq_retention_rule_site_id UNIQUE (site_id)
);
CREATE TRIGGER keep_retention_rule_delete BEFORE DELETE ON retention_rule WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'retention_rule rows are never changed by DELETE'); END;
CREATE TABLE "saved_file" (
	kind VARCHAR NOT NULL, 
	about_id BLOB, 
	title VARCHAR NOT NULL, 
	station BLOB NOT NULL, 
	account_id BLOB, 
	saved_at BIGINT NOT NULL, 
	records INTEGER, 
	size BIGINT NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	saved_to VARCHAR NOT NULL, 
	is_paper BOOLEAN NOT NULL, 
	id BLOB NOT NULL, line_id BLOB, 
	CONSTRAINT pk_saved_file PRIMARY KEY (id)
);
CREATE TRIGGER keep_saved_file_delete BEFORE DELETE ON saved_file WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'saved_file rows are never changed by DELETE'); END;
CREATE TRIGGER keep_saved_file_update BEFORE UPDATE ON saved_file WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'saved_file rows are never changed by UPDATE'); END;
CREATE TABLE signing_key (
	account_id BLOB NOT NULL, 
	public_key BLOB NOT NULL, 
	paper BLOB NOT NULL, 
	made_at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_signing_key PRIMARY KEY (id)
);
CREATE INDEX ix_signing_key_account_id ON signing_key (account_id);
CREATE TRIGGER keep_signing_key_delete BEFORE DELETE ON signing_key WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'signing_key rows are never changed by DELETE'); END;
CREATE TRIGGER keep_signing_key_update BEFORE UPDATE ON signing_key WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'signing_key rows are never changed by UPDATE'); END;
CREATE TABLE signing_key_wrap (
	key_id BLOB NOT NULL, 
	credential_id BLOB NOT NULL, 
	salt BLOB NOT NULL, 
	memory INTEGER NOT NULL, 
	passes INTEGER NOT NULL, 
	lanes INTEGER NOT NULL, 
	sealed BLOB NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_signing_key_wrap_key_id FOREIGN KEY(key_id) REFERENCES signing_key (id), 
	CONSTRAINT pk_signing_key_wrap PRIMARY KEY (id)
);
CREATE INDEX ix_signing_key_wrap_credential_id ON signing_key_wrap (credential_id);
CREATE INDEX ix_signing_key_wrap_key_id ON signing_key_wrap (key_id);
CREATE TRIGGER keep_signing_key_wrap_delete BEFORE DELETE ON signing_key_wrap WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'signing_key_wrap rows are never changed by DELETE'); END;
CREATE TRIGGER keep_signing_key_wrap_update BEFORE UPDATE ON signing_key_wrap WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'signing_key_wrap rows are never changed by UPDATE'); END;
CREATE TABLE signing_key_end (
	key_id BLOB NOT NULL, 
	why VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	"by" BLOB, 
	at BIGINT NOT NULL, 
	stamp BIGINT NOT NULL, 
	id BLOB NOT NULL, doubted_from VARCHAR(10), 
	CONSTRAINT fk_signing_key_end_key_id FOREIGN KEY(key_id) REFERENCES signing_key (id), 
	CONSTRAINT pk_signing_key_end PRIMARY KEY (id)
);
CREATE INDEX ix_signing_key_end_key_id ON signing_key_end (key_id);
CREATE TRIGGER keep_signing_key_end_delete BEFORE DELETE ON signing_key_end WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'signing_key_end rows are never changed by DELETE'); END;
CREATE TRIGGER keep_signing_key_end_update BEFORE UPDATE ON signing_key_end WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'signing_key_end rows are never changed by UPDATE'); END;
CREATE TABLE signer_check (
	key_id BLOB NOT NULL, 
	document VARCHAR NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	was_alone BOOLEAN NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_signer_check_key_id FOREIGN KEY(key_id) REFERENCES signing_key (id), 
	CONSTRAINT pk_signer_check PRIMARY KEY (id)
);
CREATE INDEX ix_signer_check_key_id ON signer_check (key_id);
CREATE TRIGGER keep_signer_check_delete BEFORE DELETE ON signer_check WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'signer_check rows are never changed by DELETE'); END;
CREATE TRIGGER keep_signer_check_update BEFORE UPDATE ON signer_check WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'signer_check rows are never changed by UPDATE'); END;
CREATE TABLE accountability (
	account_id BLOB NOT NULL, 
	text VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_accountability PRIMARY KEY (id)
);
CREATE INDEX ix_accountability_account_id ON accountability (account_id);
CREATE TRIGGER keep_accountability_delete BEFORE DELETE ON accountability WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'accountability rows are never changed by DELETE'); END;
CREATE TRIGGER keep_accountability_update BEFORE UPDATE ON accountability WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'accountability rows are never changed by UPDATE'); END;
CREATE TABLE signature (
	record_kind VARCHAR NOT NULL, 
	record_id BLOB NOT NULL, 
	account_id BLOB NOT NULL, 
	name VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	meaning VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	station BLOB NOT NULL, 
	signed_at BIGINT NOT NULL, 
	offset_minutes INTEGER NOT NULL, 
	payload TEXT NOT NULL, 
	record TEXT NOT NULL, 
	shown TEXT NOT NULL, 
	public_key BLOB NOT NULL, 
	signature BLOB NOT NULL, 
	paper BLOB NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_signature PRIMARY KEY (id)
);
CREATE INDEX ix_signature_account_id ON signature (account_id);
CREATE INDEX ix_signature_record_id ON signature (record_id);
CREATE INDEX ix_signature_signed_at ON signature (signed_at);
CREATE TRIGGER keep_signature_delete BEFORE DELETE ON signature WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'signature rows are never changed by DELETE'); END;
CREATE TRIGGER keep_signature_update BEFORE UPDATE ON signature WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'signature rows are never changed by UPDATE'); END;
CREATE TABLE clock_confirmation (
	station BLOB NOT NULL, 
	at BIGINT NOT NULL, 
	newest BIGINT NOT NULL, 
	"by" BLOB, 
	reason VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_clock_confirmation PRIMARY KEY (id)
);
CREATE INDEX ix_clock_confirmation_station ON clock_confirmation (station);
CREATE TRIGGER keep_clock_confirmation_delete BEFORE DELETE ON clock_confirmation WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'clock_confirmation rows are never changed by DELETE'); END;
CREATE TRIGGER keep_clock_confirmation_update BEFORE UPDATE ON clock_confirmation WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'clock_confirmation rows are never changed by UPDATE'); END;
CREATE TABLE conflict_decision (
	table_name VARCHAR NOT NULL, 
	row_id BLOB NOT NULL, 
	column_name VARCHAR NOT NULL, 
	standing TEXT NOT NULL, 
	version BLOB NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_conflict_decision PRIMARY KEY (id)
);
CREATE INDEX ix_conflict_decision_row_id ON conflict_decision (row_id);
CREATE TRIGGER keep_conflict_decision_delete BEFORE DELETE ON conflict_decision WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'conflict_decision rows are never changed by DELETE'); END;
CREATE TRIGGER keep_conflict_decision_update BEFORE UPDATE ON conflict_decision WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'conflict_decision rows are never changed by UPDATE'); END;
CREATE TABLE package_shared_report (
	person_id BLOB NOT NULL, 
	registration BLOB NOT NULL, 
	at BIGINT NOT NULL, 
	version BLOB NOT NULL, 
	changes TEXT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_package_shared_report_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_package_shared_report PRIMARY KEY (id)
);
CREATE INDEX ix_package_shared_report_person_id ON package_shared_report (person_id);
CREATE TRIGGER keep_package_shared_report_delete BEFORE DELETE ON package_shared_report WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'package_shared_report rows are never changed by DELETE'); END;
CREATE TRIGGER keep_package_shared_report_update BEFORE UPDATE ON package_shared_report WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'package_shared_report rows are never changed by UPDATE'); END;
CREATE TABLE package_shared_untold (
	person_id BLOB NOT NULL, 
	changes TEXT NOT NULL, 
	CONSTRAINT pk_package_shared_untold PRIMARY KEY (person_id)
);
CREATE TABLE package_shared_state (
	person_id BLOB NOT NULL, 
	state TEXT NOT NULL, 
	version BLOB NOT NULL, 
	CONSTRAINT pk_package_shared_state PRIMARY KEY (person_id)
);
CREATE TABLE kept_seal (
	station BLOB NOT NULL, 
	incarnation BLOB NOT NULL, 
	scope VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	root BLOB NOT NULL, 
	sealed_at BIGINT NOT NULL, 
	public_key BLOB NOT NULL, 
	signature BLOB NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_kept_seal PRIMARY KEY (id)
);
CREATE TRIGGER keep_kept_seal_delete BEFORE DELETE ON kept_seal WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'kept_seal rows are never changed by DELETE'); END;
CREATE TRIGGER keep_kept_seal_update BEFORE UPDATE ON kept_seal WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'kept_seal rows are never changed by UPDATE'); END;
CREATE TABLE figures_head (
	log_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	zone VARCHAR NOT NULL, 
	CONSTRAINT pk_figures_head PRIMARY KEY (log_id)
);
CREATE TABLE person_figures (
	person_id BLOB NOT NULL, 
	org_unit_id BLOB, 
	stands BLOB NOT NULL, 
	learned BLOB NOT NULL, 
	is_ahead BOOLEAN NOT NULL, 
	CONSTRAINT pk_person_figures PRIMARY KEY (person_id)
);
CREATE TABLE requirement_terms (
	requirement_id BLOB NOT NULL, 
	from_on VARCHAR(10) NOT NULL, 
	validity VARCHAR NOT NULL, 
	valid_count INTEGER, 
	valid_until_on VARCHAR(10), 
	keeps_anniversary BOOLEAN NOT NULL, 
	window_days INTEGER NOT NULL, 
	due_rule VARCHAR NOT NULL, 
	due_days INTEGER, 
	due_day VARCHAR(10), 
	renewal_due_days INTEGER, 
	grace_days INTEGER NOT NULL, 
	evidence VARCHAR NOT NULL, 
	substitutes VARCHAR NOT NULL, 
	prior_days INTEGER, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, signed BOOLEAN DEFAULT 1 NOT NULL, gives_certificate BOOLEAN, template VARCHAR, trainer_registered BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT fk_requirement_terms_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_requirement_terms PRIMARY KEY (id), 
	CONSTRAINT uq_requirement_terms_requirement_id_from_on UNIQUE (requirement_id, from_on)
);
CREATE TRIGGER keep_requirement_terms_delete BEFORE DELETE ON requirement_terms WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'requirement_terms rows are never changed by DELETE'); END;
CREATE TABLE requirement_link (
	requirement_id BLOB NOT NULL, 
	kind VARCHAR NOT NULL, 
	other_id BLOB NOT NULL, 
	ended_on VARCHAR(10), 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, from_on VARCHAR(10), gaps TEXT, 
	CONSTRAINT fk_requirement_link_other_id FOREIGN KEY(other_id) REFERENCES requirement (id), 
	CONSTRAINT fk_requirement_link_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_requirement_link PRIMARY KEY (id), 
	CONSTRAINT uq_requirement_link_requirement_id_kind_other_id UNIQUE (requirement_id, kind, other_id)
);
CREATE INDEX ix_requirement_link_other_id ON requirement_link (other_id);
CREATE TRIGGER keep_requirement_link_delete BEFORE DELETE ON requirement_link WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'requirement_link rows are never changed by DELETE'); END;
CREATE TABLE legal_reference (
	requirement_id BLOB NOT NULL, 
	act VARCHAR NOT NULL, 
	clause VARCHAR NOT NULL, 
	from_on VARCHAR(10), 
	to_on VARCHAR(10), 
	removed BOOLEAN NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_legal_reference_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_legal_reference PRIMARY KEY (id)
);
CREATE INDEX ix_legal_reference_requirement_id ON legal_reference (requirement_id);
CREATE TRIGGER keep_legal_reference_delete BEFORE DELETE ON legal_reference WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'legal_reference rows are never changed by DELETE'); END;
CREATE TABLE enrolment_rule (
	site_id BLOB, 
	code VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	requirement_id BLOB NOT NULL, 
	condition TEXT NOT NULL, 
	after_days INTEGER, 
	from_on VARCHAR(10), 
	to_on VARCHAR(10), 
	cancels BOOLEAN NOT NULL, 
	is_on BOOLEAN NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, away_days INTEGER, due_days INTEGER, moved VARCHAR, 
	CONSTRAINT fk_enrolment_rule_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_enrolment_rule PRIMARY KEY (id), 
	CONSTRAINT uq_enrolment_rule_site_id_code UNIQUE (site_id, code)
);
CREATE INDEX ix_enrolment_rule_code ON enrolment_rule (code);
CREATE INDEX ix_enrolment_rule_requirement_id ON enrolment_rule (requirement_id);
CREATE TRIGGER keep_enrolment_rule_delete BEFORE DELETE ON enrolment_rule WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'enrolment_rule rows are never changed by DELETE'); END;
CREATE TABLE evidence (
	person_id BLOB NOT NULL, 
	requirement_id BLOB NOT NULL, 
	issuer VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	obtained_on VARCHAR(10) NOT NULL, 
	valid_until VARCHAR(10), 
	note VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_evidence_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_evidence_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_evidence PRIMARY KEY (id)
);
CREATE INDEX ix_evidence_person_id_requirement_id ON evidence (person_id, requirement_id);
CREATE TRIGGER keep_evidence_delete BEFORE DELETE ON evidence WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'evidence rows are never changed by DELETE'); END;
CREATE TRIGGER keep_evidence_update BEFORE UPDATE ON evidence WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'evidence rows are never changed by UPDATE'); END;
CREATE TABLE evidence_verdict (
	evidence_id BLOB NOT NULL, 
	is_accepted BOOLEAN NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, how VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT fk_evidence_verdict_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id), 
	CONSTRAINT pk_evidence_verdict PRIMARY KEY (id), 
	CONSTRAINT uq_evidence_verdict_evidence_id UNIQUE (evidence_id)
);
CREATE TRIGGER keep_evidence_verdict_delete BEFORE DELETE ON evidence_verdict WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'evidence_verdict rows are never changed by DELETE'); END;
CREATE TRIGGER keep_evidence_verdict_update BEFORE UPDATE ON evidence_verdict WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'evidence_verdict rows are never changed by UPDATE'); END;
CREATE TABLE assignment_event (
	assignment_id BLOB NOT NULL, 
	event VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	until_on VARCHAR(10), 
	reason VARCHAR NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, due_before VARCHAR(10), due_plain VARCHAR(10), retired_on VARCHAR(10), 
	CONSTRAINT fk_assignment_event_assignment_id FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	CONSTRAINT pk_assignment_event PRIMARY KEY (id)
);
CREATE INDEX ix_assignment_event_assignment_id ON assignment_event (assignment_id);
CREATE INDEX ix_assignment_event_untold ON assignment_event (at) WHERE event = 'due_moved' AND due_before IS NULL;
CREATE TRIGGER keep_assignment_event_delete BEFORE DELETE ON assignment_event WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'assignment_event rows are never changed by DELETE'); END;
CREATE TRIGGER keep_assignment_event_update BEFORE UPDATE ON assignment_event WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'assignment_event rows are never changed by UPDATE'); END;
CREATE TABLE absence (
	person_id BLOB NOT NULL, 
	from_on VARCHAR(10) NOT NULL, 
	to_on VARCHAR(10), 
	reason VARCHAR NOT NULL, 
	has_moved_dues BOOLEAN NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_absence_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_absence PRIMARY KEY (id)
);
CREATE INDEX ix_absence_person_id ON absence (person_id);
CREATE TRIGGER keep_absence_delete BEFORE DELETE ON absence WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'absence rows are never changed by DELETE'); END;
CREATE TABLE hr_mapping (
	name VARCHAR NOT NULL, 
	content TEXT NOT NULL, 
	kept_at BIGINT NOT NULL, 
	ended_at BIGINT, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_hr_mapping PRIMARY KEY (id)
);
CREATE INDEX ix_hr_mapping_name ON hr_mapping (name);
CREATE TRIGGER keep_hr_mapping_delete BEFORE DELETE ON hr_mapping WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'hr_mapping rows are never changed by DELETE'); END;
CREATE TABLE import_run (
	at BIGINT NOT NULL, 
	account_id BLOB, 
	mapping VARCHAR NOT NULL, 
	fields TEXT NOT NULL, 
	owns BOOLEAN NOT NULL, 
	coverage VARCHAR NOT NULL, 
	files TEXT NOT NULL, 
	private TEXT NOT NULL, 
	counts TEXT NOT NULL, 
	fixes TEXT NOT NULL, 
	typed INTEGER, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_import_run PRIMARY KEY (id)
);
CREATE TRIGGER keep_import_run_delete BEFORE DELETE ON import_run WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'import_run rows are never changed by DELETE'); END;
CREATE TRIGGER keep_import_run_update BEFORE UPDATE ON import_run WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'import_run rows are never changed by UPDATE'); END;
CREATE TABLE watched_file (
	sha256 VARCHAR NOT NULL, 
	path VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	seen_at BIGINT NOT NULL, 
	mapping VARCHAR NOT NULL, 
	counts TEXT NOT NULL, 
	words VARCHAR NOT NULL, 
	CONSTRAINT pk_watched_file PRIMARY KEY (sha256)
);
CREATE TABLE curriculum (
	code VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	retired_on VARCHAR(10), 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_curriculum PRIMARY KEY (id)
);
CREATE INDEX ix_curriculum_code ON curriculum (code);
CREATE TRIGGER keep_curriculum_delete BEFORE DELETE ON curriculum WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'curriculum rows are never changed by DELETE'); END;
CREATE TABLE curriculum_item (
	curriculum_id BLOB NOT NULL, 
	requirement_id BLOB, 
	part_id BLOB, 
	position INTEGER NOT NULL, 
	from_on VARCHAR(10) NOT NULL, 
	to_on VARCHAR(10), 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_curriculum_item_curriculum_id FOREIGN KEY(curriculum_id) REFERENCES curriculum (id), 
	CONSTRAINT fk_curriculum_item_part_id FOREIGN KEY(part_id) REFERENCES curriculum (id), 
	CONSTRAINT fk_curriculum_item_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_curriculum_item PRIMARY KEY (id)
);
CREATE INDEX ix_curriculum_item_curriculum_id ON curriculum_item (curriculum_id);
CREATE TRIGGER keep_curriculum_item_delete BEFORE DELETE ON curriculum_item WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'curriculum_item rows are never changed by DELETE'); END;
CREATE TABLE audience (
	site_id BLOB, 
	code VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	condition TEXT NOT NULL, 
	retired_on VARCHAR(10), 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_audience PRIMARY KEY (id), 
	CONSTRAINT uq_audience_site_id_code UNIQUE (site_id, code)
);
CREATE INDEX ix_audience_code ON audience (code);
CREATE TRIGGER keep_audience_delete BEFORE DELETE ON audience WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'audience rows are never changed by DELETE'); END;
CREATE TABLE matrix_change (
	at BIGINT NOT NULL, 
	effective_on VARCHAR(10) NOT NULL, 
	reason VARCHAR NOT NULL, 
	people INTEGER NOT NULL, 
	is_confirmed BOOLEAN NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_matrix_change PRIMARY KEY (id)
);
CREATE TRIGGER keep_matrix_change_delete BEFORE DELETE ON matrix_change WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'matrix_change rows are never changed by DELETE'); END;
CREATE TRIGGER keep_matrix_change_update BEFORE UPDATE ON matrix_change WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'matrix_change rows are never changed by UPDATE'); END;
CREATE TABLE matrix_entry (
	site_id BLOB, 
	cell VARCHAR NOT NULL, 
	job_role_id BLOB, 
	audience_id BLOB, 
	requirement_id BLOB, 
	curriculum_id BLOB, 
	need VARCHAR NOT NULL, 
	from_on VARCHAR(10) NOT NULL, 
	to_on VARCHAR(10), 
	change_id BLOB NOT NULL, 
	is_settled BOOLEAN NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_matrix_entry_audience_id FOREIGN KEY(audience_id) REFERENCES audience (id), 
	CONSTRAINT fk_matrix_entry_change_id FOREIGN KEY(change_id) REFERENCES matrix_change (id), 
	CONSTRAINT fk_matrix_entry_curriculum_id FOREIGN KEY(curriculum_id) REFERENCES curriculum (id), 
	CONSTRAINT fk_matrix_entry_job_role_id FOREIGN KEY(job_role_id) REFERENCES job_role (id), 
	CONSTRAINT fk_matrix_entry_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_matrix_entry PRIMARY KEY (id), 
	CONSTRAINT uq_matrix_entry_cell_from_on UNIQUE (cell, from_on)
);
CREATE TRIGGER keep_matrix_entry_delete BEFORE DELETE ON matrix_entry WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'matrix_entry rows are never changed by DELETE'); END;
CREATE TABLE matrix_draft (
	account_id BLOB NOT NULL, 
	edits TEXT NOT NULL, 
	kept_at BIGINT NOT NULL, 
	CONSTRAINT pk_matrix_draft PRIMARY KEY (account_id)
);
CREATE TABLE practical_form (
	requirement_id BLOB NOT NULL, 
	title VARCHAR NOT NULL, 
	draft TEXT, 
	current_version_id BLOB, 
	assessor_holds_id BLOB, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_practical_form_assessor_holds_id FOREIGN KEY(assessor_holds_id) REFERENCES requirement (id), 
	CONSTRAINT fk_practical_form_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_practical_form PRIMARY KEY (id), 
	CONSTRAINT uq_practical_form_requirement_id UNIQUE (requirement_id)
);
CREATE TRIGGER keep_practical_form_delete BEFORE DELETE ON practical_form WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_form rows are never changed by DELETE'); END;
CREATE TABLE practical_version (
	form_id BLOB NOT NULL, 
	number INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	content TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	published_at BIGINT NOT NULL, 
	published_by BLOB, 
	note VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_practical_version_form_id FOREIGN KEY(form_id) REFERENCES practical_form (id), 
	CONSTRAINT pk_practical_version PRIMARY KEY (id)
);
CREATE INDEX ix_practical_version_form_id ON practical_version (form_id);
CREATE TRIGGER keep_practical_version_delete BEFORE DELETE ON practical_version WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_version rows are never changed by DELETE'); END;
CREATE TRIGGER keep_practical_version_update BEFORE UPDATE ON practical_version WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_version rows are never changed by UPDATE'); END;
CREATE TABLE assessor_appointment (
	person_id BLOB NOT NULL, 
	requirement_id BLOB NOT NULL, 
	from_on VARCHAR(10) NOT NULL, 
	until_on VARCHAR(10), 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_assessor_appointment_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_assessor_appointment_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_assessor_appointment PRIMARY KEY (id)
);
CREATE INDEX ix_assessor_appointment_pair ON assessor_appointment (person_id, requirement_id);
CREATE INDEX ix_assessor_appointment_requirement_id ON assessor_appointment (requirement_id);
CREATE TRIGGER keep_assessor_appointment_delete BEFORE DELETE ON assessor_appointment WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'assessor_appointment rows are never changed by DELETE'); END;
CREATE TRIGGER keep_assessor_appointment_update BEFORE UPDATE ON assessor_appointment WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'assessor_appointment rows are never changed by UPDATE'); END;
CREATE TABLE assessor_end (
	appointment_id BLOB NOT NULL, 
	end_on VARCHAR(10) NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_assessor_end_appointment_id FOREIGN KEY(appointment_id) REFERENCES assessor_appointment (id), 
	CONSTRAINT pk_assessor_end PRIMARY KEY (id)
);
CREATE INDEX ix_assessor_end_appointment_id ON assessor_end (appointment_id);
CREATE TRIGGER keep_assessor_end_delete BEFORE DELETE ON assessor_end WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'assessor_end rows are never changed by DELETE'); END;
CREATE TRIGGER keep_assessor_end_update BEFORE UPDATE ON assessor_end WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'assessor_end rows are never changed by UPDATE'); END;
CREATE TABLE practical_run (
	person_id BLOB NOT NULL, 
	requirement_id BLOB NOT NULL, 
	number INTEGER NOT NULL, 
	opened_at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_practical_run_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_practical_run_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_practical_run PRIMARY KEY (id), 
	CONSTRAINT uq_practical_run_person_id_requirement_id_number UNIQUE (person_id, requirement_id, number)
);
CREATE INDEX ix_practical_run_requirement_id ON practical_run (requirement_id);
CREATE TRIGGER keep_practical_run_delete BEFORE DELETE ON practical_run WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_run rows are never changed by DELETE'); END;
CREATE TABLE practical_round (
	run_id BLOB NOT NULL, 
	version_id BLOB NOT NULL, 
	stage VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	assessor_id BLOB NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_practical_round_assessor_id FOREIGN KEY(assessor_id) REFERENCES person (id), 
	CONSTRAINT fk_practical_round_run_id FOREIGN KEY(run_id) REFERENCES practical_run (id), 
	CONSTRAINT fk_practical_round_version_id FOREIGN KEY(version_id) REFERENCES practical_version (id), 
	CONSTRAINT pk_practical_round PRIMARY KEY (id)
);
CREATE INDEX ix_practical_round_run_id ON practical_round (run_id);
CREATE TRIGGER keep_practical_round_delete BEFORE DELETE ON practical_round WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_round rows are never changed by DELETE'); END;
CREATE TRIGGER keep_practical_round_update BEFORE UPDATE ON practical_round WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_round rows are never changed by UPDATE'); END;
CREATE TABLE practical_mark (
	round_id BLOB NOT NULL, 
	step BLOB NOT NULL, 
	mark VARCHAR NOT NULL, 
	remark VARCHAR NOT NULL, 
	photo VARCHAR(64) NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_practical_mark_round_id FOREIGN KEY(round_id) REFERENCES practical_round (id), 
	CONSTRAINT pk_practical_mark PRIMARY KEY (id)
);
CREATE INDEX ix_practical_mark_round_id ON practical_mark (round_id);
CREATE TRIGGER keep_practical_mark_delete BEFORE DELETE ON practical_mark WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_mark rows are never changed by DELETE'); END;
CREATE TRIGGER keep_practical_mark_update BEFORE UPDATE ON practical_mark WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_mark rows are never changed by UPDATE'); END;
CREATE TABLE practical_result (
	round_id BLOB NOT NULL, 
	verdict VARCHAR NOT NULL, 
	remark VARCHAR NOT NULL, 
	retry_on VARCHAR(10), 
	sha256 VARCHAR(64) NOT NULL, 
	at BIGINT NOT NULL, 
	assessor_id BLOB NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_practical_result_assessor_id FOREIGN KEY(assessor_id) REFERENCES person (id), 
	CONSTRAINT fk_practical_result_round_id FOREIGN KEY(round_id) REFERENCES practical_round (id), 
	CONSTRAINT pk_practical_result PRIMARY KEY (id)
);
CREATE INDEX ix_practical_result_round_id ON practical_result (round_id);
CREATE TRIGGER keep_practical_result_delete BEFORE DELETE ON practical_result WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_result rows are never changed by DELETE'); END;
CREATE TRIGGER keep_practical_result_update BEFORE UPDATE ON practical_result WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_result rows are never changed by UPDATE'); END;
CREATE TABLE practical_signing (
	result_id BLOB NOT NULL, 
	hand VARCHAR NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	verdict VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	signer_id BLOB NOT NULL, 
	"by" BLOB, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_practical_signing_result_id FOREIGN KEY(result_id) REFERENCES practical_result (id), 
	CONSTRAINT fk_practical_signing_signer_id FOREIGN KEY(signer_id) REFERENCES person (id), 
	CONSTRAINT pk_practical_signing PRIMARY KEY (id)
);
CREATE INDEX ix_practical_signing_result_id ON practical_signing (result_id);
CREATE TRIGGER keep_practical_signing_delete BEFORE DELETE ON practical_signing WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_signing rows are never changed by DELETE'); END;
CREATE TRIGGER keep_practical_signing_update BEFORE UPDATE ON practical_signing WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_signing rows are never changed by UPDATE'); END;
CREATE TABLE practical_request (
	person_id BLOB NOT NULL, 
	requirement_id BLOB NOT NULL, 
	wanted_on VARCHAR(10), 
	note VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_practical_request_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_practical_request_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_practical_request PRIMARY KEY (id)
);
CREATE INDEX ix_practical_request_pair ON practical_request (person_id, requirement_id);
CREATE TRIGGER keep_practical_request_delete BEFORE DELETE ON practical_request WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_request rows are never changed by DELETE'); END;
CREATE TRIGGER keep_practical_request_update BEFORE UPDATE ON practical_request WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_request rows are never changed by UPDATE'); END;
CREATE TABLE practical_refusal (
	person_id BLOB NOT NULL, 
	requirement_id BLOB NOT NULL, 
	deed VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_practical_refusal_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_practical_refusal_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_practical_refusal PRIMARY KEY (id)
);
CREATE INDEX ix_practical_refusal_person_id ON practical_refusal (person_id);
CREATE TRIGGER keep_practical_refusal_delete BEFORE DELETE ON practical_refusal WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_refusal rows are never changed by DELETE'); END;
CREATE TRIGGER keep_practical_refusal_update BEFORE UPDATE ON practical_refusal WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_refusal rows are never changed by UPDATE'); END;
CREATE TABLE class_session (
	site_id BLOB, 
	kind VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	venue VARCHAR NOT NULL, 
	starts_at BIGINT NOT NULL, 
	ends_at BIGINT NOT NULL, 
	seats INTEGER, 
	threshold INTEGER NOT NULL, 
	course_id BLOB, 
	quiz VARCHAR NOT NULL, 
	planned_at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_class_session_course_id FOREIGN KEY(course_id) REFERENCES course (id), 
	CONSTRAINT pk_class_session PRIMARY KEY (id)
);
CREATE INDEX ix_class_session_starts_at ON class_session (starts_at, site_id);
CREATE TRIGGER keep_class_session_delete BEFORE DELETE ON class_session WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'class_session rows are never changed by DELETE'); END;
CREATE TABLE session_requirement (
	session_id BLOB NOT NULL, 
	requirement_id BLOB NOT NULL, 
	ended_at BIGINT, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_session_requirement_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT fk_session_requirement_session_id FOREIGN KEY(session_id) REFERENCES class_session (id), 
	CONSTRAINT pk_session_requirement PRIMARY KEY (id), 
	CONSTRAINT uq_session_requirement_session_id_requirement_id UNIQUE (session_id, requirement_id)
);
CREATE INDEX ix_session_requirement_requirement_id ON session_requirement (requirement_id);
CREATE TRIGGER keep_session_requirement_delete BEFORE DELETE ON session_requirement WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_requirement rows are never changed by DELETE'); END;
CREATE TABLE session_trainer (
	session_id BLOB NOT NULL, 
	person_id BLOB, 
	account_id BLOB, 
	name VARCHAR NOT NULL, 
	leads BOOLEAN NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_session_trainer_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_session_trainer_session_id FOREIGN KEY(session_id) REFERENCES class_session (id), 
	CONSTRAINT pk_session_trainer PRIMARY KEY (id)
);
CREATE INDEX ix_session_trainer_person_id ON session_trainer (person_id);
CREATE INDEX ix_session_trainer_session_id ON session_trainer (session_id);
CREATE TRIGGER keep_session_trainer_delete BEFORE DELETE ON session_trainer WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_trainer rows are never changed by DELETE'); END;
CREATE TRIGGER keep_session_trainer_update BEFORE UPDATE ON session_trainer WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_trainer rows are never changed by UPDATE'); END;
CREATE TABLE session_invitation (
	session_id BLOB NOT NULL, 
	person_id BLOB NOT NULL, 
	is_on BOOLEAN NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_session_invitation_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_session_invitation_session_id FOREIGN KEY(session_id) REFERENCES class_session (id), 
	CONSTRAINT pk_session_invitation PRIMARY KEY (id)
);
CREATE INDEX ix_session_invitation_person_id ON session_invitation (person_id);
CREATE INDEX ix_session_invitation_session_id ON session_invitation (session_id);
CREATE TRIGGER keep_session_invitation_delete BEFORE DELETE ON session_invitation WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_invitation rows are never changed by DELETE'); END;
CREATE TRIGGER keep_session_invitation_update BEFORE UPDATE ON session_invitation WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_invitation rows are never changed by UPDATE'); END;
CREATE TABLE session_event (
	session_id BLOB NOT NULL, 
	event VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	began_at BIGINT, 
	ended_at BIGINT, 
	reason VARCHAR NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_session_event_session_id FOREIGN KEY(session_id) REFERENCES class_session (id), 
	CONSTRAINT pk_session_event PRIMARY KEY (id)
);
CREATE INDEX ix_session_event_session_id ON session_event (session_id);
CREATE TRIGGER keep_session_event_delete BEFORE DELETE ON session_event WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_event rows are never changed by DELETE'); END;
CREATE TRIGGER keep_session_event_update BEFORE UPDATE ON session_event WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_event rows are never changed by UPDATE'); END;
CREATE TABLE session_attendance (
	session_id BLOB NOT NULL, 
	person_id BLOB NOT NULL, 
	mark VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	method VARCHAR NOT NULL, 
	corrects_id BLOB, 
	reason VARCHAR NOT NULL, 
	noted_at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_session_attendance_corrects_id FOREIGN KEY(corrects_id) REFERENCES session_attendance (id), 
	CONSTRAINT fk_session_attendance_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_session_attendance_session_id FOREIGN KEY(session_id) REFERENCES class_session (id), 
	CONSTRAINT pk_session_attendance PRIMARY KEY (id)
);
CREATE INDEX ix_session_attendance_person_id ON session_attendance (person_id);
CREATE INDEX ix_session_attendance_session_id ON session_attendance (session_id);
CREATE TRIGGER keep_session_attendance_delete BEFORE DELETE ON session_attendance WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_attendance rows are never changed by DELETE'); END;
CREATE TRIGGER keep_session_attendance_update BEFORE UPDATE ON session_attendance WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_attendance rows are never changed by UPDATE'); END;
CREATE TABLE session_sheet (
	session_id BLOB NOT NULL, 
	people TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_session_sheet_session_id FOREIGN KEY(session_id) REFERENCES class_session (id), 
	CONSTRAINT pk_session_sheet PRIMARY KEY (id)
);
CREATE INDEX ix_session_sheet_session_id ON session_sheet (session_id);
CREATE TRIGGER keep_session_sheet_delete BEFORE DELETE ON session_sheet WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_sheet rows are never changed by DELETE'); END;
CREATE TRIGGER keep_session_sheet_update BEFORE UPDATE ON session_sheet WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_sheet rows are never changed by UPDATE'); END;
CREATE TABLE session_paper (
	session_id BLOB NOT NULL, 
	page INTEGER, 
	sha256 VARCHAR(64) NOT NULL, 
	name VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_session_paper_session_id FOREIGN KEY(session_id) REFERENCES class_session (id), 
	CONSTRAINT pk_session_paper PRIMARY KEY (id)
);
CREATE INDEX ix_session_paper_session_id ON session_paper (session_id);
CREATE TRIGGER keep_session_paper_delete BEFORE DELETE ON session_paper WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_paper rows are never changed by DELETE'); END;
CREATE TRIGGER keep_session_paper_update BEFORE UPDATE ON session_paper WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_paper rows are never changed by UPDATE'); END;
CREATE TABLE session_pace (
	session_id BLOB NOT NULL, 
	lesson_id BLOB NOT NULL, 
	from_at BIGINT NOT NULL, 
	to_at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_session_pace_lesson_id FOREIGN KEY(lesson_id) REFERENCES lesson (id), 
	CONSTRAINT fk_session_pace_session_id FOREIGN KEY(session_id) REFERENCES class_session (id), 
	CONSTRAINT pk_session_pace PRIMARY KEY (id)
);
CREATE INDEX ix_session_pace_session_id ON session_pace (session_id);
CREATE TRIGGER keep_session_pace_delete BEFORE DELETE ON session_pace WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_pace rows are never changed by DELETE'); END;
CREATE TRIGGER keep_session_pace_update BEFORE UPDATE ON session_pace WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_pace rows are never changed by UPDATE'); END;
CREATE TABLE session_tally (
	session_id BLOB NOT NULL, 
	question VARCHAR NOT NULL, 
	knew INTEGER NOT NULL, 
	missed INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_session_tally_session_id FOREIGN KEY(session_id) REFERENCES class_session (id), 
	CONSTRAINT pk_session_tally PRIMARY KEY (id)
);
CREATE INDEX ix_session_tally_session_id ON session_tally (session_id);
CREATE TRIGGER keep_session_tally_delete BEFORE DELETE ON session_tally WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_tally rows are never changed by DELETE'); END;
CREATE TRIGGER keep_session_tally_update BEFORE UPDATE ON session_tally WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_tally rows are never changed by UPDATE'); END;
CREATE TABLE session_signing (
	session_id BLOB NOT NULL, 
	began_at BIGINT NOT NULL, 
	ended_at BIGINT NOT NULL, 
	people TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_session_signing_session_id FOREIGN KEY(session_id) REFERENCES class_session (id), 
	CONSTRAINT pk_session_signing PRIMARY KEY (id)
);
CREATE INDEX ix_session_signing_session_id ON session_signing (session_id);
CREATE TRIGGER keep_session_signing_delete BEFORE DELETE ON session_signing WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_signing rows are never changed by DELETE'); END;
CREATE TRIGGER keep_session_signing_update BEFORE UPDATE ON session_signing WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_signing rows are never changed by UPDATE'); END;
CREATE TABLE session_verdict (
	signing_id BLOB NOT NULL, 
	person_id BLOB NOT NULL, 
	requirement_id BLOB NOT NULL, 
	is_accepted BOOLEAN NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_session_verdict_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_session_verdict_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT fk_session_verdict_signing_id FOREIGN KEY(signing_id) REFERENCES session_signing (id), 
	CONSTRAINT pk_session_verdict PRIMARY KEY (id)
);
CREATE INDEX ix_session_verdict_person_id ON session_verdict (person_id);
CREATE INDEX ix_session_verdict_signing_id ON session_verdict (signing_id);
CREATE TRIGGER keep_session_verdict_delete BEFORE DELETE ON session_verdict WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_verdict rows are never changed by DELETE'); END;
CREATE TRIGGER keep_session_verdict_update BEFORE UPDATE ON session_verdict WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_verdict rows are never changed by UPDATE'); END;
CREATE TABLE drill (
	session_id BLOB NOT NULL, 
	drill VARCHAR NOT NULL, 
	shift VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_drill_session_id FOREIGN KEY(session_id) REFERENCES class_session (id), 
	CONSTRAINT pk_drill PRIMARY KEY (id), 
	CONSTRAINT uq_drill_session_id UNIQUE (session_id)
);
CREATE TRIGGER keep_drill_delete BEFORE DELETE ON drill WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'drill rows are never changed by DELETE'); END;
CREATE TABLE drill_event (
	session_id BLOB NOT NULL, 
	event VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	expected INTEGER, 
	counted INTEGER, 
	missing VARCHAR NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, unexpected VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT fk_drill_event_session_id FOREIGN KEY(session_id) REFERENCES class_session (id), 
	CONSTRAINT pk_drill_event PRIMARY KEY (id)
);
CREATE INDEX ix_drill_event_session_id ON drill_event (session_id);
CREATE TRIGGER keep_drill_event_delete BEFORE DELETE ON drill_event WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'drill_event rows are never changed by DELETE'); END;
CREATE TRIGGER keep_drill_event_update BEFORE UPDATE ON drill_event WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'drill_event rows are never changed by UPDATE'); END;
CREATE TABLE drill_observation (
	session_id BLOB NOT NULL, 
	text VARCHAR NOT NULL, 
	sha256 VARCHAR(64), 
	photo VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_drill_observation_session_id FOREIGN KEY(session_id) REFERENCES class_session (id), 
	CONSTRAINT pk_drill_observation PRIMARY KEY (id)
);
CREATE INDEX ix_drill_observation_session_id ON drill_observation (session_id);
CREATE TRIGGER keep_drill_observation_delete BEFORE DELETE ON drill_observation WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'drill_observation rows are never changed by DELETE'); END;
CREATE TRIGGER keep_drill_observation_update BEFORE UPDATE ON drill_observation WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'drill_observation rows are never changed by UPDATE'); END;
CREATE TABLE drill_rule (
	site_id BLOB, 
	drill VARCHAR NOT NULL, 
	from_on VARCHAR(10) NOT NULL, 
	months INTEGER NOT NULL, 
	law VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_drill_rule PRIMARY KEY (id), 
	CONSTRAINT uq_drill_rule_site_id_drill_from_on UNIQUE (site_id, drill, from_on)
);
CREATE TRIGGER keep_drill_rule_delete BEFORE DELETE ON drill_rule WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'drill_rule rows are never changed by DELETE'); END;
CREATE TABLE controlled_document (
	number VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	owner VARCHAR NOT NULL, 
	org_unit_id BLOB, 
	page_seconds INTEGER NOT NULL, 
	least_seconds INTEGER NOT NULL, 
	may_print BOOLEAN NOT NULL, 
	retired_on VARCHAR(10), 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_controlled_document PRIMARY KEY (id)
);
CREATE INDEX ix_controlled_document_number ON controlled_document (number);
CREATE TRIGGER keep_controlled_document_delete BEFORE DELETE ON controlled_document WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'controlled_document rows are never changed by DELETE'); END;
CREATE TABLE document_revision (
	document_id BLOB NOT NULL, 
	label VARCHAR NOT NULL, 
	files TEXT NOT NULL, 
	effective_from VARCHAR(10) NOT NULL, 
	review_due VARCHAR(10), 
	supersedes VARCHAR NOT NULL, 
	summary VARCHAR NOT NULL, 
	change_class VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, impact TEXT, 
	CONSTRAINT fk_document_revision_document_id FOREIGN KEY(document_id) REFERENCES controlled_document (id), 
	CONSTRAINT pk_document_revision PRIMARY KEY (id)
);
CREATE INDEX ix_document_revision_document_id ON document_revision (document_id);
CREATE TRIGGER keep_document_revision_delete BEFORE DELETE ON document_revision WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'document_revision rows are never changed by DELETE'); END;
CREATE TABLE document_requirement (
	requirement_id BLOB NOT NULL, 
	document_id BLOB, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_document_requirement_document_id FOREIGN KEY(document_id) REFERENCES controlled_document (id), 
	CONSTRAINT fk_document_requirement_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_document_requirement PRIMARY KEY (id), 
	CONSTRAINT uq_document_requirement_requirement_id UNIQUE (requirement_id)
);
CREATE INDEX ix_document_requirement_document_id ON document_requirement (document_id);
CREATE TRIGGER keep_document_requirement_delete BEFORE DELETE ON document_requirement WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'document_requirement rows are never changed by DELETE'); END;
CREATE TABLE acknowledgement (
	person_id BLOB NOT NULL, 
	requirement_id BLOB NOT NULL, 
	revision_id BLOB NOT NULL, 
	called VARCHAR NOT NULL, 
	file_sha256 VARCHAR NOT NULL, 
	content_sha256 VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	statement VARCHAR NOT NULL, 
	pages INTEGER NOT NULL, 
	seconds INTEGER NOT NULL, 
	opened_at BIGINT NOT NULL, 
	at BIGINT NOT NULL, 
	is_signed BOOLEAN NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_acknowledgement_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_acknowledgement_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT fk_acknowledgement_revision_id FOREIGN KEY(revision_id) REFERENCES document_revision (id), 
	CONSTRAINT pk_acknowledgement PRIMARY KEY (id)
);
CREATE INDEX ix_acknowledgement_person_id ON acknowledgement (person_id, requirement_id);
CREATE INDEX ix_acknowledgement_revision_id ON acknowledgement (revision_id);
CREATE TRIGGER keep_acknowledgement_delete BEFORE DELETE ON acknowledgement WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'acknowledgement rows are never changed by DELETE'); END;
CREATE TRIGGER keep_acknowledgement_update BEFORE UPDATE ON acknowledgement WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'acknowledgement rows are never changed by UPDATE'); END;
CREATE TABLE document_reading (
	person_id BLOB NOT NULL, 
	revision_id BLOB NOT NULL, 
	language VARCHAR NOT NULL, 
	opened_at BIGINT NOT NULL, 
	pages TEXT NOT NULL, 
	CONSTRAINT pk_document_reading PRIMARY KEY (person_id, revision_id, language)
);
CREATE TABLE approval_step (
	subject_kind VARCHAR NOT NULL, 
	subject_id BLOB NOT NULL, 
	step VARCHAR NOT NULL, 
	answers BLOB, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	authors TEXT NOT NULL, 
	reason VARCHAR NOT NULL, 
	effective_on VARCHAR(10), 
	sha256 VARCHAR(64) NOT NULL, 
	id BLOB NOT NULL, approvers INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_approval_step PRIMARY KEY (id)
);
CREATE INDEX ix_approval_step_answers ON approval_step (answers);
CREATE INDEX ix_approval_step_subject_id_subject_kind ON approval_step (subject_id, subject_kind);
CREATE TRIGGER keep_approval_step_delete BEFORE DELETE ON approval_step WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'approval_step rows are never changed by DELETE'); END;
CREATE TRIGGER keep_approval_step_update BEFORE UPDATE ON approval_step WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'approval_step rows are never changed by UPDATE'); END;
CREATE TABLE approval_rule (
	site_id BLOB NOT NULL, 
	subject_kind VARCHAR NOT NULL, 
	is_asked BOOLEAN NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, approvers INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_approval_rule PRIMARY KEY (id), 
	CONSTRAINT uq_approval_rule_site_id_subject_kind UNIQUE (site_id, subject_kind)
);
CREATE TRIGGER keep_approval_rule_delete BEFORE DELETE ON approval_rule WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'approval_rule rows are never changed by DELETE'); END;
CREATE TABLE course_retirement (
	course_id BLOB NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_course_retirement_course_id FOREIGN KEY(course_id) REFERENCES course (id), 
	CONSTRAINT pk_course_retirement PRIMARY KEY (id)
);
CREATE INDEX ix_course_retirement_course_id ON course_retirement (course_id);
CREATE TRIGGER keep_course_retirement_delete BEFORE DELETE ON course_retirement WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'course_retirement rows are never changed by DELETE'); END;
CREATE TRIGGER keep_course_retirement_update BEFORE UPDATE ON course_retirement WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'course_retirement rows are never changed by UPDATE'); END;
CREATE TABLE bank_state (
	bank_id BLOB NOT NULL, 
	number INTEGER NOT NULL, 
	versions TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_bank_state_bank_id FOREIGN KEY(bank_id) REFERENCES question_bank (id), 
	CONSTRAINT pk_bank_state PRIMARY KEY (id)
);
CREATE INDEX ix_bank_state_bank_id_number ON bank_state (bank_id, number);
CREATE TRIGGER keep_bank_state_delete BEFORE DELETE ON bank_state WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'bank_state rows are never changed by DELETE'); END;
CREATE TRIGGER keep_bank_state_update BEFORE UPDATE ON bank_state WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'bank_state rows are never changed by UPDATE'); END;
CREATE TABLE task (
	site_id BLOB, 
	code VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	org_unit_id BLOB, 
	location VARCHAR NOT NULL, 
	is_dangerous BOOLEAN NOT NULL, 
	allows_supervision BOOLEAN NOT NULL, 
	retired_on VARCHAR(10), 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_task PRIMARY KEY (id), 
	CONSTRAINT uq_task_site_id_code UNIQUE (site_id, code)
);
CREATE INDEX ix_task_code ON task (code);
CREATE TRIGGER keep_task_delete BEFORE DELETE ON task WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'task rows are never changed by DELETE'); END;
CREATE TABLE task_requirement (
	task_id BLOB NOT NULL, 
	requirement_id BLOB NOT NULL, 
	from_on VARCHAR(10) NOT NULL, 
	to_on VARCHAR(10), 
	one_of VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_task_requirement_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT fk_task_requirement_task_id FOREIGN KEY(task_id) REFERENCES task (id), 
	CONSTRAINT pk_task_requirement PRIMARY KEY (id), 
	CONSTRAINT uq_task_requirement_task_id_requirement_id_from_on UNIQUE (task_id, requirement_id, from_on)
);
CREATE INDEX ix_task_requirement_requirement_id ON task_requirement (requirement_id);
CREATE TRIGGER keep_task_requirement_delete BEFORE DELETE ON task_requirement WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'task_requirement rows are never changed by DELETE'); END;
CREATE TABLE young_person (
	person_id BLOB NOT NULL, 
	adult_on VARCHAR(10), 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_young_person_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_young_person PRIMARY KEY (id), 
	CONSTRAINT uq_young_person_person_id UNIQUE (person_id)
);
CREATE TRIGGER keep_young_person_delete BEFORE DELETE ON young_person WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'young_person rows are never changed by DELETE'); END;
CREATE TABLE day_pass (
	person_id BLOB NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	escort_id BLOB, 
	purpose VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, induction VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT fk_day_pass_escort_id FOREIGN KEY(escort_id) REFERENCES person (id), 
	CONSTRAINT fk_day_pass_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_day_pass PRIMARY KEY (id)
);
CREATE INDEX ix_day_pass_day ON day_pass (day);
CREATE INDEX ix_day_pass_person_id_day ON day_pass (person_id, day);
CREATE TRIGGER keep_day_pass_delete BEFORE DELETE ON day_pass WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'day_pass rows are never changed by DELETE'); END;
CREATE TRIGGER keep_day_pass_update BEFORE UPDATE ON day_pass WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'day_pass rows are never changed by UPDATE'); END;
CREATE TABLE task_check (
	task_id BLOB NOT NULL, 
	person_id BLOB NOT NULL, 
	supervisor_id BLOB, 
	verdict VARCHAR NOT NULL, 
	at_gate BOOLEAN NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, supervisor_proved VARCHAR, 
	CONSTRAINT fk_task_check_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_task_check_supervisor_id FOREIGN KEY(supervisor_id) REFERENCES person (id), 
	CONSTRAINT fk_task_check_task_id FOREIGN KEY(task_id) REFERENCES task (id), 
	CONSTRAINT pk_task_check PRIMARY KEY (id)
);
CREATE INDEX ix_task_check_person_id ON task_check (person_id);
CREATE INDEX ix_task_check_task_id ON task_check (task_id);
CREATE TRIGGER keep_task_check_delete BEFORE DELETE ON task_check WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'task_check rows are never changed by DELETE'); END;
CREATE TRIGGER keep_task_check_update BEFORE UPDATE ON task_check WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'task_check rows are never changed by UPDATE'); END;
CREATE TABLE gate_rule (
	site_id BLOB, 
	is_open BOOLEAN NOT NULL, 
	keeps_checks BOOLEAN NOT NULL, 
	soon_days INTEGER NOT NULL, 
	shown_seconds INTEGER NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_gate_rule PRIMARY KEY (id), 
	CONSTRAINT uq_gate_rule_site_id UNIQUE (site_id)
);
CREATE TRIGGER keep_gate_rule_delete BEFORE DELETE ON gate_rule WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'gate_rule rows are never changed by DELETE'); END;
CREATE TABLE reminder_ladder (
	site_id BLOB, 
	from_on VARCHAR(10) NOT NULL, 
	learner_before INTEGER, 
	supervisor_after INTEGER, 
	head_after INTEGER, 
	qa_after INTEGER, 
	head_id BLOB, 
	qa_id BLOB, 
	numbers_only BOOLEAN NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_reminder_ladder_head_id FOREIGN KEY(head_id) REFERENCES person (id), 
	CONSTRAINT fk_reminder_ladder_qa_id FOREIGN KEY(qa_id) REFERENCES person (id), 
	CONSTRAINT pk_reminder_ladder PRIMARY KEY (id), 
	CONSTRAINT uq_reminder_ladder_site_id_from_on UNIQUE (site_id, from_on)
);
CREATE TRIGGER keep_reminder_ladder_delete BEFORE DELETE ON reminder_ladder WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'reminder_ladder rows are never changed by DELETE'); END;
CREATE TABLE mail_plan (
	site_id BLOB, 
	station BLOB, 
	host VARCHAR NOT NULL, 
	port INTEGER NOT NULL, 
	security VARCHAR NOT NULL, 
	login VARCHAR NOT NULL, 
	sender VARCHAR NOT NULL, 
	reminds BOOLEAN NOT NULL, 
	mails_certificates BOOLEAN NOT NULL, 
	certificates_from BIGINT, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_mail_plan PRIMARY KEY (id), 
	CONSTRAINT uq_mail_plan_site_id UNIQUE (site_id)
);
CREATE TRIGGER keep_mail_plan_delete BEFORE DELETE ON mail_plan WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'mail_plan rows are never changed by DELETE'); END;
CREATE TABLE outbox_message (
	id BLOB NOT NULL, 
	"key" VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	person_id BLOB, 
	address VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	attachment VARCHAR NOT NULL, 
	attachment_name VARCHAR NOT NULL, 
	made_at BIGINT NOT NULL, 
	state VARCHAR NOT NULL, 
	tries INTEGER NOT NULL, 
	next_at BIGINT NOT NULL, 
	left_at BIGINT, 
	why VARCHAR NOT NULL, about VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_outbox_message PRIMARY KEY (id), 
	CONSTRAINT uq_outbox_message_key UNIQUE ("key")
);
CREATE INDEX ix_outbox_message_due ON outbox_message (state, next_at);
CREATE INDEX ix_outbox_message_person_id ON outbox_message (person_id);
CREATE TABLE legacy_batch (
	title VARCHAR NOT NULL, 
	file_name VARCHAR NOT NULL, 
	file_sha256 VARCHAR NOT NULL, 
	encoding VARCHAR NOT NULL, 
	mapping TEXT NOT NULL, 
	rows_read INTEGER NOT NULL, 
	rows_taken INTEGER NOT NULL, 
	rows_rejected INTEGER NOT NULL, 
	rejected TEXT NOT NULL, 
	rows_sha256 VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_legacy_batch PRIMARY KEY (id)
);
CREATE INDEX ix_legacy_batch_file_sha256 ON legacy_batch (file_sha256);
CREATE TRIGGER keep_legacy_batch_delete BEFORE DELETE ON legacy_batch WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'legacy_batch rows are never changed by DELETE'); END;
CREATE TRIGGER keep_legacy_batch_update BEFORE UPDATE ON legacy_batch WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'legacy_batch rows are never changed by UPDATE'); END;
CREATE TABLE legacy_record (
	batch_id BLOB NOT NULL, 
	sheet VARCHAR NOT NULL, 
	line INTEGER NOT NULL, 
	person_id BLOB NOT NULL, 
	requirement_id BLOB NOT NULL, 
	trained_on VARCHAR(10) NOT NULL, 
	valid_until VARCHAR(10), 
	score VARCHAR NOT NULL, 
	trainer VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_legacy_record_batch_id FOREIGN KEY(batch_id) REFERENCES legacy_batch (id), 
	CONSTRAINT fk_legacy_record_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_legacy_record_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_legacy_record PRIMARY KEY (id)
);
CREATE INDEX ix_legacy_record_batch_id ON legacy_record (batch_id);
CREATE INDEX ix_legacy_record_person_id_requirement_id ON legacy_record (person_id, requirement_id);
CREATE TRIGGER keep_legacy_record_delete BEFORE DELETE ON legacy_record WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'legacy_record rows are never changed by DELETE'); END;
CREATE TRIGGER keep_legacy_record_update BEFORE UPDATE ON legacy_record WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'legacy_record rows are never changed by UPDATE'); END;
CREATE TABLE legacy_verdict (
	batch_id BLOB NOT NULL, 
	is_accepted BOOLEAN NOT NULL, 
	credits INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_legacy_verdict_batch_id FOREIGN KEY(batch_id) REFERENCES legacy_batch (id), 
	CONSTRAINT pk_legacy_verdict PRIMARY KEY (id)
);
CREATE INDEX ix_legacy_verdict_batch_id ON legacy_verdict (batch_id);
CREATE TRIGGER keep_legacy_verdict_delete BEFORE DELETE ON legacy_verdict WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'legacy_verdict rows are never changed by DELETE'); END;
CREATE TRIGGER keep_legacy_verdict_update BEFORE UPDATE ON legacy_verdict WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'legacy_verdict rows are never changed by UPDATE'); END;
CREATE TABLE evidence_scan (
	batch_id BLOB, 
	record_id BLOB, 
	evidence_id BLOB, 
	sha256 VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	media_type VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_evidence_scan_batch_id FOREIGN KEY(batch_id) REFERENCES legacy_batch (id), 
	CONSTRAINT fk_evidence_scan_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id), 
	CONSTRAINT fk_evidence_scan_record_id FOREIGN KEY(record_id) REFERENCES legacy_record (id), 
	CONSTRAINT pk_evidence_scan PRIMARY KEY (id)
);
CREATE INDEX ix_evidence_scan_batch_id ON evidence_scan (batch_id);
CREATE INDEX ix_evidence_scan_evidence_id ON evidence_scan (evidence_id);
CREATE INDEX ix_evidence_scan_record_id ON evidence_scan (record_id);
CREATE TRIGGER keep_evidence_scan_delete BEFORE DELETE ON evidence_scan WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'evidence_scan rows are never changed by DELETE'); END;
CREATE TRIGGER keep_evidence_scan_update BEFORE UPDATE ON evidence_scan WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'evidence_scan rows are never changed by UPDATE'); END;
CREATE TABLE correction (
	record_kind VARCHAR NOT NULL, 
	record_id BLOB NOT NULL, 
	person_id BLOB NOT NULL, 
	field VARCHAR NOT NULL, 
	old VARCHAR NOT NULL, 
	new VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	is_critical BOOLEAN NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_correction_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_correction PRIMARY KEY (id)
);
CREATE INDEX ix_correction_person_id ON correction (person_id);
CREATE INDEX ix_correction_record ON correction (record_kind, record_id);
CREATE TRIGGER keep_correction_delete BEFORE DELETE ON correction WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'correction rows are never changed by DELETE'); END;
CREATE TRIGGER keep_correction_update BEFORE UPDATE ON correction WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'correction rows are never changed by UPDATE'); END;
CREATE TABLE signing_terms (
	site_id BLOB, 
	from_on VARCHAR(10) NOT NULL, 
	waivers VARCHAR NOT NULL, 
	corrections VARCHAR NOT NULL, 
	evidence VARCHAR NOT NULL, 
	first_requirement_id BLOB, 
	reason VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_signing_terms_first_requirement_id FOREIGN KEY(first_requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_signing_terms PRIMARY KEY (id), 
	CONSTRAINT uq_signing_terms_site_id_from_on UNIQUE (site_id, from_on)
);
CREATE TRIGGER keep_signing_terms_delete BEFORE DELETE ON signing_terms WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'signing_terms rows are never changed by DELETE'); END;
CREATE TABLE "requirement_credit" (
	person_id BLOB NOT NULL, 
	requirement_id BLOB NOT NULL, 
	at BIGINT NOT NULL, 
	valid_until VARCHAR(10), 
	basis VARCHAR NOT NULL, 
	proof_id BLOB NOT NULL, 
	recorded_at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	occasion_id BLOB, 
	CONSTRAINT fk_requirement_credit_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_requirement_credit_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_requirement_credit PRIMARY KEY (id), 
	CONSTRAINT uq_requirement_credit_person_id_requirement_id_occasion_id UNIQUE (person_id, requirement_id, occasion_id)
);
CREATE INDEX ix_requirement_credit_expiry ON requirement_credit (requirement_id, valid_until);
CREATE INDEX ix_requirement_credit_newest ON requirement_credit (person_id, requirement_id, at);
CREATE TRIGGER keep_requirement_credit_delete BEFORE DELETE ON requirement_credit WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'requirement_credit rows are never changed by DELETE'); END;
CREATE TRIGGER keep_requirement_credit_update BEFORE UPDATE ON requirement_credit WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'requirement_credit rows are never changed by UPDATE'); END;
CREATE TABLE "correction_verdict" (
	correction_id BLOB NOT NULL, 
	is_accepted BOOLEAN NOT NULL, 
	replaces_id BLOB, 
	credit_id BLOB, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_correction_verdict_correction_id FOREIGN KEY(correction_id) REFERENCES correction (id), 
	CONSTRAINT fk_correction_verdict_credit_id FOREIGN KEY(credit_id) REFERENCES requirement_credit (id), 
	CONSTRAINT fk_correction_verdict_replaces_id FOREIGN KEY(replaces_id) REFERENCES requirement_credit (id), 
	CONSTRAINT pk_correction_verdict PRIMARY KEY (id), 
	CONSTRAINT uq_correction_verdict_correction_id UNIQUE (correction_id)
);
CREATE INDEX ix_correction_verdict_credit_id ON correction_verdict (credit_id);
CREATE INDEX ix_correction_verdict_replaces_id ON correction_verdict (replaces_id);
CREATE TRIGGER keep_correction_verdict_delete BEFORE DELETE ON correction_verdict WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'correction_verdict rows are never changed by DELETE'); END;
CREATE TRIGGER keep_correction_verdict_update BEFORE UPDATE ON correction_verdict WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'correction_verdict rows are never changed by UPDATE'); END;
CREATE TABLE session_wait (
	signing_id BLOB NOT NULL, 
	person_id BLOB NOT NULL, 
	requirement_id BLOB NOT NULL, 
	for_quiz BOOLEAN NOT NULL, 
	for_second BOOLEAN NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_session_wait_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_session_wait_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT fk_session_wait_signing_id FOREIGN KEY(signing_id) REFERENCES session_signing (id), 
	CONSTRAINT pk_session_wait PRIMARY KEY (id)
);
CREATE INDEX ix_session_wait_pair ON session_wait (person_id, requirement_id);
CREATE INDEX ix_session_wait_signing_id ON session_wait (signing_id);
CREATE TRIGGER keep_session_wait_delete BEFORE DELETE ON session_wait WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_wait rows are never changed by DELETE'); END;
CREATE TRIGGER keep_session_wait_update BEFORE UPDATE ON session_wait WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_wait rows are never changed by UPDATE'); END;
CREATE TABLE "impact_assessment" (
	subject VARCHAR NOT NULL, 
	subject_id BLOB NOT NULL, 
	called VARCHAR NOT NULL, 
	ask VARCHAR NOT NULL, 
	requirements TEXT NOT NULL, 
	job_roles TEXT NOT NULL, 
	org_units TEXT NOT NULL, 
	due_on VARCHAR(10), 
	reason VARCHAR NOT NULL, 
	people INTEGER NOT NULL, 
	held INTEGER NOT NULL, 
	asked INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	site_id BLOB, 
	planned_for BLOB, 
	CONSTRAINT pk_impact_assessment PRIMARY KEY (id), 
	CONSTRAINT uq_impact_assessment_site_id_planned_for UNIQUE (site_id, planned_for)
);
CREATE INDEX ix_impact_assessment_subject_id ON impact_assessment (subject_id);
CREATE TRIGGER keep_impact_assessment_delete BEFORE DELETE ON impact_assessment WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'impact_assessment rows are never changed by DELETE'); END;
CREATE TRIGGER keep_impact_assessment_update BEFORE UPDATE ON impact_assessment WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'impact_assessment rows are never changed by UPDATE'); END;
CREATE TABLE lying_file (
	name VARCHAR NOT NULL, 
	station BLOB NOT NULL, 
	readers TEXT NOT NULL, 
	brings BLOB NOT NULL, 
	files BLOB NOT NULL, 
	since BIGINT NOT NULL, 
	CONSTRAINT pk_lying_file PRIMARY KEY (name)
);
CREATE TABLE laid_file (
	id BLOB NOT NULL, 
	station BLOB NOT NULL, 
	account_id BLOB, 
	laid_at BIGINT NOT NULL, 
	gone_at BIGINT, 
	readers TEXT NOT NULL, 
	files INTEGER, 
	entries INTEGER, 
	size BIGINT NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	laid_in VARCHAR NOT NULL, 
	CONSTRAINT pk_laid_file PRIMARY KEY (id)
);
CREATE INDEX ix_laid_file_laid_at ON laid_file (laid_at);
CREATE INDEX ix_laid_file_station_gone_at ON laid_file (station, gone_at);
CREATE TABLE sent_end (
	station BLOB NOT NULL, 
	incarnation BLOB NOT NULL, 
	scope VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	head BLOB NOT NULL, 
	file_id BLOB NOT NULL, 
	CONSTRAINT pk_sent_end PRIMARY KEY (station, incarnation, scope, seq, head, file_id)
);
CREATE TABLE person_photo (
	person_id BLOB NOT NULL, 
	photo BLOB NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_person_photo_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_person_photo PRIMARY KEY (id)
);
CREATE INDEX ix_person_photo_person_id ON person_photo (person_id);
CREATE TRIGGER keep_person_photo_delete BEFORE DELETE ON person_photo WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'person_photo rows are never changed by DELETE'); END;
CREATE TRIGGER keep_person_photo_update BEFORE UPDATE ON person_photo WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'person_photo rows are never changed by UPDATE'); END;
CREATE TABLE document_opening (
	person_id BLOB NOT NULL, 
	requirement_id BLOB NOT NULL, 
	revision_id BLOB NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_document_opening_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_document_opening_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT fk_document_opening_revision_id FOREIGN KEY(revision_id) REFERENCES document_revision (id), 
	CONSTRAINT pk_document_opening PRIMARY KEY (id)
);
CREATE INDEX ix_document_opening_person_id ON document_opening (person_id, requirement_id);
CREATE TRIGGER keep_document_opening_delete BEFORE DELETE ON document_opening WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'document_opening rows are never changed by DELETE'); END;
CREATE TRIGGER keep_document_opening_update BEFORE UPDATE ON document_opening WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'document_opening rows are never changed by UPDATE'); END;
CREATE TABLE qualification (
	station BLOB NOT NULL, 
	pc VARCHAR NOT NULL, 
	version VARCHAR NOT NULL, 
	parts TEXT NOT NULL, 
	steps TEXT NOT NULL, 
	failed INTEGER NOT NULL, 
	is_signed BOOLEAN NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_qualification PRIMARY KEY (id)
);
CREATE TRIGGER keep_qualification_delete BEFORE DELETE ON qualification WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'qualification rows are never changed by DELETE'); END;
CREATE TRIGGER keep_qualification_update BEFORE UPDATE ON qualification WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'qualification rows are never changed by UPDATE'); END;
CREATE TABLE password_rule (
	site_id BLOB, 
	days INTEGER NOT NULL, 
	remembered INTEGER NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_password_rule PRIMARY KEY (id), 
	CONSTRAINT uq_password_rule_site_id UNIQUE (site_id)
);
CREATE TRIGGER keep_password_rule_delete BEFORE DELETE ON password_rule WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'password_rule rows are never changed by DELETE'); END;
CREATE TABLE oversight_rule (
	site_id BLOB, 
	from_on VARCHAR(10) NOT NULL, 
	review_days INTEGER NOT NULL, 
	reader_days INTEGER NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_oversight_rule PRIMARY KEY (id), 
	CONSTRAINT uq_oversight_rule_site_id_from_on UNIQUE (site_id, from_on)
);
CREATE TRIGGER keep_oversight_rule_delete BEFORE DELETE ON oversight_rule WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'oversight_rule rows are never changed by DELETE'); END;
CREATE TABLE audit_review (
	site_id BLOB, 
	first_on VARCHAR(10) NOT NULL, 
	last_on VARCHAR(10) NOT NULL, 
	entries INTEGER NOT NULL, 
	looked_at TEXT NOT NULL, 
	findings TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_audit_review PRIMARY KEY (id)
);
CREATE TRIGGER keep_audit_review_delete BEFORE DELETE ON audit_review WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'audit_review rows are never changed by DELETE'); END;
CREATE TRIGGER keep_audit_review_update BEFORE UPDATE ON audit_review WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'audit_review rows are never changed by UPDATE'); END;
CREATE TABLE incident (
	site_id BLOB, 
	title VARCHAR NOT NULL, 
	what TEXT NOT NULL, 
	severity VARCHAR NOT NULL, 
	happened_at BIGINT NOT NULL, 
	entries TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_incident PRIMARY KEY (id)
);
CREATE TRIGGER keep_incident_delete BEFORE DELETE ON incident WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'incident rows are never changed by DELETE'); END;
CREATE TRIGGER keep_incident_update BEFORE UPDATE ON incident WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'incident rows are never changed by UPDATE'); END;
CREATE TABLE incident_step (
	incident_id BLOB NOT NULL, 
	closes BOOLEAN NOT NULL, 
	cause TEXT NOT NULL, 
	done TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_incident_step_incident_id FOREIGN KEY(incident_id) REFERENCES incident (id), 
	CONSTRAINT pk_incident_step PRIMARY KEY (id)
);
CREATE INDEX ix_incident_step_incident_id ON incident_step (incident_id);
CREATE TRIGGER keep_incident_step_delete BEFORE DELETE ON incident_step WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'incident_step rows are never changed by DELETE'); END;
CREATE TRIGGER keep_incident_step_update BEFORE UPDATE ON incident_step WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'incident_step rows are never changed by UPDATE'); END;
CREATE TABLE reader_test (
	station BLOB NOT NULL, 
	pc VARCHAR NOT NULL, 
	reader VARCHAR NOT NULL, 
	is_right BOOLEAN NOT NULL, 
	remark VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_reader_test PRIMARY KEY (id)
);
CREATE INDEX ix_reader_test_station ON reader_test (station);
CREATE TRIGGER keep_reader_test_delete BEFORE DELETE ON reader_test WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'reader_test rows are never changed by DELETE'); END;
CREATE TRIGGER keep_reader_test_update BEFORE UPDATE ON reader_test WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'reader_test rows are never changed by UPDATE'); END;
CREATE TABLE training_request (
	person_id BLOB NOT NULL, 
	requirement_id BLOB, 
	words TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_training_request_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_training_request_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_training_request PRIMARY KEY (id)
);
CREATE INDEX ix_training_request_person_id ON training_request (person_id);
CREATE TRIGGER keep_training_request_delete BEFORE DELETE ON training_request WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'training_request rows are never changed by DELETE'); END;
CREATE TRIGGER keep_training_request_update BEFORE UPDATE ON training_request WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'training_request rows are never changed by UPDATE'); END;
CREATE TABLE training_reply (
	request_id BLOB NOT NULL, 
	is_granted BOOLEAN NOT NULL, 
	planned_on VARCHAR(10), 
	words TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_training_reply_request_id FOREIGN KEY(request_id) REFERENCES training_request (id), 
	CONSTRAINT pk_training_reply PRIMARY KEY (id)
);
CREATE INDEX ix_training_reply_request_id ON training_reply (request_id);
CREATE TRIGGER keep_training_reply_delete BEFORE DELETE ON training_reply WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'training_reply rows are never changed by DELETE'); END;
CREATE TRIGGER keep_training_reply_update BEFORE UPDATE ON training_reply WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'training_reply rows are never changed by UPDATE'); END;
CREATE TABLE agency_letter (
	company VARCHAR NOT NULL, 
	signatory VARCHAR NOT NULL, 
	sent_on VARCHAR(10) NOT NULL, 
	how VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_agency_letter PRIMARY KEY (id)
);
CREATE TRIGGER keep_agency_letter_delete BEFORE DELETE ON agency_letter WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'agency_letter rows are never changed by DELETE'); END;
CREATE TRIGGER keep_agency_letter_update BEFORE UPDATE ON agency_letter WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'agency_letter rows are never changed by UPDATE'); END;
CREATE TABLE committee (
	site_id BLOB, 
	title VARCHAR NOT NULL, 
	asks TEXT NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, kind VARCHAR DEFAULT 'internal' NOT NULL, least INTEGER DEFAULT '0' NOT NULL, least_per_shift INTEGER DEFAULT '0' NOT NULL, counts_trained BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_committee PRIMARY KEY (id)
);
CREATE TRIGGER keep_committee_delete BEFORE DELETE ON committee WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'committee rows are never changed by DELETE'); END;
CREATE TABLE committee_seat (
	committee_id BLOB NOT NULL, 
	person_id BLOB, 
	name VARCHAR NOT NULL, 
	contact VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	from_on VARCHAR(10) NOT NULL, 
	to_on VARCHAR(10), 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_committee_seat_committee_id FOREIGN KEY(committee_id) REFERENCES committee (id), 
	CONSTRAINT fk_committee_seat_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_committee_seat PRIMARY KEY (id)
);
CREATE INDEX ix_committee_seat_committee_id ON committee_seat (committee_id);
CREATE INDEX ix_committee_seat_person_id ON committee_seat (person_id);
CREATE TRIGGER keep_committee_seat_delete BEFORE DELETE ON committee_seat WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'committee_seat rows are never changed by DELETE'); END;
CREATE TABLE committee_notice (
	committee_id BLOB NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_committee_notice_committee_id FOREIGN KEY(committee_id) REFERENCES committee (id), 
	CONSTRAINT pk_committee_notice PRIMARY KEY (id)
);
CREATE INDEX ix_committee_notice_committee_id ON committee_notice (committee_id);
CREATE TRIGGER keep_committee_notice_delete BEFORE DELETE ON committee_notice WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'committee_notice rows are never changed by DELETE'); END;
CREATE TRIGGER keep_committee_notice_update BEFORE UPDATE ON committee_notice WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'committee_notice rows are never changed by UPDATE'); END;
CREATE TABLE effectiveness_rule (
	requirement_id BLOB NOT NULL, 
	from_on VARCHAR(10) NOT NULL, 
	checked_after INTEGER NOT NULL, 
	questions TEXT NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_effectiveness_rule_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_effectiveness_rule PRIMARY KEY (id), 
	CONSTRAINT uq_effectiveness_rule_requirement_id_from_on UNIQUE (requirement_id, from_on)
);
CREATE TRIGGER keep_effectiveness_rule_delete BEFORE DELETE ON effectiveness_rule WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'effectiveness_rule rows are never changed by DELETE'); END;
CREATE TABLE effectiveness_check (
	person_id BLOB NOT NULL, 
	requirement_id BLOB NOT NULL, 
	proof_id BLOB NOT NULL, 
	trained_at BIGINT NOT NULL, 
	findings TEXT NOT NULL, 
	is_observed BOOLEAN NOT NULL, 
	is_effective BOOLEAN NOT NULL, 
	remark TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_effectiveness_check_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_effectiveness_check_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_effectiveness_check PRIMARY KEY (id)
);
CREATE INDEX ix_effectiveness_check_person_id ON effectiveness_check (person_id);
CREATE INDEX ix_effectiveness_check_proof_id ON effectiveness_check (proof_id);
CREATE TRIGGER keep_effectiveness_check_delete BEFORE DELETE ON effectiveness_check WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'effectiveness_check rows are never changed by DELETE'); END;
CREATE TRIGGER keep_effectiveness_check_update BEFORE UPDATE ON effectiveness_check WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'effectiveness_check rows are never changed by UPDATE'); END;
CREATE TABLE plan_line (
	site_id BLOB, 
	requirement_id BLOB NOT NULL, 
	month VARCHAR(10) NOT NULL, 
	people INTEGER NOT NULL, 
	note VARCHAR NOT NULL, 
	removed BOOLEAN NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_plan_line_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_plan_line PRIMARY KEY (id), 
	CONSTRAINT uq_plan_line_site_id_requirement_id_month UNIQUE (site_id, requirement_id, month)
);
CREATE TRIGGER keep_plan_line_delete BEFORE DELETE ON plan_line WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'plan_line rows are never changed by DELETE'); END;
CREATE TABLE plan_signing (
	site_id BLOB, 
	year INTEGER NOT NULL, 
	lines INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_plan_signing PRIMARY KEY (id)
);
CREATE TRIGGER keep_plan_signing_delete BEFORE DELETE ON plan_signing WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'plan_signing rows are never changed by DELETE'); END;
CREATE TRIGGER keep_plan_signing_update BEFORE UPDATE ON plan_signing WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'plan_signing rows are never changed by UPDATE'); END;
CREATE TABLE practical_paper (
	person_id BLOB NOT NULL, 
	requirement_id BLOB NOT NULL, 
	version_id BLOB NOT NULL, 
	run INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	name VARCHAR NOT NULL, 
	media_type VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_practical_paper_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_practical_paper_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT fk_practical_paper_version_id FOREIGN KEY(version_id) REFERENCES practical_version (id), 
	CONSTRAINT pk_practical_paper PRIMARY KEY (id)
);
CREATE INDEX ix_practical_paper_pair ON practical_paper (person_id, requirement_id);
CREATE TRIGGER keep_practical_paper_delete BEFORE DELETE ON practical_paper WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_paper rows are never changed by DELETE'); END;
CREATE TRIGGER keep_practical_paper_update BEFORE UPDATE ON practical_paper WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'practical_paper rows are never changed by UPDATE'); END;
CREATE TABLE peer_way (
	peer VARCHAR NOT NULL, 
	is_one_way BOOLEAN NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_peer_way PRIMARY KEY (id)
);
CREATE TRIGGER keep_peer_way_delete BEFORE DELETE ON peer_way WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'peer_way rows are never changed by DELETE'); END;
CREATE TRIGGER keep_peer_way_update BEFORE UPDATE ON peer_way WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'peer_way rows are never changed by UPDATE'); END;
CREATE TABLE export_terms (
	site_id BLOB NOT NULL, 
	from_on VARCHAR(10) NOT NULL, 
	two_persons BOOLEAN NOT NULL, 
	reason VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_export_terms PRIMARY KEY (id), 
	CONSTRAINT uq_export_terms_site_id_from_on UNIQUE (site_id, from_on)
);
CREATE TRIGGER keep_export_terms_delete BEFORE DELETE ON export_terms WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'export_terms rows are never changed by DELETE'); END;
CREATE TABLE export_release (
	bundle_id BLOB NOT NULL, 
	destination VARCHAR NOT NULL, 
	recipients TEXT NOT NULL, 
	ranges TEXT NOT NULL, 
	entries INTEGER NOT NULL, 
	people INTEGER NOT NULL, 
	files INTEGER NOT NULL, 
	prepared_by BLOB NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_export_release PRIMARY KEY (id)
);
CREATE INDEX ix_export_release_bundle_id ON export_release (bundle_id);
CREATE TRIGGER keep_export_release_delete BEFORE DELETE ON export_release WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'export_release rows are never changed by DELETE'); END;
CREATE TRIGGER keep_export_release_update BEFORE UPDATE ON export_release WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'export_release rows are never changed by UPDATE'); END;
CREATE TABLE file_inspection (
	bundle_id BLOB NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	inspector VARCHAR NOT NULL, 
	inspected_at BIGINT NOT NULL, 
	result VARCHAR NOT NULL, 
	scanner VARCHAR NOT NULL, 
	exit_code INTEGER, 
	said VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_file_inspection PRIMARY KEY (id)
);
CREATE INDEX ix_file_inspection_bundle_id ON file_inspection (bundle_id);
CREATE INDEX ix_file_inspection_sha256 ON file_inspection (sha256);
CREATE TRIGGER keep_file_inspection_delete BEFORE DELETE ON file_inspection WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'file_inspection rows are never changed by DELETE'); END;
CREATE TRIGGER keep_file_inspection_update BEFORE UPDATE ON file_inspection WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'file_inspection rows are never changed by UPDATE'); END;
CREATE TABLE field_owner (
	site_id BLOB NOT NULL, 
	field VARCHAR NOT NULL, 
	owner VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_field_owner PRIMARY KEY (id), 
	CONSTRAINT uq_field_owner_site_id_field UNIQUE (site_id, field)
);
CREATE TRIGGER keep_field_owner_delete BEFORE DELETE ON field_owner WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'field_owner rows are never changed by DELETE'); END;
CREATE TABLE program_event (
	station BLOB NOT NULL, 
	event VARCHAR NOT NULL, 
	version VARCHAR NOT NULL, 
	former VARCHAR NOT NULL, 
	digest BLOB NOT NULL, 
	what VARCHAR NOT NULL, 
	is_by_hand BOOLEAN NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_program_event PRIMARY KEY (id)
);
CREATE TRIGGER keep_program_event_delete BEFORE DELETE ON program_event WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'program_event rows are never changed by DELETE'); END;
CREATE TRIGGER keep_program_event_update BEFORE UPDATE ON program_event WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'program_event rows are never changed by UPDATE'); END;
CREATE TABLE unit_figures (
	org_unit_id BLOB NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	required INTEGER NOT NULL, 
	held INTEGER NOT NULL, 
	expiring INTEGER NOT NULL, 
	overdue INTEGER NOT NULL, 
	learners INTEGER NOT NULL, 
	open INTEGER NOT NULL, 
	late INTEGER NOT NULL, 
	CONSTRAINT pk_unit_figures PRIMARY KEY (org_unit_id, day)
)
 WITHOUT ROWID;
CREATE TABLE "certificate" (
	site_name VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	year INTEGER NOT NULL, 
	serial INTEGER NOT NULL, 
	token VARCHAR NOT NULL, 
	search_text VARCHAR NOT NULL, 
	issued_at BIGINT NOT NULL, 
	site_id BLOB NOT NULL, 
	completion_id BLOB, 
	person_id BLOB NOT NULL, 
	course_id BLOB, 
	template VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	printed_name VARCHAR NOT NULL, 
	printed_number VARCHAR NOT NULL, 
	printed_title VARCHAR NOT NULL, 
	version INTEGER, 
	score VARCHAR, 
	completed_on VARCHAR(10) NOT NULL, 
	valid_until VARCHAR(10), 
	id BLOB NOT NULL, 
	credit_id BLOB, 
	basis VARCHAR DEFAULT 'course' NOT NULL, 
	turn INTEGER, 
	CONSTRAINT fk_certificate_completion_id FOREIGN KEY(completion_id) REFERENCES course_completion (id), 
	CONSTRAINT fk_certificate_course_id FOREIGN KEY(course_id) REFERENCES course (id), 
	CONSTRAINT fk_certificate_credit_id FOREIGN KEY(credit_id) REFERENCES requirement_credit (id), 
	CONSTRAINT fk_certificate_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_certificate PRIMARY KEY (id), 
	CONSTRAINT uq_certificate_completion_id UNIQUE (completion_id), 
	CONSTRAINT uq_certificate_credit_id_turn UNIQUE (credit_id, turn)
);
CREATE INDEX ix_certificate_course_id ON certificate (course_id);
CREATE INDEX ix_certificate_number ON certificate (number);
CREATE INDEX ix_certificate_person_id ON certificate (person_id);
CREATE INDEX ix_certificate_valid_until ON certificate (valid_until);
CREATE INDEX ix_certificate_year_serial_site_id ON certificate (year, serial, site_id);
CREATE TRIGGER keep_certificate_delete BEFORE DELETE ON certificate WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'certificate rows are never changed by DELETE'); END;
CREATE TRIGGER keep_certificate_update BEFORE UPDATE ON certificate WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'certificate rows are never changed by UPDATE'); END;
CREATE TABLE "certificate_due" (
	since BIGINT NOT NULL, 
	site_id BLOB NOT NULL, 
	completion_id BLOB, 
	person_id BLOB NOT NULL, 
	course_id BLOB, 
	template VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	printed_name VARCHAR NOT NULL, 
	printed_number VARCHAR NOT NULL, 
	printed_title VARCHAR NOT NULL, 
	version INTEGER, 
	score VARCHAR, 
	completed_on VARCHAR(10) NOT NULL, 
	valid_until VARCHAR(10), 
	id BLOB NOT NULL, 
	credit_id BLOB, 
	basis VARCHAR DEFAULT 'course' NOT NULL, 
	turn INTEGER, 
	CONSTRAINT fk_certificate_due_completion_id FOREIGN KEY(completion_id) REFERENCES course_completion (id), 
	CONSTRAINT fk_certificate_due_course_id FOREIGN KEY(course_id) REFERENCES course (id), 
	CONSTRAINT fk_certificate_due_credit_id FOREIGN KEY(credit_id) REFERENCES requirement_credit (id), 
	CONSTRAINT fk_certificate_due_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_certificate_due PRIMARY KEY (id), 
	CONSTRAINT uq_certificate_due_completion_id UNIQUE (completion_id), 
	CONSTRAINT uq_certificate_due_credit_id_turn UNIQUE (credit_id, turn)
);
CREATE INDEX ix_certificate_due_course_id ON certificate_due (course_id);
CREATE INDEX ix_certificate_due_person_id ON certificate_due (person_id);
CREATE TRIGGER keep_certificate_due_delete BEFORE DELETE ON certificate_due WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'certificate_due rows are never changed by DELETE'); END;
CREATE TRIGGER keep_certificate_due_update BEFORE UPDATE ON certificate_due WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'certificate_due rows are never changed by UPDATE'); END;
CREATE TABLE person_job_role (
	person_id BLOB NOT NULL, 
	job_role_id BLOB NOT NULL, 
	from_on VARCHAR(10) NOT NULL, 
	to_on VARCHAR(10), 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_person_job_role_job_role_id FOREIGN KEY(job_role_id) REFERENCES job_role (id), 
	CONSTRAINT fk_person_job_role_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_person_job_role PRIMARY KEY (id)
);
CREATE INDEX ix_person_job_role_job_role_id ON person_job_role (job_role_id);
CREATE INDEX ix_person_job_role_person_id ON person_job_role (person_id);
CREATE TRIGGER keep_person_job_role_delete BEFORE DELETE ON person_job_role WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'person_job_role rows are never changed by DELETE'); END;
CREATE TABLE row_left_out (
	table_name VARCHAR NOT NULL, 
	row_id BLOB NOT NULL, 
	known BLOB NOT NULL, 
	CONSTRAINT pk_row_left_out PRIMARY KEY (table_name, row_id)
)
 WITHOUT ROWID;
CREATE TABLE question_rescore (
	question_id BLOB NOT NULL, 
	versions TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_question_rescore_question_id FOREIGN KEY(question_id) REFERENCES question (id), 
	CONSTRAINT pk_question_rescore PRIMARY KEY (id)
);
CREATE INDEX ix_question_rescore_question_id ON question_rescore (question_id);
CREATE TRIGGER keep_question_rescore_delete BEFORE DELETE ON question_rescore WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'question_rescore rows are never changed by DELETE'); END;
CREATE TRIGGER keep_question_rescore_update BEFORE UPDATE ON question_rescore WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'question_rescore rows are never changed by UPDATE'); END;
CREATE TABLE attempt_anew (
	attempt_id BLOB NOT NULL, 
	score VARCHAR NOT NULL, 
	score_hundredths INTEGER NOT NULL, 
	passed BOOLEAN NOT NULL, 
	report TEXT NOT NULL, 
	decisions TEXT NOT NULL, 
	CONSTRAINT pk_attempt_anew PRIMARY KEY (attempt_id)
);
CREATE TABLE catalogue_offer (
	site_id BLOB, 
	requirement_id BLOB NOT NULL, 
	offering VARCHAR NOT NULL, 
	audience_id BLOB, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_catalogue_offer_audience_id FOREIGN KEY(audience_id) REFERENCES audience (id), 
	CONSTRAINT fk_catalogue_offer_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT pk_catalogue_offer PRIMARY KEY (id), 
	CONSTRAINT uq_catalogue_offer_site_id_requirement_id UNIQUE (site_id, requirement_id)
);
CREATE INDEX ix_catalogue_offer_requirement_id ON catalogue_offer (requirement_id);
CREATE TRIGGER keep_catalogue_offer_delete BEFORE DELETE ON catalogue_offer WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'catalogue_offer rows are never changed by DELETE'); END;
CREATE TABLE person_paper (
	person_id BLOB NOT NULL, 
	kind VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	file_name VARCHAR NOT NULL, 
	dated_on VARCHAR(10), 
	content BLOB NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_person_paper_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_person_paper PRIMARY KEY (id)
);
CREATE INDEX ix_person_paper_person_id ON person_paper (person_id);
CREATE TRIGGER keep_person_paper_delete BEFORE DELETE ON person_paper WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'person_paper rows are never changed by DELETE'); END;
CREATE TRIGGER keep_person_paper_update BEFORE UPDATE ON person_paper WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'person_paper rows are never changed by UPDATE'); END;
CREATE TABLE job_description (
	job_role_id BLOB NOT NULL, 
	document_id BLOB, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_job_description_document_id FOREIGN KEY(document_id) REFERENCES controlled_document (id), 
	CONSTRAINT fk_job_description_job_role_id FOREIGN KEY(job_role_id) REFERENCES job_role (id), 
	CONSTRAINT pk_job_description PRIMARY KEY (id)
);
CREATE INDEX ix_job_description_job_role_id ON job_description (job_role_id);
CREATE TRIGGER keep_job_description_delete BEFORE DELETE ON job_description WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'job_description rows are never changed by DELETE'); END;
CREATE TRIGGER keep_job_description_update BEFORE UPDATE ON job_description WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'job_description rows are never changed by UPDATE'); END;
CREATE TABLE reading_witness (
	acknowledgement_id BLOB NOT NULL, 
	witness_id BLOB NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_reading_witness_acknowledgement_id FOREIGN KEY(acknowledgement_id) REFERENCES acknowledgement (id), 
	CONSTRAINT fk_reading_witness_witness_id FOREIGN KEY(witness_id) REFERENCES person (id), 
	CONSTRAINT pk_reading_witness PRIMARY KEY (id)
);
CREATE INDEX ix_reading_witness_acknowledgement_id ON reading_witness (acknowledgement_id);
CREATE TRIGGER keep_reading_witness_delete BEFORE DELETE ON reading_witness WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'reading_witness rows are never changed by DELETE'); END;
CREATE TRIGGER keep_reading_witness_update BEFORE UPDATE ON reading_witness WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'reading_witness rows are never changed by UPDATE'); END;
CREATE TABLE shift (
	site_id BLOB, 
	word VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	anchor_on VARCHAR(10) NOT NULL, 
	pattern VARCHAR NOT NULL, 
	works_on_holidays BOOLEAN NOT NULL, 
	closed_on VARCHAR(10), 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_shift PRIMARY KEY (id), 
	CONSTRAINT uq_shift_site_id_word UNIQUE (site_id, word)
);
CREATE TRIGGER keep_shift_delete BEFORE DELETE ON shift WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'shift rows are never changed by DELETE'); END;
CREATE TABLE holiday (
	site_id BLOB, 
	falls_on VARCHAR(10) NOT NULL, 
	name VARCHAR NOT NULL, 
	ended_at BIGINT, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_holiday PRIMARY KEY (id), 
	CONSTRAINT uq_holiday_site_id_falls_on UNIQUE (site_id, falls_on)
);
CREATE TRIGGER keep_holiday_delete BEFORE DELETE ON holiday WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'holiday rows are never changed by DELETE'); END;
CREATE TABLE delegation (
	account_id BLOB NOT NULL, 
	giver_id BLOB NOT NULL, 
	org_unit_id BLOB, 
	from_on VARCHAR(10) NOT NULL, 
	until_on VARCHAR(10) NOT NULL, 
	ended_at BIGINT, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_delegation_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_delegation_giver_id FOREIGN KEY(giver_id) REFERENCES account (id), 
	CONSTRAINT fk_delegation_org_unit_id FOREIGN KEY(org_unit_id) REFERENCES org_unit (id), 
	CONSTRAINT pk_delegation PRIMARY KEY (id)
);
CREATE INDEX ix_delegation_account_id ON delegation (account_id);
CREATE INDEX ix_delegation_giver_id ON delegation (giver_id);
CREATE TRIGGER keep_delegation_delete BEFORE DELETE ON delegation WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'delegation rows are never changed by DELETE'); END;
CREATE TABLE completion_withdrawal (
	completion_id BLOB NOT NULL, 
	person_id BLOB NOT NULL, 
	reason VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	CONSTRAINT fk_completion_withdrawal_completion_id FOREIGN KEY(completion_id) REFERENCES course_completion (id), 
	CONSTRAINT fk_completion_withdrawal_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_completion_withdrawal PRIMARY KEY (id)
);
CREATE INDEX ix_completion_withdrawal_completion_id ON completion_withdrawal (completion_id);
CREATE INDEX ix_completion_withdrawal_person_id ON completion_withdrawal (person_id);
CREATE TRIGGER keep_completion_withdrawal_delete BEFORE DELETE ON completion_withdrawal WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'completion_withdrawal rows are never changed by DELETE'); END;
CREATE TRIGGER keep_completion_withdrawal_update BEFORE UPDATE ON completion_withdrawal WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'completion_withdrawal rows are never changed by UPDATE'); END;
CREATE TABLE journal_writer (
	station BLOB NOT NULL, 
	site_id BLOB NOT NULL, 
	for_all BOOLEAN NOT NULL, 
	CONSTRAINT pk_journal_writer PRIMARY KEY (station)
);
CREATE TABLE refused_claim (
	table_name VARCHAR NOT NULL, 
	row_id BLOB NOT NULL, 
	version BLOB NOT NULL, 
	about_table VARCHAR NOT NULL, 
	about_id BLOB NOT NULL, 
	CONSTRAINT pk_refused_claim PRIMARY KEY (table_name, row_id, version)
)
 WITHOUT ROWID;
CREATE INDEX ix_refused_claim_about_id ON refused_claim (about_id);
CREATE TABLE refused_claim_seen (
	table_name VARCHAR NOT NULL, 
	row_id BLOB NOT NULL, 
	version BLOB NOT NULL, 
	seen_at BIGINT NOT NULL, 
	CONSTRAINT pk_refused_claim_seen PRIMARY KEY (table_name, row_id, version)
);
CREATE TABLE critical_kind (
	word VARCHAR NOT NULL, 
	CONSTRAINT pk_critical_kind PRIMARY KEY (word)
)
 WITHOUT ROWID;
CREATE TABLE row_held (
	row_id BLOB NOT NULL, 
	table_name VARCHAR NOT NULL, 
	by_id BLOB NOT NULL, 
	by_table VARCHAR NOT NULL, 
	CONSTRAINT pk_row_held PRIMARY KEY (row_id, table_name, by_id, by_table)
)
 WITHOUT ROWID;
CREATE INDEX ix_row_held_by_id ON row_held (by_id);
CREATE TABLE entry_aside (
	hash BLOB NOT NULL, 
	station BLOB NOT NULL, 
	incarnation BLOB NOT NULL, 
	scope VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	stamp BIGINT NOT NULL, 
	wall BIGINT NOT NULL, 
	offset_minutes INTEGER NOT NULL, 
	actor BLOB, 
	action VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	body BLOB NOT NULL, 
	came_at BIGINT NOT NULL, 
	brought_by BLOB NOT NULL, 
	CONSTRAINT pk_entry_aside PRIMARY KEY (hash)
);
CREATE INDEX ix_entry_aside_station ON entry_aside (station);
CREATE TABLE aside_decision (
	station BLOB NOT NULL, 
	entries INTEGER NOT NULL, 
	digest BLOB NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_aside_decision PRIMARY KEY (id)
);
CREATE INDEX ix_aside_decision_station ON aside_decision (station);
CREATE TRIGGER keep_aside_decision_delete BEFORE DELETE ON aside_decision WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'aside_decision rows are never changed by DELETE'); END;
CREATE TRIGGER keep_aside_decision_update BEFORE UPDATE ON aside_decision WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'aside_decision rows are never changed by UPDATE'); END;
CREATE TABLE shift_hours (
	site_id BLOB, 
	word VARCHAR NOT NULL, 
	from_on VARCHAR(10) NOT NULL, 
	anchor_on VARCHAR(10) NOT NULL, 
	pattern VARCHAR NOT NULL, 
	works_on_holidays BOOLEAN NOT NULL, 
	ended_at BIGINT, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT pk_shift_hours PRIMARY KEY (id), 
	CONSTRAINT uq_shift_hours_site_id_word_from_on UNIQUE (site_id, word, from_on)
);
CREATE TRIGGER keep_shift_hours_delete BEFORE DELETE ON shift_hours WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'shift_hours rows are never changed by DELETE'); END;
CREATE TABLE "reminder" (
	assignment_id BLOB NOT NULL, 
	step VARCHAR NOT NULL, 
	told_id BLOB NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	due_on VARCHAR(10), 
	CONSTRAINT fk_reminder_assignment_id FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	CONSTRAINT fk_reminder_told_id FOREIGN KEY(told_id) REFERENCES person (id), 
	CONSTRAINT pk_reminder PRIMARY KEY (id), 
	CONSTRAINT uq_reminder_assignment_id_step_due_on UNIQUE (assignment_id, step, due_on)
);
CREATE INDEX ix_reminder_told_id ON reminder (told_id);
CREATE TRIGGER keep_reminder_delete BEFORE DELETE ON reminder WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'reminder rows are never changed by DELETE'); END;
CREATE TABLE register_gap (
	station BLOB NOT NULL, 
	since BIGINT NOT NULL, 
	until BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_register_gap PRIMARY KEY (id)
);
CREATE TRIGGER keep_register_gap_delete BEFORE DELETE ON register_gap WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'register_gap rows are never changed by DELETE'); END;
CREATE TRIGGER keep_register_gap_update BEFORE UPDATE ON register_gap WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'register_gap rows are never changed by UPDATE'); END;
CREATE TABLE journal_log_end (
	log_id INTEGER NOT NULL, 
	until BIGINT NOT NULL, 
	CONSTRAINT pk_journal_log_end PRIMARY KEY (log_id)
);
CREATE TABLE row_unvouched (
	table_name VARCHAR NOT NULL, 
	row_id BLOB NOT NULL, 
	station BLOB NOT NULL, 
	of_others BOOLEAN NOT NULL, 
	CONSTRAINT pk_row_unvouched PRIMARY KEY (table_name, row_id)
)
 WITHOUT ROWID;
CREATE INDEX ix_row_unvouched_station ON row_unvouched (station);
CREATE TABLE approval_easing (
	site_id BLOB NOT NULL, 
	subject_kind VARCHAR NOT NULL, 
	is_asked BOOLEAN NOT NULL, 
	approvers INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	id BLOB NOT NULL, 
	CONSTRAINT pk_approval_easing PRIMARY KEY (id)
);
CREATE INDEX ix_approval_easing_site_id_subject_kind ON approval_easing (site_id, subject_kind);
CREATE TRIGGER keep_approval_easing_delete BEFORE DELETE ON approval_easing WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'approval_easing rows are never changed by DELETE'); END;
CREATE TRIGGER keep_approval_easing_update BEFORE UPDATE ON approval_easing WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'approval_easing rows are never changed by UPDATE'); END;
CREATE TABLE session_room (
	session_id BLOB NOT NULL, 
	person_id BLOB NOT NULL, 
	is_accepted BOOLEAN NOT NULL, 
	reason VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_session_room_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_session_room_session_id FOREIGN KEY(session_id) REFERENCES class_session (id), 
	CONSTRAINT pk_session_room PRIMARY KEY (id)
);
CREATE INDEX ix_session_room_person_id ON session_room (person_id);
CREATE INDEX ix_session_room_session_id ON session_room (session_id);
CREATE TRIGGER keep_session_room_delete BEFORE DELETE ON session_room WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_room rows are never changed by DELETE'); END;
CREATE TRIGGER keep_session_room_update BEFORE UPDATE ON session_room WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'session_room rows are never changed by UPDATE'); END;
CREATE TABLE declaration (
	person_id BLOB NOT NULL, 
	requirement_id BLOB NOT NULL, 
	called VARCHAR NOT NULL, 
	statement VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	is_signed BOOLEAN NOT NULL, 
	witness_id BLOB, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_declaration_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_declaration_requirement_id FOREIGN KEY(requirement_id) REFERENCES requirement (id), 
	CONSTRAINT fk_declaration_witness_id FOREIGN KEY(witness_id) REFERENCES person (id), 
	CONSTRAINT pk_declaration PRIMARY KEY (id)
);
CREATE INDEX ix_declaration_person_id ON declaration (person_id, requirement_id);
CREATE TRIGGER keep_declaration_delete BEFORE DELETE ON declaration WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'declaration rows are never changed by DELETE'); END;
CREATE TRIGGER keep_declaration_update BEFORE UPDATE ON declaration WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'declaration rows are never changed by UPDATE'); END;
CREATE TABLE document_review (
	document_id BLOB NOT NULL, 
	revision_id BLOB NOT NULL, 
	content_sha256 VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	remark VARCHAR NOT NULL, 
	due_on VARCHAR(10), 
	next_due VARCHAR(10), 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_document_review_document_id FOREIGN KEY(document_id) REFERENCES controlled_document (id), 
	CONSTRAINT fk_document_review_revision_id FOREIGN KEY(revision_id) REFERENCES document_revision (id), 
	CONSTRAINT pk_document_review PRIMARY KEY (id)
);
CREATE INDEX ix_document_review_document_id ON document_review (document_id);
CREATE INDEX ix_document_review_revision_id ON document_review (revision_id);
CREATE TRIGGER keep_document_review_delete BEFORE DELETE ON document_review WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'document_review rows are never changed by DELETE'); END;
CREATE TRIGGER keep_document_review_update BEFORE UPDATE ON document_review WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'document_review rows are never changed by UPDATE'); END;
CREATE TABLE document_keeper (
	document_id BLOB NOT NULL, 
	site_id BLOB, 
	person_id BLOB, 
	at BIGINT NOT NULL, 
	"by" BLOB, 
	by_name VARCHAR NOT NULL, 
	id BLOB NOT NULL, 
	CONSTRAINT fk_document_keeper_document_id FOREIGN KEY(document_id) REFERENCES controlled_document (id), 
	CONSTRAINT fk_document_keeper_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT pk_document_keeper PRIMARY KEY (id)
);
CREATE INDEX ix_document_keeper_document_id ON document_keeper (document_id);
CREATE INDEX ix_document_keeper_person_id ON document_keeper (person_id);
CREATE TRIGGER keep_document_keeper_delete BEFORE DELETE ON document_keeper WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'document_keeper rows are never changed by DELETE'); END;
CREATE TRIGGER keep_document_keeper_update BEFORE UPDATE ON document_keeper WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'document_keeper rows are never changed by UPDATE'); END;
CREATE TABLE review_reminder (
	keeper_id BLOB NOT NULL, 
	step VARCHAR NOT NULL, 
	due_on VARCHAR(10) NOT NULL, 
	told_id BLOB NOT NULL, 
	at BIGINT NOT NULL, 
	id BLOB NOT NULL, 
	row_versions BLOB NOT NULL, 
	CONSTRAINT fk_review_reminder_keeper_id FOREIGN KEY(keeper_id) REFERENCES document_keeper (id), 
	CONSTRAINT fk_review_reminder_told_id FOREIGN KEY(told_id) REFERENCES person (id), 
	CONSTRAINT pk_review_reminder PRIMARY KEY (id), 
	CONSTRAINT uq_review_reminder_keeper_id_step_due_on UNIQUE (keeper_id, step, due_on)
);
CREATE INDEX ix_review_reminder_told_id ON review_reminder (told_id);
CREATE TRIGGER keep_review_reminder_delete BEFORE DELETE ON review_reminder WHEN NOT EXISTS (SELECT 1 FROM projection_turn) BEGIN SELECT RAISE(ABORT, 'review_reminder rows are never changed by DELETE'); END;
INSERT INTO alembic_version (version_num) VALUES ('0101');
