BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
CREATE TABLE answers (
	contest TEXT NOT NULL, 
	round BIGINT NOT NULL, 
	member TEXT NOT NULL, 
	chat TEXT NOT NULL, 
	question TEXT NOT NULL, 
	point TEXT NOT NULL, 
	chosen TEXT NOT NULL, 
	"right" BOOLEAN NOT NULL, 
	ms BIGINT NOT NULL, 
	receipt BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_answers PRIMARY KEY (contest, round, member)
);
INSERT INTO "answers" VALUES('c1',0,'telegram:12','telegram:-1001','c-sanji-1','sanji','1 2',1,1500,7,'2026-11-01 12:00:00.000000');
CREATE TABLE asked (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	who TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	point TEXT NOT NULL, 
	CONSTRAINT pk_asked PRIMARY KEY (id)
);
INSERT INTO "asked" VALUES(1,'2026-11-01 12:00:00.000000','w','answer','sanji');
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor TEXT NOT NULL, 
	action TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	allowed BOOLEAN NOT NULL, 
	request_id TEXT NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (id)
);
INSERT INTO "audit" VALUES(1,'2026-11-01 12:00:00.000000','telegram:12','say','n1',1,'r1');
CREATE TABLE blobs (
	digest TEXT NOT NULL, 
	body BLOB NOT NULL, 
	CONSTRAINT pk_blobs PRIMARY KEY (digest)
);
INSERT INTO "blobs" VALUES('d1',X'789C2B49AD280100046701C6');
CREATE TABLE chats (
	chat TEXT NOT NULL, 
	title TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_chats PRIMARY KEY (chat)
);
INSERT INTO "chats" VALUES('telegram:-1001','一支部','2026-11-01 12:00:00.000000');
CREATE TABLE contests (
	id TEXT NOT NULL, 
	chat TEXT NOT NULL, 
	starter TEXT NOT NULL, 
	started DATETIME NOT NULL, 
	setup TEXT NOT NULL, 
	progress TEXT NOT NULL, 
	finished DATETIME, 
	CONSTRAINT pk_contests PRIMARY KEY (id)
);
INSERT INTO "contests" VALUES('c1','telegram:-1001','telegram:12','2026-11-01 12:00:00.000000','{}','{}',NULL);
CREATE TABLE feedback (
	"key" TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	point TEXT NOT NULL, 
	question TEXT NOT NULL, 
	helpful BOOLEAN NOT NULL, visitor BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_feedback PRIMARY KEY ("key")
);
INSERT INTO "feedback" VALUES('f1','2026-11-01 12:00:00.000000','sanji','什么是三级联创',1,0);
CREATE TABLE members (
	member TEXT NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_members PRIMARY KEY (member)
);
INSERT INTO "members" VALUES('telegram:12','安');
CREATE TABLE misses (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	question TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	nearest TEXT NOT NULL, "key" TEXT, visitor BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_misses PRIMARY KEY (id)
);
INSERT INTO "misses" VALUES(1,'2026-11-01 12:00:00.000000','没有的','decline','','mk',1);
CREATE TABLE players (
	contest TEXT NOT NULL, 
	member TEXT NOT NULL, 
	team TEXT NOT NULL, 
	CONSTRAINT pk_players PRIMARY KEY (contest, member)
);
INSERT INTO "players" VALUES('c1','telegram:12','red');
CREATE TABLE polls (
	poll TEXT NOT NULL, 
	contest TEXT NOT NULL, 
	round INTEGER NOT NULL, 
	message TEXT NOT NULL, 
	CONSTRAINT pk_polls PRIMARY KEY (poll)
);
INSERT INTO "polls" VALUES('poll1','c1',0,'4');
INSERT INTO "polls" VALUES('board:c1','c1',-1,'5');
CREATE TABLE reports (
	"key" TEXT NOT NULL, 
	question TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_reports PRIMARY KEY ("key")
);
INSERT INTO "reports" VALUES('k1','c-sanji-1','2026-11-01 12:00:00.000000');
CREATE TABLE roles (
	member TEXT NOT NULL, 
	role TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_roles PRIMARY KEY (member)
);
INSERT INTO "roles" VALUES('telegram:13','editor','telegram:12','2026-11-01 12:00:00.000000');
CREATE TABLE settings (
	owner TEXT NOT NULL, 
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_settings PRIMARY KEY (owner, name)
);
INSERT INTO "settings" VALUES('telegram:-1001','daily','{"hour":8,"minute":0,"zone":"Asia/Shanghai","handled":"2026-11-01T12:00:01.234567Z"}');
INSERT INTO "settings" VALUES('telegram:-1002:7','daily','{"hour":20,"minute":15,"zone":"Europe/Berlin","handled":"2026-11-01T20:00:01.234567+08:00"}');
INSERT INTO "settings" VALUES('telegram:-1003','daily','');
INSERT INTO "settings" VALUES('telegram:12','daily','{"hour":6,"minute":30,"zone":"Asia/Kathmandu","handled":"2026-11-01T12:00:00Z"}');
INSERT INTO "settings" VALUES('telegram:12','reminder','{"hour":19,"minute":0,"zone":"Asia/Shanghai","handled":"2026-11-02T00:00:00Z"}');
INSERT INTO "settings" VALUES('telegram:13','reminder','{"hour":19,"minute":0,"zone":"Asia/Shanghai","handled":"2026-11-02T01:00:00Z"}');
INSERT INTO "settings" VALUES('telegram:14','reminder','8');
INSERT INTO "settings" VALUES('telegram:-1004','daily','{"hour":99');
INSERT INTO "settings" VALUES('telegram:-1001','quiet','22:00-7:00');
INSERT INTO "settings" VALUES('telegram:-1002','quiet','13:05-14:30');
INSERT INTO "settings" VALUES('telegram:13','quiet','0:00-6:00');
INSERT INTO "settings" VALUES('telegram:-1003','quiet','');
INSERT INTO "settings" VALUES('telegram:-1004','quiet','nonsense');
INSERT INTO "settings" VALUES('telegram:-1001','quiz','{"count":5,"seconds":30,"mode":"buzzer","scoring":"speed","topic":""}');
INSERT INTO "settings" VALUES('telegram:-1001:3','quiz','{"count":10,"seconds":20,"mode":"contest","scoring":"right","topic":""}');
INSERT INTO "settings" VALUES('telegram:-1002','quiz','');
INSERT INTO "settings" VALUES('telegram:12','quiz','{"count":15,"seconds":10,"mode":"challenge","scoring":"right","topic":""}');
INSERT INTO "settings" VALUES('telegram:-1005','quiz','{"count":20}');
INSERT INTO "settings" VALUES('telegram:-1006','quiz','{"count":"many"}');
INSERT INTO "settings" VALUES('telegram:-1006','daily','{"hour":8,"minute":0,"zone":"Asia/Shanghai","handled":"0001-01-01T00:00:00+08:00"}');
INSERT INTO "settings" VALUES('question:c-sanji-1','out','1');
INSERT INTO "settings" VALUES('question:n-36000-2','out','1');
INSERT INTO "settings" VALUES('question:back','out','');
INSERT INTO "settings" VALUES('telegram:-1001','notices','[{"id":"n1","text":"📢 明天八点开会\n“带上书”","at":"2026-11-01T12:00:01.234567Z","about":"明天八点开会","tell":"telegram:12","where":"一支部","state":"waiting","told":false,"again":false,"to":"telegram:-1001"},{"id":"n2","text":"第二条\u0000 \\ ''quoted'' \"两遍\"","at":"2026-11-01T20:00:00+08:00","about":"第二条","tell":"telegram:13","where":"一支部","state":"begun","told":true,"again":true,"to":"telegram:-1000"},{"id":"n3","text":"📢 明天八点开会\n“带上书”","at":"2026-11-01T12:00:01.234567Z","about":"明天八点开会","tell":"telegram:12","where":"一支部","state":"held","told":true,"again":false,"to":"telegram:-1001"}]');
INSERT INTO "settings" VALUES('telegram:-1002','notices','[{"id":"n1","text":"📢 明天八点开会\n“带上书”","at":"2026-11-01T12:00:01.234567Z","about":"明天八点开会","tell":"telegram:12","where":"二支部","state":"unsure","told":false,"again":false,"to":"telegram:-1002"}]');
INSERT INTO "settings" VALUES('telegram:12','notices','[{"id":"n2-1-0","text":"已送到","at":"2026-11-01T12:00:00Z","about":"","tell":"","where":"","state":"waiting","told":false,"again":false,"to":""}]');
INSERT INTO "settings" VALUES('telegram:-1005','notices','[{"id":"n4","text":"旧版的","at":"2026-10-31T23:59:59Z"}]');
INSERT INTO "settings" VALUES('telegram:-1003','notices','');
INSERT INTO "settings" VALUES('telegram:-1004','notices','nonsense');
INSERT INTO "settings" VALUES('telegram:12','draft','{"id":"d1","text":"明天八点开会","sent":true,"report":"送到 1 个群"}');
INSERT INTO "settings" VALUES('telegram:13','draft','{"id":"d2","text":"草稿","sent":false,"report":""}');
INSERT INTO "settings" VALUES('telegram:12','new point','["telegram:12",{"id":"p1","last_at":"2026-11-01T12:00:00Z","cores":["core"],"questions":["怎么问"],"step":"title","section":"s1","first":null,"opening":"开头","quote":"一句话。","title":""}]');
INSERT INTO "settings" VALUES('telegram:12','preview','[{"id":"v1","at":"2026-11-01T12:00:00Z","against":2,"content":"digest","author":"telegram:12","note":"note","sent":"sent","back_to":1}]');
INSERT INTO "settings" VALUES('telegram:-1001','showing','c1');
INSERT INTO "settings" VALUES('bot','declined folder','dddddddd');
INSERT INTO "settings" VALUES('bot','secret','tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt');
INSERT INTO "settings" VALUES('bot','secret of askers','ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss');
INSERT INTO "settings" VALUES('bot','tidied','2026-11-01T12:00:00+00:00');
INSERT INTO "settings" VALUES('bot','tidying in doubt since','');
INSERT INTO "settings" VALUES('bot','ping','1');
CREATE TABLE settled (
	core TEXT NOT NULL, 
	how TEXT NOT NULL, 
	point TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_settled PRIMARY KEY (core)
);
INSERT INTO "settled" VALUES('core','ignored','','telegram:13','2026-11-01 12:00:00.000000');
CREATE TABLE telegram_updates (
	bot BIGINT NOT NULL, 
	id BIGINT NOT NULL, 
	body TEXT, 
	CONSTRAINT pk_telegram_updates PRIMARY KEY (bot, id)
);
INSERT INTO "telegram_updates" VALUES(99,5,'{}');
INSERT INTO "telegram_updates" VALUES(99,4,NULL);
CREATE TABLE used_links (
	nonce TEXT NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_used_links PRIMARY KEY (nonce)
);
INSERT INTO "used_links" VALUES('nonce','2026-11-02 12:00:00.000000');
CREATE TABLE versions (
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	author TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	note TEXT NOT NULL, 
	files TEXT NOT NULL, 
	amendments TEXT NOT NULL, 
	folder TEXT NOT NULL, 
	diff TEXT NOT NULL, 
	CONSTRAINT pk_versions PRIMARY KEY (number)
);
INSERT INTO "versions" VALUES(1,'2026-11-01 12:00:00.000000','telegram:12','chat','','{"points.yaml":"d1"}','[]','','{}');
CREATE INDEX ix_feedback_at ON feedback (at);
CREATE INDEX ix_feedback_point_helpful ON feedback (point, helpful);
CREATE INDEX ix_misses_at ON misses (at);
CREATE INDEX ix_misses_nearest_verdict ON misses (nearest, verdict);
CREATE INDEX ix_contests_chat_started ON contests (chat, started);
CREATE INDEX ix_contests_finished ON contests (finished);
CREATE INDEX ix_players_member ON players (member);
CREATE INDEX ix_answers_chat_at ON answers (chat, at);
CREATE INDEX ix_answers_member_at ON answers (member, at);
CREATE INDEX ix_polls_contest ON polls (contest);
CREATE INDEX ix_settings_name ON settings (name);
CREATE INDEX ix_misses_key ON misses ("key");
CREATE INDEX ix_reports_question ON reports (question);
CREATE INDEX ix_reports_at ON reports (at);
CREATE INDEX ix_audit_at ON audit (at);
CREATE TRIGGER audit_no_update BEFORE update ON audit BEGIN SELECT RAISE(ABORT, 'audit is only appended to'); END;
CREATE TRIGGER audit_no_delete BEFORE delete ON audit BEGIN SELECT RAISE(ABORT, 'audit is only appended to'); END;
CREATE INDEX ix_asked_at ON asked (at);
CREATE INDEX ix_asked_who ON asked (who);
COMMIT;
