SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE FUNCTION public.audit_only_appended() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'audit is only appended to'; END $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.answers (
    contest text NOT NULL,
    round bigint NOT NULL,
    member text NOT NULL,
    chat text NOT NULL,
    question text NOT NULL,
    point text NOT NULL,
    chosen text NOT NULL,
    "right" boolean NOT NULL,
    ms bigint NOT NULL,
    receipt bigint NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.asked (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    who text NOT NULL,
    verdict text NOT NULL,
    point text NOT NULL
);
CREATE SEQUENCE public.asked_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.asked_id_seq OWNED BY public.asked.id;
CREATE TABLE public.audit (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    detail text NOT NULL,
    allowed boolean NOT NULL,
    request_id text NOT NULL
);
CREATE SEQUENCE public.audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.audit_id_seq OWNED BY public.audit.id;
CREATE TABLE public.blobs (
    digest text NOT NULL,
    body bytea NOT NULL
);
CREATE TABLE public.chats (
    chat text NOT NULL,
    title text NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.contests (
    id text NOT NULL,
    chat text NOT NULL,
    starter text NOT NULL,
    started timestamp with time zone NOT NULL,
    setup text NOT NULL,
    progress text NOT NULL,
    finished timestamp with time zone
);
CREATE TABLE public.feedback (
    key text NOT NULL,
    at timestamp with time zone NOT NULL,
    point text NOT NULL,
    question text NOT NULL,
    helpful boolean NOT NULL,
    visitor boolean DEFAULT false NOT NULL
);
CREATE TABLE public.members (
    member text NOT NULL,
    name text NOT NULL
);
CREATE TABLE public.misses (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    question text NOT NULL,
    verdict text NOT NULL,
    nearest text NOT NULL,
    key text,
    visitor boolean DEFAULT false NOT NULL
);
CREATE SEQUENCE public.misses_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.misses_id_seq OWNED BY public.misses.id;
CREATE TABLE public.players (
    contest text NOT NULL,
    member text NOT NULL,
    team text NOT NULL
);
CREATE TABLE public.polls (
    poll text NOT NULL,
    contest text NOT NULL,
    round integer NOT NULL,
    message text NOT NULL
);
CREATE TABLE public.reports (
    key text NOT NULL,
    question text NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.roles (
    member text NOT NULL,
    role text NOT NULL,
    by text NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.settings (
    owner text NOT NULL,
    name text NOT NULL,
    value text NOT NULL
);
CREATE TABLE public.settled (
    core text NOT NULL,
    how text NOT NULL,
    point text NOT NULL,
    by text NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.telegram_updates (
    bot bigint NOT NULL,
    id bigint NOT NULL,
    body text
);
CREATE TABLE public.used_links (
    nonce text NOT NULL,
    until timestamp with time zone NOT NULL
);
CREATE TABLE public.versions (
    number integer NOT NULL,
    at timestamp with time zone NOT NULL,
    author text NOT NULL,
    origin text NOT NULL,
    note text NOT NULL,
    files text NOT NULL,
    amendments text NOT NULL,
    folder text NOT NULL,
    diff text NOT NULL
);
ALTER TABLE ONLY public.asked ALTER COLUMN id SET DEFAULT nextval('public.asked_id_seq'::regclass);
ALTER TABLE ONLY public.audit ALTER COLUMN id SET DEFAULT nextval('public.audit_id_seq'::regclass);
ALTER TABLE ONLY public.misses ALTER COLUMN id SET DEFAULT nextval('public.misses_id_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0005');
INSERT INTO public.answers VALUES ('c1', 0, 'telegram:12', 'telegram:-1001', 'c-sanji-1', 'sanji', '1 2', true, 1500, 7, '2026-11-01 12:00:00+00');
INSERT INTO public.asked VALUES (1, '2026-11-01 12:00:00+00', 'w', 'answer', 'sanji');
INSERT INTO public.audit VALUES (1, '2026-11-01 12:00:00+00', 'telegram:12', 'say', 'n1', true, 'r1');
INSERT INTO public.blobs VALUES ('d1', '\x789c2b49ad280100046701c6');
INSERT INTO public.chats VALUES ('telegram:-1001', '一支部', '2026-11-01 12:00:00+00');
INSERT INTO public.contests VALUES ('c1', 'telegram:-1001', 'telegram:12', '2026-11-01 12:00:00+00', '{}', '{}', NULL);
INSERT INTO public.feedback VALUES ('f1', '2026-11-01 12:00:00+00', 'sanji', '什么是三级联创', true, false);
INSERT INTO public.members VALUES ('telegram:12', '安');
INSERT INTO public.misses VALUES (1, '2026-11-01 12:00:00+00', '没有的', 'decline', '', 'mk', true);
INSERT INTO public.players VALUES ('c1', 'telegram:12', 'red');
INSERT INTO public.polls VALUES ('poll1', 'c1', 0, '4');
INSERT INTO public.polls VALUES ('board:c1', 'c1', -1, '5');
INSERT INTO public.reports VALUES ('k1', 'c-sanji-1', '2026-11-01 12:00:00+00');
INSERT INTO public.roles VALUES ('telegram:13', 'editor', 'telegram:12', '2026-11-01 12:00:00+00');
INSERT INTO public.settings VALUES ('telegram:-1001', 'daily', '{"hour":8,"minute":0,"zone":"Asia/Shanghai","handled":"2026-11-01T12:00:01.234567Z"}');
INSERT INTO public.settings VALUES ('telegram:-1002:7', 'daily', '{"hour":20,"minute":15,"zone":"Europe/Berlin","handled":"2026-11-01T20:00:01.234567+08:00"}');
INSERT INTO public.settings VALUES ('telegram:-1003', 'daily', '');
INSERT INTO public.settings VALUES ('telegram:12', 'daily', '{"hour":6,"minute":30,"zone":"Asia/Kathmandu","handled":"2026-11-01T12:00:00Z"}');
INSERT INTO public.settings VALUES ('telegram:12', 'reminder', '{"hour":19,"minute":0,"zone":"Asia/Shanghai","handled":"2026-11-02T00:00:00Z"}');
INSERT INTO public.settings VALUES ('telegram:13', 'reminder', '{"hour":19,"minute":0,"zone":"Asia/Shanghai","handled":"2026-11-02T01:00:00Z"}');
INSERT INTO public.settings VALUES ('telegram:14', 'reminder', '8');
INSERT INTO public.settings VALUES ('telegram:-1004', 'daily', '{"hour":99');
INSERT INTO public.settings VALUES ('telegram:-1001', 'quiet', '22:00-7:00');
INSERT INTO public.settings VALUES ('telegram:-1002', 'quiet', '13:05-14:30');
INSERT INTO public.settings VALUES ('telegram:13', 'quiet', '0:00-6:00');
INSERT INTO public.settings VALUES ('telegram:-1003', 'quiet', '');
INSERT INTO public.settings VALUES ('telegram:-1004', 'quiet', 'nonsense');
INSERT INTO public.settings VALUES ('telegram:-1001', 'quiz', '{"count":5,"seconds":30,"mode":"buzzer","scoring":"speed","topic":""}');
INSERT INTO public.settings VALUES ('telegram:-1001:3', 'quiz', '{"count":10,"seconds":20,"mode":"contest","scoring":"right","topic":""}');
INSERT INTO public.settings VALUES ('telegram:-1002', 'quiz', '');
INSERT INTO public.settings VALUES ('telegram:12', 'quiz', '{"count":15,"seconds":10,"mode":"challenge","scoring":"right","topic":""}');
INSERT INTO public.settings VALUES ('telegram:-1005', 'quiz', '{"count":20}');
INSERT INTO public.settings VALUES ('telegram:-1006', 'quiz', '{"count":"many"}');
INSERT INTO public.settings VALUES ('telegram:-1006', 'daily', '{"hour":8,"minute":0,"zone":"Asia/Shanghai","handled":"0001-01-01T00:00:00+08:00"}');
INSERT INTO public.settings VALUES ('question:c-sanji-1', 'out', '1');
INSERT INTO public.settings VALUES ('question:n-36000-2', 'out', '1');
INSERT INTO public.settings VALUES ('question:back', 'out', '');
INSERT INTO public.settings VALUES ('telegram:-1001', 'notices', '[{"id":"n1","text":"📢 明天八点开会\n“带上书”","at":"2026-11-01T12:00:01.234567Z","about":"明天八点开会","tell":"telegram:12","where":"一支部","state":"waiting","told":false,"again":false,"to":"telegram:-1001"},{"id":"n2","text":"第二条\u0000 \\ ''quoted'' \"两遍\"","at":"2026-11-01T20:00:00+08:00","about":"第二条","tell":"telegram:13","where":"一支部","state":"begun","told":true,"again":true,"to":"telegram:-1000"},{"id":"n3","text":"📢 明天八点开会\n“带上书”","at":"2026-11-01T12:00:01.234567Z","about":"明天八点开会","tell":"telegram:12","where":"一支部","state":"held","told":true,"again":false,"to":"telegram:-1001"}]');
INSERT INTO public.settings VALUES ('telegram:-1002', 'notices', '[{"id":"n1","text":"📢 明天八点开会\n“带上书”","at":"2026-11-01T12:00:01.234567Z","about":"明天八点开会","tell":"telegram:12","where":"二支部","state":"unsure","told":false,"again":false,"to":"telegram:-1002"}]');
INSERT INTO public.settings VALUES ('telegram:12', 'notices', '[{"id":"n2-1-0","text":"已送到","at":"2026-11-01T12:00:00Z","about":"","tell":"","where":"","state":"waiting","told":false,"again":false,"to":""}]');
INSERT INTO public.settings VALUES ('telegram:-1005', 'notices', '[{"id":"n4","text":"旧版的","at":"2026-10-31T23:59:59Z"}]');
INSERT INTO public.settings VALUES ('telegram:-1003', 'notices', '');
INSERT INTO public.settings VALUES ('telegram:-1004', 'notices', 'nonsense');
INSERT INTO public.settings VALUES ('telegram:12', 'draft', '{"id":"d1","text":"明天八点开会","sent":true,"report":"送到 1 个群"}');
INSERT INTO public.settings VALUES ('telegram:13', 'draft', '{"id":"d2","text":"草稿","sent":false,"report":""}');
INSERT INTO public.settings VALUES ('telegram:12', 'new point', '["telegram:12",{"id":"p1","last_at":"2026-11-01T12:00:00Z","cores":["core"],"questions":["怎么问"],"step":"title","section":"s1","first":null,"opening":"开头","quote":"一句话。","title":""}]');
INSERT INTO public.settings VALUES ('telegram:12', 'preview', '[{"id":"v1","at":"2026-11-01T12:00:00Z","against":2,"content":"digest","author":"telegram:12","note":"note","sent":"sent","back_to":1}]');
INSERT INTO public.settings VALUES ('telegram:-1001', 'showing', 'c1');
INSERT INTO public.settings VALUES ('bot', 'declined folder', 'dddddddd');
INSERT INTO public.settings VALUES ('bot', 'secret', 'tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt');
INSERT INTO public.settings VALUES ('bot', 'secret of askers', 'ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss');
INSERT INTO public.settings VALUES ('bot', 'tidied', '2026-11-01T12:00:00+00:00');
INSERT INTO public.settings VALUES ('bot', 'tidying in doubt since', '');
INSERT INTO public.settings VALUES ('bot', 'ping', '1');
INSERT INTO public.settled VALUES ('core', 'ignored', '', 'telegram:13', '2026-11-01 12:00:00+00');
INSERT INTO public.telegram_updates VALUES (99, 5, '{}');
INSERT INTO public.telegram_updates VALUES (99, 4, NULL);
INSERT INTO public.used_links VALUES ('nonce', '2026-11-02 12:00:00+00');
INSERT INTO public.versions VALUES (1, '2026-11-01 12:00:00+00', 'telegram:12', 'chat', '', '{"points.yaml":"d1"}', '[]', '', '{}');
SELECT pg_catalog.setval('public.asked_id_seq', 1, true);
SELECT pg_catalog.setval('public.audit_id_seq', 1, true);
SELECT pg_catalog.setval('public.misses_id_seq', 1, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT pk_answers PRIMARY KEY (contest, round, member);
ALTER TABLE ONLY public.asked
    ADD CONSTRAINT pk_asked PRIMARY KEY (id);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT pk_audit PRIMARY KEY (id);
ALTER TABLE ONLY public.blobs
    ADD CONSTRAINT pk_blobs PRIMARY KEY (digest);
ALTER TABLE ONLY public.chats
    ADD CONSTRAINT pk_chats PRIMARY KEY (chat);
ALTER TABLE ONLY public.contests
    ADD CONSTRAINT pk_contests PRIMARY KEY (id);
ALTER TABLE ONLY public.feedback
    ADD CONSTRAINT pk_feedback PRIMARY KEY (key);
ALTER TABLE ONLY public.members
    ADD CONSTRAINT pk_members PRIMARY KEY (member);
ALTER TABLE ONLY public.misses
    ADD CONSTRAINT pk_misses PRIMARY KEY (id);
ALTER TABLE ONLY public.players
    ADD CONSTRAINT pk_players PRIMARY KEY (contest, member);
ALTER TABLE ONLY public.polls
    ADD CONSTRAINT pk_polls PRIMARY KEY (poll);
ALTER TABLE ONLY public.reports
    ADD CONSTRAINT pk_reports PRIMARY KEY (key);
ALTER TABLE ONLY public.roles
    ADD CONSTRAINT pk_roles PRIMARY KEY (member);
ALTER TABLE ONLY public.settings
    ADD CONSTRAINT pk_settings PRIMARY KEY (owner, name);
ALTER TABLE ONLY public.settled
    ADD CONSTRAINT pk_settled PRIMARY KEY (core);
ALTER TABLE ONLY public.telegram_updates
    ADD CONSTRAINT pk_telegram_updates PRIMARY KEY (bot, id);
ALTER TABLE ONLY public.used_links
    ADD CONSTRAINT pk_used_links PRIMARY KEY (nonce);
ALTER TABLE ONLY public.versions
    ADD CONSTRAINT pk_versions PRIMARY KEY (number);
CREATE INDEX ix_answers_chat_at ON public.answers USING btree (chat, at);
CREATE INDEX ix_answers_member_at ON public.answers USING btree (member, at);
CREATE INDEX ix_asked_at ON public.asked USING btree (at);
CREATE INDEX ix_asked_who ON public.asked USING btree (who);
CREATE INDEX ix_audit_at ON public.audit USING btree (at);
CREATE INDEX ix_contests_chat_started ON public.contests USING btree (chat, started);
CREATE INDEX ix_contests_finished ON public.contests USING btree (finished);
CREATE INDEX ix_feedback_at ON public.feedback USING btree (at);
CREATE INDEX ix_feedback_point_helpful ON public.feedback USING btree (point, helpful);
CREATE INDEX ix_misses_at ON public.misses USING btree (at);
CREATE INDEX ix_misses_key ON public.misses USING btree (key);
CREATE INDEX ix_misses_nearest_verdict ON public.misses USING btree (nearest, verdict);
CREATE INDEX ix_players_member ON public.players USING btree (member);
CREATE INDEX ix_polls_contest ON public.polls USING btree (contest);
CREATE INDEX ix_reports_at ON public.reports USING btree (at);
CREATE INDEX ix_reports_question ON public.reports USING btree (question);
CREATE INDEX ix_settings_name ON public.settings USING btree (name);
CREATE TRIGGER audit_only_appended BEFORE DELETE OR UPDATE ON public.audit FOR EACH ROW EXECUTE FUNCTION public.audit_only_appended();
