"""The first house: every table, and the guards of the append-only ones."""

from alembic import op
import sqlalchemy as sa

import grants.models.base
import grants.models.calls


# revision identifiers, used by Alembic.
SQLITE = "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
POSTGRESQL = (
    "CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
    "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()",
)


def guards(table, dialect):
    if dialect == "sqlite":
        return [SQLITE.format(table=table, verb=verb) for verb in ("update", "delete")]
    return [statement.format(table=table) for statement in POSTGRESQL]


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "county",
        sa.Column("code", sa.String(length=2), nullable=False),
        sa.Column("letter", sa.String(length=2), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("tile_row", sa.Integer(), nullable=False),
        sa.Column("tile_col", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_county")),
        sa.UniqueConstraint("letter", name=op.f("uq_county_letter")),
    )
    op.create_table(
        "distribution_key",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "decided", name="key_state_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("decided_at", grants.models.base.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distribution_key")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_distribution_key_year_number")),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("dedupe", sa.String(length=120), nullable=True),
        sa.Column("run_at", grants.models.base.Moment(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", grants.models.base.Moment(timezone=True), nullable=True),
        sa.Column("done_at", grants.models.base.Moment(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("dedupe", name=op.f("uq_job_dedupe")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_ready", ["done_at", "run_at"], unique=False)

    op.create_table(
        "login_attempt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("at", grants.models.base.Moment(timezone=True), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
    )
    with op.batch_alter_table("login_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_attempt_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_login_attempt_fingerprint"), ["fingerprint"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("email_is_lower_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "published_figure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(length=60), nullable=False),
        sa.Column("scope", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Numeric(precision=20, scale=4), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_figure")),
        sa.UniqueConstraint("year", "metric", "scope", "source", name=op.f("uq_published_figure_year_metric_scope_source")),
    )
    with op.batch_alter_table("published_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_published_figure_year"), ["year"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("expires_at", grants.models.base.Moment(timezone=True), nullable=False),
        sa.Column("used_at", grants.models.base.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "key_share",
        sa.Column("key_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("county_code", sa.String(length=2), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("weight >= 0", name=op.f("weight_is_not_negative")),
        sa.ForeignKeyConstraint(["county_code"], ["county.code"], name=op.f("fk_key_share_county_code")),
        sa.ForeignKeyConstraint(["key_id"], ["distribution_key.id"], name=op.f("fk_key_share_key_id")),
        sa.PrimaryKeyConstraint("key_id", "county_code", name=op.f("pk_key_share")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "board", "municipality", "federation", name="organisation_kind_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("short_name", sa.String(length=300), nullable=False),
        sa.Column("sort_key", sa.String(length=300), nullable=False),
        sa.Column("orgnr", sa.String(length=11), nullable=True),
        sa.Column("county_code", sa.String(length=2), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=True),
        sa.Column("skr_group", sa.String(length=2), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("seat", sa.String(length=80), nullable=True),
        sa.Column("is_eligible", sa.Boolean(), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=True),
        sa.Column("contact_phone", sa.String(length=40), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("giro", sa.String(length=40), nullable=True),
        sa.Column("payment_reference", sa.String(length=80), nullable=True),
        sa.Column("own_series", sa.Boolean(), nullable=False),
        sa.Column("series_prefix", sa.String(length=10), nullable=True),
        sa.CheckConstraint("(kind = 'municipality') = (code IS NOT NULL)", name=op.f("municipality_has_code")),
        sa.ForeignKeyConstraint(["county_code"], ["county.code"], name=op.f("fk_organisation_county_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
        sa.UniqueConstraint("orgnr", name=op.f("uq_organisation_orgnr")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_county_code"), ["county_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_sort_key"), ["sort_key"], unique=False)
        batch_op.create_index(
            "one_board_per_county",
            ["county_code"],
            unique=True,
            sqlite_where=sa.text("kind = 'board'"),
            postgresql_where=sa.text("kind = 'board'"),
        )

    op.create_table(
        "call",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("board_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "scope",
            sa.Enum("regional", "national", name="call_scope_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "round",
            sa.Enum("ordinary", "extra", "thematic", name="call_round_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "published", "cancelled", name="call_state_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("published_number", sa.Integer(), nullable=False),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("call_year_is_believable")),
        sa.ForeignKeyConstraint(["board_id"], ["organisation.id"], name=op.f("fk_call_board_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("board_id", "year", "scope", "name", name=op.f("uq_call_board_id_year_scope_name")),
    )
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_board_id"), ["board_id"], unique=False)
        batch_op.create_index("ix_call_year_scope", ["year", "scope"], unique=False)

    op.create_table(
        "event",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("noun", sa.String(length=40), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("was", sa.String(length=40), nullable=True),
        sa.Column("became", sa.String(length=40), nullable=True),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", grants.models.base.Moment(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_event_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_event_person_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_event_hash")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_event_thing", ["noun", "thing_id"], unique=False)

    op.create_table(
        "federation_member",
        sa.Column("federation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["federation_id"], ["organisation.id"], name=op.f("fk_federation_member_federation_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["organisation.id"], name=op.f("fk_federation_member_municipality_id")),
        sa.PrimaryKeyConstraint("federation_id", "municipality_id", name=op.f("pk_federation_member")),
    )
    op.create_table(
        "mandate",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "anyone",
                "applicant_admin",
                "preparer",
                "signatory",
                "reader",
                "officer",
                "assessor",
                "decider",
                "treasurer",
                "board_admin",
                "money_coordinator",
                "report_coordinator",
                "auditor",
                "keeper",
                "system",
                name="mandate_role_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("mandate_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_mandate_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mandate_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
    )
    with op.batch_alter_table("mandate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mandate_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mandate_person_id"), ["person_id"], unique=False)

    op.create_table(
        "pot",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("board_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "appropriation",
                "national",
                "allocation",
                "returned",
                name="pot_source_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["board_id"], ["organisation.id"], name=op.f("fk_pot_board_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pot")),
        sa.UniqueConstraint("board_id", "year", "source", name=op.f("uq_pot_board_id_year_source")),
    )
    with op.batch_alter_table("pot", schema=None) as batch_op:
        batch_op.create_index("ix_pot_year", ["year"], unique=False)

    op.create_table(
        "session",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", grants.models.base.Moment(timezone=True), nullable=False),
        sa.Column("seen_at", grants.models.base.Moment(timezone=True), nullable=False),
        sa.Column("ended_at", grants.models.base.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_session_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_session_token_hash")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "call_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("call_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", grants.models.base.Moment(timezone=True), nullable=True),
        sa.Column("changes", sa.String(length=4000), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("opens_at", grants.models.base.Moment(timezone=True), nullable=True),
        sa.Column("closes_at", grants.models.base.Moment(timezone=True), nullable=True),
        sa.Column("decision_planned", sa.String(length=120), nullable=True),
        sa.Column("available_kr", sa.BigInteger(), nullable=True),
        sa.Column("min_kr", sa.BigInteger(), nullable=True),
        sa.Column("max_kr", sa.BigInteger(), nullable=True),
        sa.Column("longest_months", sa.Integer(), nullable=True),
        sa.Column("terms", grants.models.calls.TermsDocument(), nullable=False),
        sa.CheckConstraint("available_kr IS NULL OR available_kr >= 0", name=op.f("available_is_not_negative")),
        sa.CheckConstraint("min_kr IS NULL OR max_kr IS NULL OR min_kr <= max_kr", name=op.f("least_is_not_above_most")),
        sa.CheckConstraint("opens_at IS NULL OR closes_at IS NULL OR opens_at < closes_at", name=op.f("opens_before_it_closes")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_version_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_version")),
        sa.UniqueConstraint("call_id", "number", name=op.f("uq_call_version_call_id_number")),
    )
    with op.batch_alter_table("call_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_version_call_id"), ["call_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_version_closes_at"), ["closes_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_version_opens_at"), ["opens_at"], unique=False)

    op.create_table(
        "posting",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "appropriate",
                "correct",
                "reserve_out",
                "reserve_in",
                "allocate_out",
                "allocate_in",
                "transfer_out",
                "transfer_in",
                "bind",
                "release",
                "pay",
                "repay",
                "lapse",
                "record",
                name="posting_kind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount_kr", sa.BigInteger(), nullable=False),
        sa.Column("bound_kr", sa.BigInteger(), nullable=False),
        sa.Column("available_after", sa.BigInteger(), nullable=False),
        sa.Column("bound_after", sa.BigInteger(), nullable=False),
        sa.Column("paid_after", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=True),
        sa.Column("cause_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", grants.models.base.Moment(timezone=True), nullable=False),
        sa.CheckConstraint("amount_kr <> 0 OR bound_kr <> 0", name=op.f("posting_moves_money")),
        sa.CheckConstraint("available_after >= 0", name=op.f("pot_is_not_overdrawn")),
        sa.CheckConstraint("bound_after >= 0", name=op.f("paid_is_within_what_was_bound")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_posting_by_id")),
        sa.ForeignKeyConstraint(["pot_id"], ["pot.id"], name=op.f("fk_posting_pot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        sa.UniqueConstraint("pot_id", "number", name=op.f("uq_posting_pot_id_number")),
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index("ix_posting_cause", ["cause", "cause_id"], unique=False)

    op.create_table(
        "transfer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_pot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("to_pot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("amount_kr", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column(
            "state",
            sa.Enum("proposed", "accepted", "declined", name="transfer_state_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.CheckConstraint("amount_kr > 0", name=op.f("transfer_is_positive")),
        sa.CheckConstraint("from_pot_id <> to_pot_id", name=op.f("transfer_moves_between_pots")),
        sa.ForeignKeyConstraint(["from_pot_id"], ["pot.id"], name=op.f("fk_transfer_from_pot_id")),
        sa.ForeignKeyConstraint(["to_pot_id"], ["pot.id"], name=op.f("fk_transfer_to_pot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
    )
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_from_pot_id"), ["from_pot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_to_pot_id"), ["to_pot_id"], unique=False)

    op.create_table(
        "application",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("call_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("board_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("applicant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "ready",
                "discarded",
                "submitted",
                "checked",
                "reviewed",
                "withdrawn",
                "decided",
                name="application_state_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "system", "paper", "email", "import", name="application_channel_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("lasting", sa.Text(), nullable=False),
        sa.Column("budget_note", sa.Text(), nullable=False),
        sa.Column("primary_purpose", sa.String(length=40), nullable=True),
        sa.Column(
            "national_ground",
            sa.Enum(
                "cooperation",
                "cross_county",
                "involving",
                name="national_ground_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("national_note", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("applied_kr", sa.BigInteger(), nullable=True),
        sa.Column("smallest_kr", sa.BigInteger(), nullable=True),
        sa.Column("contact_name", sa.String(length=120), nullable=True),
        sa.Column("contact_title", sa.String(length=120), nullable=True),
        sa.Column("contact_email", sa.String(length=254), nullable=True),
        sa.Column("contact_phone", sa.String(length=40), nullable=True),
        sa.Column("changed_at", grants.models.base.Moment(timezone=True), nullable=False),
        sa.Column("arrived_at", grants.models.base.Moment(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.Column("admitted_at", grants.models.base.Moment(timezone=True), nullable=True),
        sa.Column("admission_reason", sa.String(length=4000), nullable=True),
        sa.Column("registration_number", sa.String(length=40), nullable=True),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "is_imported OR ends_on IS NULL OR starts_on IS NULL OR starts_on <= ends_on OR state IN ('draft','ready','discarded')",
            name=op.f("starts_before_it_ends"),
        ),
        sa.CheckConstraint(
            "is_imported OR state NOT IN ('submitted','checked','reviewed','withdrawn','decided') OR arrived_at IS NOT NULL",
            name=op.f("arrived_at_if_received"),
        ),
        sa.CheckConstraint("(admitted_at IS NULL) OR (admission_reason IS NOT NULL)", name=op.f("admission_has_reason")),
        sa.CheckConstraint("applied_kr IS NULL OR applied_kr BETWEEN 0 AND 1000000000000", name=op.f("applied_is_believable")),
        sa.ForeignKeyConstraint(["applicant_id"], ["organisation.id"], name=op.f("fk_application_applicant_id")),
        sa.ForeignKeyConstraint(["board_id"], ["organisation.id"], name=op.f("fk_application_board_id")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_application_call_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["person.id"], name=op.f("fk_application_signed_by_id")),
        sa.ForeignKeyConstraint(["version_id"], ["call_version.id"], name=op.f("fk_application_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("board_id", "registration_number", name=op.f("uq_application_board_id_registration_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_application_reference")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_applicant_id"), ["applicant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_arrived_at"), ["arrived_at"], unique=False)
        batch_op.create_index("ix_application_board_state", ["board_id", "state"], unique=False)
        batch_op.create_index("ix_application_call_state", ["call_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_primary_purpose"), ["primary_purpose"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_version_id"), ["version_id"], unique=False)

    op.create_table(
        "activity",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("responsible", sa.String(length=120), nullable=True),
        sa.Column("when_text", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_activity_application_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_application_id"), ["application_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question_key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_answer_application_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("application_id", "question_key", name=op.f("uq_answer_application_id_question_key")),
    )
    op.create_table(
        "application_purpose",
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_application_purpose_application_id")),
        sa.PrimaryKeyConstraint("application_id", "purpose", name=op.f("pk_application_purpose")),
    )
    op.create_table(
        "application_target",
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("target_group", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_application_target_application_id")),
        sa.PrimaryKeyConstraint("application_id", "target_group", name=op.f("pk_application_target")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question_key", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_at", grants.models.base.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_attachment_application_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_application_id"), ["application_id"], unique=False)

    op.create_table(
        "budget_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("category_key", sa.String(length=40), nullable=False),
        sa.Column(
            "financier",
            sa.Enum("grant", "own", "other", name="financier_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("amount_kr", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_kr BETWEEN 0 AND 1000000000000", name=op.f("budget_amount_is_believable")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_budget_line_application_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_line")),
        sa.UniqueConstraint(
            "application_id", "year", "category_key", "financier", name=op.f("uq_budget_line_application_id_year_category_key_financier")
        ),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum("proposed", "decided", "dropped", name="decision_state_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "granted",
                "partly_granted",
                "rejected",
                "dismissed",
                "written_off",
                name="decision_outcome_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("granted_kr", sa.BigInteger(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("report_due_on", sa.Date(), nullable=True),
        sa.Column("interim_due_on", sa.Date(), nullable=True),
        sa.Column("participants", sa.String(length=1000), nullable=False),
        sa.Column("dissent", sa.String(length=4000), nullable=False),
        sa.Column("rapporteur_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decider_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", grants.models.base.Moment(timezone=True), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("letter", sa.JSON(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(outcome IN ('granted','partly_granted')) = (granted_kr IS NOT NULL)", name=op.f("amount_if_granted")),
        sa.CheckConstraint(
            "is_imported OR state <> 'decided' OR (decided_at IS NOT NULL AND decider_id IS NOT NULL)", name=op.f("decided_at_if_decided")
        ),
        sa.CheckConstraint("granted_kr IS NULL OR granted_kr BETWEEN 0 AND 1000000000000", name=op.f("granted_is_believable")),
        sa.CheckConstraint("is_imported OR decider_id IS NULL OR decider_id <> rapporteur_id", name=op.f("two_people_decide")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_decision_application_id")),
        sa.ForeignKeyConstraint(["decider_id"], ["person.id"], name=op.f("fk_decision_decider_id")),
        sa.ForeignKeyConstraint(["rapporteur_id"], ["person.id"], name=op.f("fk_decision_rapporteur_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_decided_on"), ["decided_on"], unique=False)
        batch_op.create_index(
            "one_live_decision_per_application",
            ["application_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'dropped'"),
            postgresql_where=sa.text("state <> 'dropped'"),
        )

    op.create_table(
        "formal_check",
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("is_ok", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_formal_check_application_id")),
        sa.PrimaryKeyConstraint("application_id", "key", name=op.f("pk_formal_check")),
    )
    op.create_table(
        "goal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("indicator", sa.String(length=300), nullable=True),
        sa.Column("target", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_goal_application_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_application_id"), ["application_id"], unique=False)

    op.create_table(
        "imported_case",
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_imported_case_application_id")),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_imported_case")),
    )
    op.create_table(
        "partner",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("contribution", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_partner_application_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_partner_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
    )
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_partner_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "recusal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("at", grants.models.base.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_recusal_application_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recusal_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
        sa.UniqueConstraint("application_id", "person_id", name=op.f("uq_recusal_application_id_person_id")),
    )
    with op.batch_alter_table("recusal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recusal_person_id"), ["person_id"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("assessor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "assigned",
                "open",
                "submitted",
                "recused",
                "removed",
                name="review_state_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("submitted_at", grants.models.base.Moment(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", name=op.f("submitted_at_if_submitted")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_review_application_id")),
        sa.ForeignKeyConstraint(["assessor_id"], ["person.id"], name=op.f("fk_review_assessor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("application_id", "assessor_id", name=op.f("uq_review_application_id_assessor_id")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_assessor_id"), ["assessor_id"], unique=False)

    op.create_table(
        "financing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "appropriation",
                "national",
                "allocation",
                "returned",
                name="financing_source_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("pot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("amount_kr", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_kr BETWEEN 1 AND 1000000000000", name=op.f("financing_is_positive")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_financing_decision_id")),
        sa.ForeignKeyConstraint(["pot_id"], ["pot.id"], name=op.f("fk_financing_pot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_financing")),
        sa.UniqueConstraint("decision_id", "source", name=op.f("uq_financing_decision_id_source")),
    )
    with op.batch_alter_table("financing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_financing_pot_id"), ["pot_id"], unique=False)

    op.create_table(
        "project",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("application_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum("running", "closed", name="project_state_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.CheckConstraint("is_imported OR (state = 'closed') = (closed_on IS NOT NULL)", name=op.f("closed_on_if_closed")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_project_application_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_project_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("application_id", name=op.f("uq_project_application_id")),
    )
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_closed_on"), ["closed_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_decision_id"), ["decision_id"], unique=False)

    op.create_table(
        "score",
        sa.Column("review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("criterion_key", sa.String(length=40), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("points IS NULL OR points BETWEEN 0 AND 100", name=op.f("points_are_believable")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_score_review_id")),
        sa.PrimaryKeyConstraint("review_id", "criterion_key", name=op.f("pk_score")),
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "unused", "misused", "wrongly_granted", name="claim_ground_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("amount_kr", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=4000), nullable=False),
        sa.Column(
            "state",
            sa.Enum("raised", "received", "remitted", name="claim_state_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("remission_reason", sa.String(length=4000), nullable=True),
        sa.Column("pot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("(state = 'received') = (received_on IS NOT NULL)", name=op.f("received_on_if_received")),
        sa.CheckConstraint("(state = 'remitted') = (remission_reason IS NOT NULL)", name=op.f("remission_has_reason")),
        sa.CheckConstraint("amount_kr > 0", name=op.f("claim_is_positive")),
        sa.ForeignKeyConstraint(["pot_id"], ["pot.id"], name=op.f("fk_claim_pot_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_claim_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_pot_id"), ["pot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_received_on"), ["received_on"], unique=False)

    op.create_table(
        "payment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("financing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("amount_kr", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("prepared", "paid", "cancelled", name="payment_state_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("payee", sa.String(length=200), nullable=False),
        sa.Column("prepared_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("prepared_at", grants.models.base.Moment(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(state = 'paid') = (paid_on IS NOT NULL AND confirmed_by_id IS NOT NULL)", name=op.f("paid_on_if_paid")),
        sa.CheckConstraint("amount_kr > 0", name=op.f("payment_is_positive")),
        sa.CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> prepared_by_id", name=op.f("four_eyes")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_payment_confirmed_by_id")),
        sa.ForeignKeyConstraint(["financing_id"], ["financing.id"], name=op.f("fk_payment_financing_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["person.id"], name=op.f("fk_payment_prepared_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_payment_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_financing_id"), ["financing_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_paid_on"), ["paid_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_project_id"), ["project_id"], unique=False)

    op.create_table(
        "report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("interim", "final", name="report_kind_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "sent_back",
                "approved",
                name="report_state_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("participants_women", sa.Integer(), nullable=True),
        sa.Column("participants_men", sa.Integer(), nullable=True),
        sa.Column("participants_children", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=4000), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=False),
        sa.Column("submitted_at", grants.models.base.Moment(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state NOT IN ('submitted','approved') OR submitted_at IS NOT NULL", name=op.f("submitted_at_if_sent")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_report_project_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["person.id"], name=op.f("fk_report_signed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_project_id"), ["project_id"], unique=False)

    op.create_table(
        "report_goal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("report_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("goal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "result",
            sa.Enum("met", "partly", "not_met", name="goal_result_known", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("outcome", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_report_goal_goal_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_goal_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_goal")),
        sa.UniqueConstraint("report_id", "goal_id", name=op.f("uq_report_goal_report_id_goal_id")),
    )
    op.create_table(
        "report_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("report_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("category_key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("budget_kr", sa.BigInteger(), nullable=False),
        sa.Column("grant_budget_kr", sa.BigInteger(), nullable=False),
        sa.Column("outcome_kr", sa.BigInteger(), nullable=True),
        sa.Column("grant_outcome_kr", sa.BigInteger(), nullable=False),
        sa.Column("explanation", sa.String(length=1000), nullable=False),
        sa.CheckConstraint("grant_outcome_kr BETWEEN 0 AND 1000000000000", name=op.f("grant_outcome_is_believable")),
        sa.CheckConstraint("outcome_kr IS NULL OR grant_outcome_kr <= outcome_kr", name=op.f("grant_part_is_within_the_outcome")),
        sa.CheckConstraint("outcome_kr IS NULL OR outcome_kr BETWEEN 0 AND 1000000000000", name=op.f("outcome_is_believable")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_line_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_line")),
        sa.UniqueConstraint("report_id", "category_key", name=op.f("uq_report_line_report_id_category_key")),
    )
    for table in ("event", "posting"):
        for statement in guards(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade():
    raise NotImplementedError("Den första versionen går inte att backa.")
